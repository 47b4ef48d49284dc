"""What was counted: rows that grow inside the transaction of what they count."""

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, Float, String, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite

from agents.state import Turn
from integrations.store.alone import is_postgres
from integrations.store.quick import Quick
from integrations.store.running_schema import counters
from integrations.store.traffic_schema import addresses
from tools.model import Use

SHARDS = 16  # rows a counter may have, so that workers rarely wait for each other
LONGEST = 60  # characters of a label's value; labels must fit their column
QUICK = (
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
    5.0,
    10.0,
    30.0,
)  # seconds
RESULTS = frozenset({"sent", "failed", "unknown", "blocked", "dropped"})

Labels = Mapping[str, str]
Count = tuple[str, str, float]  # name, labels, how much more


def written(labels: Labels) -> str:
    """Return labels as Prometheus writes them."""
    return ",".join(f'{name}="{_escaped(value[:LONGEST])}"' for name, value in labels.items())


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def add(db: Connection, counted: Iterable[Count]) -> None:
    """Add to counters; always in the same order, so that two transactions cannot deadlock."""
    shard = _shard()
    rows = [
        (name, labels, shard, sum(count for _, _, count in same))
        for (name, labels), same in groupby(sorted(counted), itemgetter(0, 1))
    ]
    if rows and is_postgres(db):
        names, labels, _, values = map(list, zip(*rows, strict=True))
        _TOGETHER(db, names=names, labels=labels, shard=shard, values=values)
    elif rows:
        _EACH.many(db, rows)


def _shard() -> str:
    return str(crc32(f"{os.getpid()} {threading.get_ident()}".encode()) % SHARDS)


def _upsert(row: Any) -> Quick:
    more = {"value": counters.c.value + row.excluded.value}
    key = ["name", "labels", "shard"]
    return Quick(row.on_conflict_do_update(index_elements=key, set_=more))


def _list(name: str, of: Any) -> Any:
    return func.unnest(cast(bindparam(name), postgresql.ARRAY(of)))


_COLUMNS = ("name", "labels", "shard", "value")
_EACH = _upsert(sqlite.insert(counters).values({one: bindparam(one) for one in _COLUMNS}))
_TOGETHER = _upsert(
    postgresql.insert(counters).from_select(
        _COLUMNS,
        select(
            _list("names", String),
            _list("labels", String),
            cast(bindparam("shard"), String),
            _list("values", Float),
        ),
    )
)


def totals(db: Connection) -> dict[str, dict[str, float]]:
    """Return every counter: by name, then by labels."""
    value = func.sum(counters.c.value)
    query = select(counters.c.name, counters.c.labels, value)
    found: dict[str, dict[str, float]] = {}
    for name, labels, total in db.execute(query.group_by(counters.c.name, counters.c.labels)):
        found.setdefault(name, {})[labels] = float(total)
    return found


def count_turn(db: Connection, turn: Turn) -> None:
    """Count a turn, its steps, and the model's part in it."""
    add(db, [*_of_turn(turn), *(one for use in turn.get("models", []) for one in _of_model(use))])


def _of_turn(turn: Turn) -> Iterator[Count]:
    kind = {"kind": turn["kind"]}
    what = {**kind, "outcome": turn["outcome"], "route": turn["route"] or "none"}
    yield "quiethand_turns_total", written(what), 1.0
    if turn["kind"] == "message" and not turn["intents"]:
        yield "quiethand_turns_without_intent_total", "", 1.0
    if turn["outcome"] == "handoff":
        yield "quiethand_handoffs_total", written({"team": turn["team"] or "none"}), 1.0
    timings = dict(turn["timings"])
    if total := timings.pop("total", 0.0):
        yield from observed("quiethand_turn_seconds", kind, total / 1000)
    for step, ms in timings.items():
        yield from observed("quiethand_step_seconds", {"step": step}, ms / 1000)


def _of_model(use: Use) -> Iterator[Count]:
    model = {"model": use["model"]}
    yield "quiethand_model_calls_total", written({**model, "result": use["result"]}), 1.0
    yield "quiethand_model_spend_total", written(model), use["spend"]
    for way in ("in", "out"):
        tokens = float(use["tokens_in"] if way == "in" else use["tokens_out"])
        yield "quiethand_model_tokens_total", written({**model, "direction": way}), tokens
    yield from observed("quiethand_model_seconds", model, use["seconds"])


def observed(name: str, labels: Labels, seconds: float) -> Iterator[Count]:
    """Count one value of a histogram, in the one bucket where it belongs."""
    bound = next((f"{le:g}" for le in QUICK if seconds <= le), "+Inf")
    yield f"{name}_bucket", written({**labels, "le": bound}), 1.0
    yield f"{name}_sum", written(labels), seconds


def count_sends(db: Connection, conversations: Sequence[str], state: str, error: str) -> None:
    """Count what became of sends, by channel; one that waits without an error was not tried."""
    result = "again" if state == "ready" and error else state
    if not conversations or (result != "again" and result not in RESULTS):
        return
    homes = select(addresses.c.conversation, addresses.c.channel)
    found = db.execute(homes.where(addresses.c.conversation.in_(conversations))).all()
    channels = {row.conversation: row.channel for row in found}
    kinds = [channels.get(one, "none") for one in conversations]
    for kind in kinds:
        count_send(db, kind, result)


def count_send(db: Connection, channel: str, result: str) -> None:
    """Count what became of a send."""
    labels = written({"channel": channel, "result": result})
    add(db, [("quiethand_sends_total", labels, 1.0)])
