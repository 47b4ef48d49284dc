"""What /metrics tells: counted inside the transactions, read without a look at every turn."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from integrations.channels.contract import SendError
from integrations.service.exposition import Family, text
from integrations.service.numbers import Numbers
from integrations.store.counting import QUICK, add, count_turn, totals, written
from tests.service.stand import Recording, Stand, arrival
from tools.model import Use

pytestmark = pytest.mark.anyio
NAME, LABEL = r"[a-zA-Z_:][a-zA-Z0-9_:]*", r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (\+Inf|-?[0-9.e+-]+)")
Samples = dict[tuple[str, str], float]


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    one = Stand(tmp_path)
    yield one
    one.close()


def parsed(said: str) -> Samples:
    """Read the text format as strictly as Prometheus does; return the samples."""
    samples: Samples = {}
    kinds: dict[str, str] = {}
    described = ""
    for line in said.splitlines():
        if line.startswith("# HELP "):
            described = line.split(" ", 3)[2]
            assert described not in kinds, "a family stands there twice"
        elif line.startswith("# TYPE "):
            _, _, name, kinds[described] = line.split(" ")
            assert name == described
        else:
            name, labels, value = sample(line, described, kinds[described])
            assert (name, labels) not in samples, line
            samples[name, labels] = value
    assert said.endswith("\n")
    assert set(kinds.values()) <= {"counter", "gauge", "histogram"}
    assert all(name.endswith("_total") for name, kind in kinds.items() if kind == "counter")
    return samples


def sample(line: str, family: str, kind: str) -> tuple[str, str, float]:
    """Read one line, which belongs to the family that was described last."""
    found = SAMPLE.fullmatch(line)
    assert found, line
    name = found[1]
    assert family == (re.sub(r"_(bucket|sum|count)$", "", name) if kind == "histogram" else name)
    return name, found[2] or "", float(found[3])


def read(stand: Stand) -> Samples:
    return parsed(Numbers(stand.engine, stand.desk.now).text())


async def test_a_fresh_database_tells_of_nothing(stand: Stand) -> None:
    found = read(stand)
    assert found["quiethand_info", 'version="0.1.0"'] == 1
    assert sum(found.values()) == 1


async def test_turns_are_counted_by_outcome_and_route_with_their_time(stand: Stand) -> None:
    await stand.answer(arrival("e1"))
    stand.desk.language.expect("help!", ("person_request", 0.99))
    await stand.answer(arrival("e2", "help!", conversation="c2", contact="lee"))
    found = read(stand)
    assert found["quiethand_turns_total", 'kind="message",outcome="reply",route="help_centre"'] == 1
    assert found["quiethand_turns_total", 'kind="message",outcome="handoff",route="nobody"'] == 1
    assert sum(n for (name, _), n in found.items() if name == "quiethand_handoffs_total") == 1
    assert found["quiethand_waiting", 'what="handoffs"'] == 1
    assert found["quiethand_turn_seconds_count", 'kind="message"'] == 2
    assert found["quiethand_turn_seconds_sum", 'kind="message"'] > 0
    assert found["quiethand_step_seconds_count", 'step="policy"'] == 2
    assert found["quiethand_step_seconds_count", 'step="handoff"'] == 1


async def test_a_message_without_an_intent_is_counted(stand: Stand) -> None:
    stand.desk.language.expect("hm")
    await stand.answer(arrival("e1", "hm"))
    assert read(stand)["quiethand_turns_without_intent_total", ""] == 1


async def test_a_histogram_adds_up(stand: Stand) -> None:
    for number in range(3):
        await stand.answer(arrival(f"e{number}", conversation=f"c{number}"))
    found = read(stand)
    buckets = [
        found["quiethand_turn_seconds_bucket", f'kind="message",le="{le}"']
        for le in [*(f"{bound:g}" for bound in QUICK), "+Inf"]
    ]
    assert buckets == sorted(buckets)
    assert buckets[-1] == found["quiethand_turn_seconds_count", 'kind="message"'] == 3


async def test_sends_are_counted_by_channel_and_result(tmp_path: Path) -> None:
    channel = Recording()
    channel.troubles = [
        SendError("busy"), None, SendError("gone", permanent=True), SendError("?", unknown=True),
    ]  # fmt: skip
    stand = Stand(tmp_path, channel)
    for number in range(3):
        await stand.answer(arrival(f"e{number}", conversation=f"c{number}"))
        stand.desk.wait(minutes=10)
        await stand.work()
    found = read(stand)
    sends = {labels: n for (name, labels), n in found.items() if name == "quiethand_sends_total"}
    results = {"again": 1, "sent": 1, "failed": 1, "unknown": 1}
    assert sends == {f'channel="post",result="{one}"': n for one, n in results.items()}
    dead = {labels: n for (name, labels), n in found.items() if name == "quiethand_dead_letters"}
    assert dead['queue="outbox",state="failed"'] == dead['queue="outbox",state="unknown"'] == 1
    stand.close()


async def test_what_waits_has_an_age(stand: Stand) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=90)
    assert read(stand)["quiethand_inbox_age_seconds", ""] == 90
    await stand.worker().once()
    stand.desk.wait(seconds=30)
    found = read(stand)
    assert found["quiethand_inbox_age_seconds", ""] == 0
    assert found["quiethand_outbox_age_seconds", ""] == 30


async def test_what_the_model_did_is_counted_with_its_turn(stand: Stand) -> None:
    turn = await stand.desk.say("what does it cost?")
    use = Use(model="m", result="filled", seconds=0.3, tokens_in=900, tokens_out=40, spend=0.25)
    with stand.engine.begin() as db:
        count_turn(db, {**turn, "models": [use, {**use, "result": "failed"}]})
    found = read(stand)
    assert found["quiethand_model_calls_total", 'model="m",result="failed"'] == 1
    assert found["quiethand_model_tokens_total", 'model="m",direction="in"'] == 1800
    assert found["quiethand_model_spend_total", 'model="m"'] == 0.5
    assert found["quiethand_model_seconds_bucket", 'model="m",le="0.5"'] == 2


async def test_a_turn_that_is_not_kept_is_not_counted(stand: Stand) -> None:
    with stand.engine.begin() as db:
        db.exec_driver_sql(
            "CREATE TRIGGER no BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    await stand.answer(arrival("e1"))
    assert [name for (name, _) in read(stand) if name == "quiethand_turns_total"] == []


async def test_no_number_is_read_from_the_turns_themselves(stand: Stand) -> None:
    await stand.answer(arrival("e1"))
    asked: list[str] = []
    event.listen(stand.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    read(stand)
    assert asked
    assert not [query for query in asked if re.search(r"\b(turns|lines|conversations)\b", query)]
    with stand.engine.begin() as db:
        plans = [db.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", given).all()
                 for query, given in _with_values(asked)]  # fmt: skip
    scanned = [row[-1] for plan in plans for row in plan if row[-1].startswith("SCAN")]
    assert [line for line in scanned if "counters" not in line] == []


def _with_values(queries: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    selects = [query for query in queries if query.startswith("SELECT")]
    return [(query, ("ready",) * query.count("?")) for query in selects]


async def test_odd_labels_are_escaped_and_kept_short(stand: Stand) -> None:
    odd = 'a"b\\c\nd' + "x" * 500
    with stand.engine.begin() as db:
        add(db, [("quiethand_turns_total", written({"route": odd}), 2.0)])
        (labels,) = totals(db)["quiethand_turns_total"]
    assert len(labels) < 100
    found = read(stand)
    assert found["quiethand_turns_total", labels] == 2
    assert labels.startswith(r'route="a\"b\\c\nd')


async def test_help_is_one_line() -> None:
    assert text([Family("a", "gauge", "one\ntwo \\", {"": 0.5})]) == (
        "# HELP a one\\ntwo \\\\\n# TYPE a gauge\na 0.5\n"
    )
