"""The one way out: checked addresses, limits and tries for everything that is fetched."""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

MOST = 50 * 1024 * 1024  # bytes of a page, unpacked
SECONDS = 15.0  # until the other side says something
PATIENCE = 180.0  # seconds for one page in all
WAITS = (0.5, 2.0)  # seconds between tries
LONGEST_WAIT = 30.0  # of what the other side may ask for
REDIRECTS = 5
AGAIN = (408, 425, 429)  # refusals that pass
HEADERS = {"User-Agent": "quiethand", "Accept-Encoding": "gzip, deflate"}
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(Exception):
    """An address cannot be fetched; says which and why, and whether another try may help."""

    def __init__(self, message: str, permanent: bool, wait: float = 0.0) -> None:
        super().__init__(message)
        self.permanent, self.wait = permanent, wait


@dataclass(frozen=True)
class Page:
    """What an address answered."""

    url: str  # after redirects
    content: bytes
    kind: str  # as in text/html; empty where nothing is said
    charset: str = ""


class Outside:
    """Fetches pages, and only from addresses that anybody could reach."""

    def __init__(
        self,
        allow_private: bool = False,
        transport: httpx.BaseTransport | None = None,
        resolve: Resolve | None = None,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        # A kept connection would be shared by all hosts of an address, whatever it was opened for.
        limits = httpx.Limits(max_keepalive_connections=0)
        inner = transport or httpx.HTTPTransport(
            verify=httpx.create_ssl_context(), trust_env=False, limits=limits
        )
        checked = _Checked(inner, resolve or _resolved, allow_private)
        self._client = httpx.Client(
            transport=checked, trust_env=False, timeout=SECONDS, headers=HEADERS
        )
        self._rest = rest

    def close(self) -> None:
        """Let go of what is open."""
        self._client.close()

    def fetch(self, url: str, most_bytes: int = MOST) -> Page:
        """Return what an address answers; what may pass is tried again."""
        for wait in WAITS:
            try:
                return self._once(url, most_bytes)
            except FetchError as error:
                if error.permanent:
                    raise
                self._rest(max(wait, error.wait))
        return self._once(url, most_bytes)

    def _once(self, url: str, most: int) -> Page:
        with _translated(url):
            request = self._client.build_request("GET", url)
            for _ in range(REDIRECTS + 1):
                answer = self._client.send(request, stream=True)
                try:
                    if answer.next_request is None:
                        return _page(answer, url, most)
                    request = answer.next_request
                finally:
                    answer.close()
        raise FetchError(f"{url}: leads on more than {REDIRECTS} times", permanent=True)


class _Checked(httpx.BaseTransport):
    """Connects to the very address that was checked, so that a second look-up cannot differ."""

    def __init__(self, inner: httpx.BaseTransport, resolve: Resolve, allow_private: bool) -> None:
        self._inner, self._resolve, self._allow_private = inner, resolve, allow_private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        *others, last = self._addresses(request.url)
        for address in others:
            try:
                return self._inner.handle_request(_bound(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._inner.handle_request(_bound(request, last))

    def close(self) -> None:
        self._inner.close()

    def _addresses(self, url: httpx.URL) -> list[str]:
        if url.scheme not in ("http", "https") or not url.host:
            raise FetchError(f"{url}: only http:// and https:// are fetched", permanent=True)
        if url.userinfo:
            raise FetchError(
                f"{url.copy_with(userinfo=b'')}: fetched without name and password only",
                permanent=True,
            )
        host = url.raw_host.decode("ascii")
        port = url.port if url.port is not None else (443 if url.scheme == "https" else 80)
        if not 0 < port < 65536:
            raise FetchError(f"{url}: there is no port {port}", permanent=True)
        found = self._resolve(host, port)
        hidden = [one for one in found if not public(one)]
        if hidden and not self._allow_private:
            raise FetchError(
                f"{url}: {host} is inside a private network ({hidden[0]}); "
                "QUIETHAND_ALLOW_PRIVATE=true allows that",
                permanent=True,
            )
        return found


def public(address: str) -> bool:
    """Say whether an address belongs to the open internet, however it is wrapped."""
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified)
        for one in _unwrapped(ipaddress.ip_address(address))
    )


def _unwrapped(address: Address) -> list[Address]:
    """Return the addresses that an address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    inner = [address.sixtofour, *(address.teredo or ())]
    return [address, *(one for one in inner if one)]


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        unknown = getattr(error, "errno", None) in (socket.EAI_NONAME, None)
        raise FetchError(f"{host}: there is no such host", permanent=unknown) from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def _bound(request: httpx.Request, address: str) -> httpx.Request:
    """Return the request for one address; the Host header and the certificate keep the name."""
    name = request.url.raw_host.decode("ascii")
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address.partition("%")[0]),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": name},
    )


@contextmanager
def _translated(url: str) -> Iterator[None]:
    try:
        yield
    except httpx.InvalidURL as error:
        raise FetchError(f"{url}: is not an address: {error}", permanent=True) from error
    except httpx.TimeoutException as error:
        raise FetchError(f"{url}: does not answer in time", permanent=False) from error
    except httpx.HTTPError as error:
        raise FetchError(f"{url}: {str(error) or type(error).__name__}", permanent=False) from error


def _page(answer: httpx.Response, url: str, most: int) -> Page:
    if not answer.is_success:
        status = f"{answer.status_code} {answer.reason_phrase}".strip()
        passing = answer.status_code >= 500 or answer.status_code in AGAIN
        raise FetchError(f"{url}: answers {status}", not passing, _asked(answer))
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Page(str(answer.url), _content(answer, url, most), kind, answer.charset_encoding or "")


def _content(answer: httpx.Response, url: str, most: int) -> bytes:
    until, parts, size = time.monotonic() + PATIENCE, list[bytes](), 0
    for part in answer.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > most:
            raise FetchError(f"{url}: is larger than {most / 1024 / 1024:,.3g} MB", permanent=True)
        if time.monotonic() > until:
            raise FetchError(f"{url}: takes longer than {PATIENCE:.0f} s", permanent=True)
    return b"".join(parts)


def _asked(answer: httpx.Response) -> float:
    """Return how long the other side asks us to wait."""
    text = answer.headers.get("retry-after", "")
    return min(float(text), LONGEST_WAIT) if text.isdecimal() else 0.0
