"""An edit is what a person made of the agent's last words."""

from pathlib import Path

import pytest

from integrations.store.database import open_database
from integrations.store.edits import Edits
from integrations.store.places import Place
from tests.voice.rows import Edited


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    return Edited(open_database(tmp_path / "records.sqlite"))


@pytest.fixture
def edits(tmp_path: Path) -> Edits:
    return Edits(open_database(tmp_path / "records.sqlite"))


def test_an_edit_is_the_agents_words_and_the_persons(edited: Edited, edits: Edits) -> None:
    number = edited.draft(("agent", "It is open."), ("kim", "It is open now."))
    (one,) = edits.all()
    assert (one.id, one.before, one.after) == (number, "It is open.", "It is open now.")
    assert one.network == "direct_message"


def test_a_post_belongs_to_its_network(edited: Edited, edits: Edits) -> None:
    edited.draft(("agent", "Open!"), ("kim", "Open."), kind="post", network="linkedin")
    assert [one.network for one in edits.all()] == ["linkedin"]


def test_words_that_were_asked_for_anew_are_the_agents(edited: Edited, edits: Edits) -> None:
    number = edited.draft(("agent", "A long text."), ("kim", "A text."), ("kim", "Our text."))
    edited.rewrite(number, 1)
    assert [(one.before, one.after) for one in edits.all()] == [("A text.", "Our text.")]


def test_an_edit_that_was_taken_back_and_approved_again_counts(
    edited: Edited, edits: Edits
) -> None:
    words = (("agent", "Open!"), ("kim", "Open."), ("kim", "Open."))
    edited.draft(*words, status="approved")
    assert [(one.before, one.after) for one in edits.all()] == [("Open!", "Open.")]


@pytest.mark.parametrize("status", ["open", "rejected", "superseded", "taken_over", "expired"])
def test_what_nobody_approved_teaches_nothing(edited: Edited, edits: Edits, status: str) -> None:
    edited.draft(("agent", "Open!"), ("kim", "Open."), status=status)
    assert edits.all() == []


def test_a_draft_that_was_approved_as_it_was_is_no_edit(edited: Edited, edits: Edits) -> None:
    edited.draft(("agent", "Open!"), status="approved")
    edited.draft(("agent", "Open!"), ("kim", "Open!"))
    assert edits.all() == []


def test_some_edits_are_found_by_their_drafts(edited: Edited, edits: Edits) -> None:
    first = edited.draft(("agent", "Open!"), ("kim", "Open."))
    edited.draft(("agent", "Shut!"), ("kim", "Shut."))
    assert [one.id for one in edits.all([first])] == [first]


def test_edits_are_read_from_both_databases(place: Place) -> None:
    engine = open_database(place)
    try:
        Edited(engine).draft(("agent", "Open!"), ("kim", "Open."))
        assert [one.after for one in Edits(engine).all()] == ["Open."]
    finally:
        engine.dispose()
