"""Server-sent events, read from bytes as they come."""

from collections.abc import AsyncIterator

MOST = 4 * 1024 * 1024  # bytes of one line; a server that sends more is cut off


class TooLong(Exception):
    """A line that no server of good will sends."""


async def events(chunks: AsyncIterator[bytes]) -> AsyncIterator[tuple[str, bytes]]:
    """Yield the name and the data of each event; comments are heartbeats."""
    name, data = "", list[bytes]()
    async for line in _lines(chunks):
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if not line:
            if data:
                yield name, b"\n".join(data)
            name, data = "", []
        elif field == b"event":
            name = value.decode("utf-8", "replace")
        elif field == b"data":
            data.append(value)


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    # Only line feeds end a line here. Python's splitlines() would also split at U+2028 and others
    # that people write, and the event would be lost.
    rest = b""
    async for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.removesuffix(b"\r")
        if len(rest) > MOST:
            raise TooLong
