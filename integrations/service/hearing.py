"""Hear on Postgres what other machines tell."""

from collections.abc import Callable, Mapping
from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from integrations.store.places import Server
from integrations.store.postgres import CONNECTING, address
from integrations.store.telling import channel_of

QUIET = 60.0  # seconds without a word before we ask whether the server is still there
Ring = Callable[[float], None]


async def hear(place: Server, rings: Mapping[str, Ring]) -> None:
    """Ring for each table that gets work, until the server is gone."""
    try:
        async with await AsyncConnection.connect(_said(place), autocommit=True) as connection:
            await _listen(connection, channel_of(place), rings)
    except OperationalError as error:  # without its words: they name the host and the user
        raise ConnectionError("the server does not let us listen") from error


async def _listen(connection: AsyncConnection, channel: str, rings: Mapping[str, Ring]) -> None:
    await connection.execute(SQL("LISTEN {}").format(Identifier(channel)))
    for ring in rings.values():  # what was said while nobody listened
        ring(0.0)
    while True:
        async for heard in connection.notifies(timeout=QUIET):
            _ring(rings, heard.payload)
        await connection.execute("SELECT 1")


def _said(place: Server) -> str:
    """Return the server's address for a connection of its own."""
    url = address(place).set(drivername="postgresql")
    options: dict[str, Any] = {key: it for key, it in CONNECTING.items() if key not in url.query}
    return make_conninfo(url.render_as_string(hide_password=False), **options)


def _ring(rings: Mapping[str, Ring], payload: str) -> None:
    what, _, seconds = payload.partition(" ")
    if ring := rings.get(what):  # a newer release may have more to say
        ring(float(seconds))
