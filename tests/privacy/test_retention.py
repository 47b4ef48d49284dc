"""What is old goes by its own age; what is in use stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.retention import sweep, sweep_daily
from knowledge.brands.brand import Retention
from tests.privacy.safe import Safe, person

KIM = person(1)
MONTH = Retention(
    lines=30, turns=30, drafts=30, handoffs=30, gaps=30, vault=30, outbox=30, reveals=60
)


@pytest.fixture
def safe(tmp_path: Path) -> Iterator[Safe]:
    one = Safe(tmp_path)
    yield one
    one.engine.dispose()


@pytest.mark.anyio
async def test_an_old_conversation_goes_with_its_key(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM, draft=True, contact="kim")
    safe.vault.reveal("c1", "<EMAIL_1>", "ana", "a letter came back")
    safe.wait(days=31)
    sweep(safe.engine, MONTH, safe.now)
    left = {name for name, rows in safe.rows().items() if rows}
    assert left == {"keys", "reveals", "ideas", "counters"}  # counters know of nobody
    assert [row[2] for row in safe.rows()["ideas"]] == [None]
    safe.wait(days=31)
    assert sweep(safe.engine, MONTH, safe.now)["reveals"] == 1


@pytest.mark.anyio
async def test_an_active_conversation_loses_only_what_is_old(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    safe.wait(days=20)
    await safe.say("still <PERSON_1>", {"<PERSON_1>": KIM["<PERSON_1>"]})
    safe.wait(days=20)
    sweep(safe.engine, MONTH, safe.now)
    assert [row[6] for row in safe.rows()["lines"]] == ["still <PERSON_1>", "Noted, <PERSON_1>."]
    assert len(safe.rows()["conversations"]) == 1
    assert safe.vault.restore("c1", "<PERSON_1>") == KIM["<PERSON_1>"]
    assert [row[2] for row in safe.rows()["vault"]] == ["<PERSON_1>"]


@pytest.mark.anyio
async def test_a_turn_stays_while_something_of_it_does(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    safe.wait(days=31)
    keep = MONTH.model_copy(update={"gaps": 0})
    counts = sweep(safe.engine, keep, safe.now)
    assert (counts["turns"], counts["gaps"], counts["lines"]) == (0, 0, 2)
    assert len(safe.rows()["turns"]) == 1


@pytest.mark.anyio
async def test_a_dry_run_counts_and_changes_nothing(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    safe.wait(days=31)
    before = safe.rows()
    counted = sweep(safe.engine, MONTH, safe.now, dry=True)
    assert safe.rows() == before
    assert sweep(safe.engine, MONTH, safe.now) == counted
    assert counted["conversations"] == 1


@pytest.mark.anyio
async def test_it_runs_by_itself_once_a_day(safe: Safe) -> None:
    await safe.say("first", {}, conversation="c1")
    safe.wait(days=31)
    sweep_daily(safe.engine, MONTH, safe.now)
    assert safe.rows()["lines"] == []
    await safe.say("second", {}, conversation="c2")
    never = MONTH.model_copy(update={"lines": 1})
    safe.wait(hours=23)
    sweep_daily(safe.engine, never, safe.now)
    assert len(safe.rows()["lines"]) == 2
    safe.wait(hours=2)
    sweep_daily(safe.engine, never, safe.now)
    assert safe.rows()["lines"] == []


def test_trouble_stops_no_start(safe: Safe) -> None:
    with safe.engine.begin() as db:
        db.exec_driver_sql("ALTER TABLE tasks RENAME TO elsewhere")
    sweep_daily(safe.engine, MONTH, safe.now)
    with safe.engine.connect() as db:
        assert db.exec_driver_sql("SELECT name FROM jobs").scalar() == "retention"
