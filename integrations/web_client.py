"""What our calls go out through: aiohttp under httpx, at a third of the cost of a call.

Whoever sends must know whether a call never left us or only its answer is missing, so each way to
fail has its name in httpx's words; what is in no list here may have arrived.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from urllib.request import getproxies

import aiohttp
import httpx
from yarl import URL

IDLE = 5.0  # seconds that a connection waits for its next call
FAILURES: dict[type[Exception], type[httpx.TransportError]] = {  # the first that fits
    aiohttp.ClientProxyConnectionError: httpx.ProxyError,
    aiohttp.ClientHttpProxyError: httpx.ProxyError,
    aiohttp.ClientConnectorError: httpx.ConnectError,
    aiohttp.ConnectionTimeoutError: httpx.ConnectTimeout,
    aiohttp.InvalidURL: httpx.UnsupportedProtocol,
    ValueError: httpx.LocalProtocolError,  # a header that cannot be written
    aiohttp.ServerTimeoutError: httpx.ReadTimeout,
    aiohttp.ClientResponseError: httpx.RemoteProtocolError,
    aiohttp.ClientError: httpx.ReadError,
    TimeoutError: httpx.ReadTimeout,
}


def open_client(seconds: float) -> httpx.AsyncClient:
    """Return a client that follows nobody elsewhere."""
    return httpx.AsyncClient(timeout=seconds, follow_redirects=False, transport=Transport())


class Transport(httpx.AsyncBaseTransport):
    """Carries the calls of one client."""

    def __init__(self) -> None:
        self._trusted = httpx.create_ssl_context()  # a twentieth of a second, before anybody waits
        self._opened: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Make a call; the answer's body is read later. aiohttp asks again where asking is all."""
        waits = request.extensions.get("timeout", {})
        target = request.extensions.get("target", request.url.raw_path)
        body = await request.aread()
        with _in_words_of_httpx():
            answer = await self._session().request(
                request.method,
                URL(str(request.url.copy_with(raw_path=target)), encoded=True),
                headers=request.headers.multi_items(),
                data=body or None,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(
                    connect=waits.get("pool"),
                    sock_connect=waits.get("connect"),
                    sock_read=waits.get("read"),
                ),
            )
        return httpx.Response(answer.status, headers=answer.raw_headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Close what is open."""
        if self._opened:
            await self._opened.close()

    def _session(self) -> aiohttp.ClientSession:
        if self._opened is None:
            self._opened = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=self._trusted, keepalive_timeout=IDLE),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=["Accept", "Accept-Encoding", "Content-Type", "User-Agent"],
                trust_env=bool(getproxies()),  # it would look for passwords at each call
            )
        return self._opened


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _in_words_of_httpx():
            async for piece in self._answer.content.iter_any():
                yield piece

    async def aclose(self) -> None:
        if not self._answer.content.at_eof():
            self._answer.close()  # whoever reads no further must not be read to the end


@contextmanager
def _in_words_of_httpx() -> Iterator[None]:
    try:
        yield
    except tuple(FAILURES) as error:
        found = next(FAILURES[one] for one in FAILURES if isinstance(error, one))
        raise found(type(error).__name__) from error
