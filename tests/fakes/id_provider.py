"""A sign-in provider that keeps the rules of OpenID Connect, unless a test tells it not to."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey

ISSUER = "https://id.example"
CLIENT, SECRET = "quiethand", "s3cret"


class IdProvider:
    """Knows one person, and signs what it says about them."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.person: dict[str, Any] = {"sub": "42", "email": "kim@example.org"}
        self.person["email_verified"] = True
        self.lies: dict[str, Any] = {}  # claims in place of true ones; None leaves one out
        self.published: dict[str, Any] = {}  # in place of what is true about itself
        self.key = self.signing = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
        self.algorithm = "ES256"
        self._codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def let_in(self, address: str) -> dict[str, str]:
        """Let the person sign in where our console sent them; return what they bring back."""
        asked = {key: one[0] for key, one in parse_qs(urlsplit(address).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": ISSUER}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer as the provider."""
        self.asked.append(request.url.path)
        if request.url.path == "/.well-known/openid-configuration":
            return httpx.Response(200, json=self._about() | self.published)
        if request.url.path == "/keys":
            return httpx.Response(200, json={"keys": [self.key.as_dict(private=False)]})
        return self._token(request)

    def _about(self) -> dict[str, Any]:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        }

    def _token(self, request: httpx.Request) -> httpx.Response:
        fields = {key: one[0] for key, one in parse_qs(request.content.decode()).items()}
        asked = self._codes.pop(fields.get("code", ""), None)
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        known = kind == "Basic" and b64decode(secret).decode() == f"{CLIENT}:{SECRET}"
        digest = sha256(fields.get("code_verifier", "").encode()).digest()
        proof = urlsafe_b64encode(digest).rstrip(b"=").decode()
        fits = asked and proof == asked["code_challenge"]
        if not (known and asked and fits and fields["redirect_uri"] == asked["redirect_uri"]):
            return httpx.Response(400, content=json.dumps({"error": "invalid_grant"}))
        return httpx.Response(200, json={"id_token": self._signed(asked["nonce"])})

    def _signed(self, nonce: str) -> str:
        now = int(self._clock().timestamp())
        claims = {"iss": ISSUER, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        claims |= self.person | self.lies
        said = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.signing.kid}
        return jwt.encode(header, said, self.signing, algorithms=[self.algorithm])
