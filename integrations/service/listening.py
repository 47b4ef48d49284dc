"""Hear platforms that do not call us: ask them, store what came, remember how far we are."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol, cast

from sqlalchemy import Engine, insert, select, update

from integrations.channels.contract import Arrival, Channel
from integrations.service.intake import Intake
from integrations.store.reading import reading
from integrations.store.traffic_schema import cursors


class Listens(Protocol):
    """A channel that is asked for what is new."""

    def listen(self, cursor: str) -> AsyncIterator[tuple[list[Arrival], str]]: ...


def listener(
    channel: Channel, intake: Intake, engine: Engine
) -> Callable[[], Awaitable[None]] | None:
    """Return what hears a channel, or None for one that calls us."""
    if not hasattr(channel, "listen"):
        return None
    name = f"{channel.kind}/{channel.account}"

    async def listen() -> None:
        start = await asyncio.to_thread(_cursor, engine, name)
        async for arrivals, cursor in cast(Listens, channel).listen(start):
            if arrivals:
                await intake.store(channel, arrivals)
            await asyncio.to_thread(_keep, engine, name, cursor)

    return listen


def _cursor(engine: Engine, name: str) -> str:
    with reading(engine) as db:
        return db.scalar(select(cursors.c.cursor).where(cursors.c.name == name)) or ""


def _keep(engine: Engine, name: str, cursor: str) -> None:
    with engine.begin() as db:
        if not db.execute(
            update(cursors).where(cursors.c.name == name).values(cursor=cursor)
        ).rowcount:
            db.execute(insert(cursors).values(name=name, cursor=cursor))
