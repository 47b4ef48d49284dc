"""Hear from other machines that there is work, so that it begins before anybody's next look."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from sqlalchemy import Engine

from integrations.store.database import place_behind
from integrations.store.places import Server

Ring = Callable[[float], None]


def ringer(engine: Engine, rings: Mapping[str, Ring]) -> Callable[[], Awaitable[None]] | None:
    """Return what rings for each table that has work; None on SQLite, where loops look often."""
    place = place_behind(engine)
    if not isinstance(place, Server):
        return None
    from integrations.service.hearing import hear  # brings Postgres, for which others do not wait

    return partial(hear, place, rings)
