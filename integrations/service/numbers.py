"""Numbers for Prometheus, read from the rows: every process tells the same."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import Connection, Engine, Table, func, select

from integrations.store.schema import conversations, drafts, handoffs, outbox, turns
from integrations.store.traffic_schema import inbox


class Numbers:
    """Counts what is kept."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def text(self) -> str:
        """Return all numbers in Prometheus' text format."""
        with self._engine.connect().execution_options(reads=True) as db, db.begin():
            return "\n".join(self._lines(db)) + "\n"

    def _lines(self, db: Connection) -> Iterator[str]:
        for name, table in (("inbox", inbox), ("outbox", outbox)):
            yield f"# TYPE quiethand_{name} gauge"
            for state, count in _grouped(db, table, "state"):
                yield f'quiethand_{name}{{state="{state}"}} {count}'
        yield "# TYPE quiethand_inbox_age_seconds gauge"
        yield f"quiethand_inbox_age_seconds {self._age(db):.3f}"
        yield "# TYPE quiethand_turns counter"
        for outcome, count in _grouped(db, turns, "outcome"):
            yield f'quiethand_turns{{outcome="{outcome}"}} {count}'
        yield "# TYPE quiethand_turn_ms summary"
        total, count = db.execute(select(func.sum(turns.c.ms), func.count())).one()
        yield f"quiethand_turn_ms_sum {total or 0:.1f}"
        yield f"quiethand_turn_ms_count {count}"
        yield "# TYPE quiethand_waiting gauge"
        open_drafts = drafts.c.status == "open"
        yield f'quiethand_waiting{{what="drafts"}} {_count(db, drafts, open_drafts)}'
        open_handoffs = handoffs.c.closed_at == ""
        yield f'quiethand_waiting{{what="handoffs"}} {_count(db, handoffs, open_handoffs)}'
        yield "# TYPE quiethand_conversations gauge"
        for owner, number in _grouped(db, conversations, "owner"):
            yield f'quiethand_conversations{{owner="{owner}"}} {number}'

    def _age(self, db: Connection) -> float:
        """Return for how long the oldest arrival has waited."""
        oldest = db.scalar(select(func.min(inbox.c.at)).where(inbox.c.state == "ready"))
        return (self._clock() - datetime.fromisoformat(oldest)).total_seconds() if oldest else 0.0


def _grouped(db: Connection, table: Table, column: str) -> list[tuple[str, int]]:
    query = (
        select(table.c[column], func.count()).group_by(table.c[column]).order_by(table.c[column])
    )
    return [(str(name), int(count)) for name, count in db.execute(query)]


def _count(db: Connection, table: Table, where: object) -> int:
    return int(db.scalar(select(func.count()).select_from(table).where(where)) or 0)  # type: ignore[arg-type]
