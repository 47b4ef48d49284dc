"""A person gets what is kept about them, and that somebody saw it is kept too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.store.export import exported
from integrations.store.missing import Missing
from integrations.store.places import Place
from tests.privacy.safe import Safe, person

KIM, LEE = person(1), person(2)


@pytest.fixture
def safe(tmp_path: Path, place: Place) -> Iterator[Safe]:
    one = Safe(tmp_path, place=place)
    yield one
    one.engine.dispose()


@pytest.mark.anyio
async def test_a_person_gets_their_own_words(safe: Safe) -> None:
    await safe.say("I am <PERSON_1> at <EMAIL_1>", KIM, contact="kim", draft=True)
    await safe.say("I am <PERSON_1>", LEE, conversation="c2", contact="lee")
    given = exported(safe.vault, "kim", "ana")
    (conversation,) = given["conversations"]
    asked = f"I am {KIM['<PERSON_1>']} at {KIM['<EMAIL_1>']}"
    said = f"Noted, {KIM['<PERSON_1>']}."
    assert [one["text"] for one in conversation["lines"]] == [asked, said]
    assert [one["text"] for one in conversation["answers"]] == [said]
    assert [one["text"] for one in conversation["handoffs"]] == [said]
    assert [one["text"] for one in conversation["ideas"]] == [asked]
    assert [one["about"] for one in conversation["drafts"]] == [asked]
    assert {one["placeholder"]: one["value"] for one in given["kept_apart"]} == KIM
    assert all(value not in repr(given) for value in LEE.values())


@pytest.mark.anyio
async def test_an_export_is_written_down(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM, contact="kim")
    exported(safe.vault, "kim", "ana")
    assert [row[1:5] for row in safe.rows()["reveals"]] == [("ana", "export", "c1", "*")]


def test_a_stranger_is_named(safe: Safe) -> None:
    with pytest.raises(Missing, match="no contact 'nobody'"):
        exported(safe.vault, "nobody", "ana")
