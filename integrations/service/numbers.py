"""Numbers for Prometheus, read from the rows: every process tells the same."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import version

from sqlalchemy import ColumnElement, Connection, Engine, Table, func, select

from integrations.service.exposition import Family, Values, text
from integrations.store.counting import QUICK, totals, written
from integrations.store.reading import reading
from integrations.store.schema import drafts, handoffs, outbox
from integrations.store.traffic_schema import inbox

COUNTERS = {
    "quiethand_turns_total": "Turns by kind, outcome and the tool that answered.",
    "quiethand_turns_without_intent_total": "Messages in which no intent was found.",
    "quiethand_handoffs_total": "Conversations handed to a team.",
    "quiethand_sends_total": "What became of sends, by channel; again is a try that failed.",
    "quiethand_model_calls_total": "Calls of the language model.",
    "quiethand_model_tokens_total": "Tokens to (in) and from (out) the language model.",
    "quiethand_model_spend_total": "Price of these tokens, by QUIETHAND_MODEL_PRICES.",
}
HISTOGRAMS = {
    "quiethand_turn_seconds": "Time of a turn, without its wait in the inbox.",
    "quiethand_step_seconds": "Time of each step of a turn.",
    "quiethand_model_seconds": "Time of calls of the language model.",
}
# Never what is done or sent: there may be millions of those.
QUEUES = {
    inbox: ("ready", "leased", "dead"),
    outbox: ("ready", "leased", "sending", "failed", "unknown", "blocked"),
}
DEAD = {inbox: ("dead",), outbox: ("failed", "unknown", "blocked")}


class Numbers:
    """Counts what waits, and tells what was counted."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def text(self) -> str:
        """Return all numbers in Prometheus' text format."""
        with reading(self._engine) as db:
            return text([*self._families(db)])

    def _families(self, db: Connection) -> Iterator[Family]:
        about = {written({"version": version("quiethand")}): 1.0}
        yield Family("quiethand_info", "gauge", "Which version runs.", about)
        counted = totals(db)
        for name, help in COUNTERS.items():
            yield Family(name, "counter", help, counted.get(name, {}))
        for name, help in HISTOGRAMS.items():
            buckets, sums = counted.get(f"{name}_bucket", {}), counted.get(f"{name}_sum", {})
            yield Family(name, "histogram", help, buckets, sums, QUICK)
        yield from self._waiting(db)

    def _waiting(self, db: Connection) -> Iterator[Family]:
        dead: dict[str, float] = {}
        for table, states in QUEUES.items():
            name, held = f"quiethand_{table.name}", _by_state(db, table, states)
            help = f"Rows of the {table.name} that are not done, by state."
            yield Family(name, "gauge", help, _labelled("state", held))
            help = f"How long the oldest ready row of the {table.name} has waited."
            yield Family(f"{name}_age_seconds", "gauge", help, {"": self._age(db, table)})
            for state in DEAD[table]:
                dead[written({"queue": table.name, "state": state})] = held[state]
        help = "What needs a person: see quiethand deadletters."
        yield Family("quiethand_dead_letters", "gauge", help, dead)
        people = {
            "drafts": _count(db, drafts, drafts.c.status == "open"),
            "handoffs": _count(db, handoffs, handoffs.c.closed_at == ""),
        }
        help = "What waits for people."
        yield Family("quiethand_waiting", "gauge", help, _labelled("what", people))

    def _age(self, db: Connection, table: Table) -> float:
        oldest = db.scalar(select(func.min(table.c.at)).where(table.c.state == "ready"))
        if not oldest:
            return 0.0
        return max(0.0, (self._clock() - datetime.fromisoformat(oldest)).total_seconds())


def _by_state(db: Connection, table: Table, states: Sequence[str]) -> dict[str, float]:
    query = select(table.c.state, func.count()).where(table.c.state.in_(states))
    found = {str(state): float(count) for state, count in db.execute(query.group_by(table.c.state))}
    return {state: found.get(state, 0.0) for state in states}


def _labelled(label: str, values: Values) -> dict[str, float]:
    return {written({label: key}): value for key, value in values.items()}


def _count(db: Connection, table: Table, where: ColumnElement[bool]) -> float:
    return float(db.scalar(select(func.count()).select_from(table).where(where)) or 0)
