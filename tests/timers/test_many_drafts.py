"""A thousand drafts wait through a restart: each is on the list, and each can be decided."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from integrations.store.database import open_database
from integrations.store.schema import metadata
from tests.desk import Desk

pytestmark = pytest.mark.anyio
MANY = 1000


def copied(engine: Engine) -> None:
    """Make a thousand of the one draft there is, each in a conversation and a turn of its own."""
    with engine.begin() as db:
        for name in ("conversations", "turns", "drafts", "revisions"):
            table = metadata.tables[name]
            row = dict(db.execute(select(table)).mappings().one())
            db.execute(insert(table), [{**row, **_own(name, n)} for n in range(2, MANY + 1)])


def _own(table: str, number: int) -> dict[str, object]:
    place, turn = f"c{number}", f"t{number}"
    rows: dict[str, dict[str, object]] = {
        "conversations": {"id": place},
        "turns": {"id": turn, "conversation": place},
        "drafts": {"id": number, "turn": turn, "conversation": place},
        "revisions": {"draft": number},
    }
    return rows[table]


async def test_each_is_listed_and_each_is_decided(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.language.expect("what does it cost?", ("complaint", 0.9))
    await desk.say("what does it cost?")
    engine = open_database(desk.file)
    copied(engine)
    engine.dispose()
    after = Desk(tmp_path)
    waiting = await after.view.open_drafts()
    assert [one["id"] for one in waiting] == list(range(1, MANY + 1))
    for action, number in (("approve", 1), ("edit", 500), ("approve", MANY)):
        turn = await after.decide(action, number, text="my own words")
        assert (turn["outcome"], turn["conversation"]) == ("reply", f"c{number}")
    await after.decide("reject", 700)
    assert len(await after.view.open_drafts()) == MANY - 4
    assert [one["conversation"] for one in await after.view.held()] == ["c700"]
    shown = await after.view.draft(MANY)
    assert shown is not None
    assert shown["status"] == "approved"
