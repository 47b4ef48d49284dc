"""Arrivals and sends that nobody will try again by themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Table, select, update

from integrations.store.alone import alone
from integrations.store.leasing import name_of
from integrations.store.missing import Missing
from integrations.store.reading import reading
from integrations.store.schema import outbox
from integrations.store.sends import LIVES
from integrations.store.telling import tell
from integrations.store.traffic_schema import inbox

_DEAD: dict[str, tuple[Table, tuple[str, ...]]] = {
    "in": (inbox, ("dead",)),
    "out": (outbox, ("failed", "unknown", "blocked")),
}
MOST = 200


@dataclass(frozen=True)
class Dead:
    """One of them."""

    name: str  # in:7, out:12
    state: str
    conversation: str
    error: str
    attempts: int
    at: str
    text: str = ""  # of what was to be said, with placeholders


class DeadLetters:
    """Lists them, and lets a person try one again."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def all(self) -> list[Dead]:
        """Return the oldest, arrivals first."""
        found: list[Dead] = []
        with reading(self._engine) as db:
            for prefix, (table, states) in _DEAD.items():
                query = select(table).where(table.c.state.in_(states)).order_by(table.c.id)
                for row in db.execute(query.limit(MOST)):
                    about = (row.state, row.conversation, row.error, row.attempts, row.at)
                    text = row.text if prefix == "out" else ""
                    found.append(Dead(f"{prefix}:{row.id}", *about, text))
        return found

    def replay(self, name: str) -> None:
        """Let one be tried again, from the start; what goes out then was approved by a person."""
        prefix, _, number = name.partition(":")
        if prefix not in _DEAD or not number.isdigit():
            raise Missing(f"{name!r} is no dead letter; `quiethand deadletters` names them.")
        table, states = _DEAD[prefix]
        mine = (table.c.id == int(number)) & table.c.state.in_(states)
        due = self._clock().isoformat()
        fresh: dict[str, object] = {"state": "ready", "attempts": 0, "run_at": due}
        if prefix == "out":
            fresh["by_person"] = True
        with self._engine.begin() as db:
            if place := db.scalar(select(table.c.conversation).where(mine)):
                alone(db, name_of(table, place))  # nobody chooses what comes next meanwhile
                if prefix == "out" and not db.scalar(select(outbox.c.id).where(mine, LIVES)):
                    raise Missing(f"{name} was said in the terminal; no channel can send it.")
            if not db.execute(update(table).where(mine).values(fresh)).rowcount:
                raise Missing(f"There is no dead letter {name}.")
            tell(db, table.name)
