"""A sign-in provider: where it is, what it says about somebody, and whether that is true."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

ALGORITHMS = ["RS256", "PS256", "ES256"]  # signed by the provider alone; none with our secret
KINDS = ("RSA", "EC")
FRESH = 3600.0  # seconds that what it published is believed
OFTEN = 60.0  # seconds between looks for keys that we do not know
LEEWAY = 60  # seconds that its clock may differ
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ProviderError(Exception):
    """The provider did not say who somebody is; says why, without what it answered."""


class Places(BaseModel):
    """Where a provider is asked for what."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]


class Provider:
    """One issuer, for one application of ours."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        issuer: str,
        application: tuple[str, str],
        clock: Callable[[], datetime],
        seconds: Callable[[], float],
    ) -> None:
        self._client, self.issuer, self._clock, self._seconds = client, issuer, clock, seconds
        self.id, self._secret = application
        self._places: tuple[float, Places] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def places(self) -> Places:
        """Return where it is asked, as it publishes that."""
        if self._places and self._seconds() - self._places[0] < FRESH:
            return self._places[1]
        address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            found = Places.model_validate(await self._json("GET", address))
        except ValidationError as error:
            raise ProviderError("what it publishes about itself lacks something") from error
        if found.issuer != self.issuer:
            raise ProviderError("it names itself differently")
        for place in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
            _encrypted(place)
        self._places = (self._seconds(), found)
        return found

    async def claims(self, code: str, verifier: str, back: str, nonce: str) -> Mapping[str, Any]:
        """Exchange a code for what the provider says about somebody, checked."""
        places = await self.places()
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
            "client_id": self.id,
        }
        answer = await self._json("POST", places.token_endpoint, **self._as_us(places, fields))
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderError("it gave no ID token")
        return await self._checked(token, nonce)

    def _as_us(self, places: Places, fields: dict[str, str]) -> dict[str, Any]:
        if not self._secret:
            return {"data": fields}
        if "client_secret_basic" in places.token_endpoint_auth_methods_supported:
            auth = httpx.BasicAuth(quote(self.id, safe=""), quote(self._secret, safe=""))
            return {"data": fields, "auth": auth}
        return {"data": {**fields, "client_secret": self._secret}}

    async def _checked(self, token: str, nonce: str) -> Mapping[str, Any]:
        keys, fetched = await self._known_keys()
        try:
            found = _signed(token, keys)
        except JoseError:
            if self._seconds() - fetched < OFTEN:
                raise ProviderError("its signature does not fit") from None
            self._keys = None  # it may have new keys
            keys, _ = await self._known_keys()
            try:
                found = _signed(token, keys)
            except JoseError as error:
                raise ProviderError("its signature does not fit") from error
        self._meant_for_us(found, nonce)
        return found

    def _meant_for_us(self, claims: Mapping[str, Any], nonce: str) -> None:
        registry = jwt.JWTClaimsRegistry(
            now=int(self._clock().timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            registry.validate(dict(claims))
        except JoseError as error:
            raise ProviderError(f"its token is not for us ({error.error})") from error
        audience = claims["aud"]
        several = isinstance(audience, list) and len(audience) > 1
        if claims.get("azp", None if several else self.id) != self.id:
            raise ProviderError("its token is for somebody else")

    async def _known_keys(self) -> tuple[KeySet, float]:
        if self._keys and self._seconds() - self._keys[0] < FRESH:
            return self._keys[1], self._keys[0]
        published = await self._json("GET", (await self.places()).jwks_uri)
        rows = published.get("keys")
        usable: Any = [one for one in rows if _signs(one)] if isinstance(rows, list) else []
        try:
            keys = KeySet.import_key_set({"keys": usable})
        except (JoseError, ValueError) as error:
            raise ProviderError("its keys cannot be read") from error
        self._keys = (self._seconds(), keys)
        return keys, -OFTEN

    async def _json(self, method: str, address: str, **more: Any) -> dict[str, Any]:
        _encrypted(address)
        try:
            answer = await self._client.request(method, address, **more)
            answer.raise_for_status()
            found = json.loads(answer.content)
        except httpx.HTTPStatusError as error:
            raise ProviderError(f"it answered {error.response.status_code}") from error
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderError(f"it did not answer ({type(error).__name__})") from error
        if not isinstance(found, dict):
            raise ProviderError("it answered something else")
        return found


def _signed(token: str, keys: KeySet) -> Mapping[str, Any]:
    try:
        return jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    except ValueError as error:  # also what is no token at all
        raise JoseError(str(error)) from error


def _signs(key: object) -> bool:
    return isinstance(key, dict) and key.get("kty") in KINDS and key.get("use", "sig") == "sig"


def _encrypted(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ProviderError("it is not encrypted; use https")
