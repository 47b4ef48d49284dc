"""Rules are proposed, decided by a person, versioned, and taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from integrations.store.audit import Audit
from integrations.store.database import open_database
from integrations.store.missing import Missing
from integrations.store.places import Place
from integrations.voicing import SqlVoices, Voicing
from knowledge.brands.brand import BUNDLED
from knowledge.voice.check import checked
from tests.voice.rows import Edited

FOLDER = BUNDLED / "connectsphere"
NOW = datetime(2026, 11, 18, 10, 31, tzinfo=UTC)


class Shop:
    """A brand's voice, with the edits that it learns from."""

    def __init__(self, engine: Engine, folder: Path = FOLDER) -> None:
        self.engine, self.edited = engine, Edited(engine)
        self.voicing = Voicing(engine, folder, lambda: NOW)
        self.rules = self.voicing.rules

    def score(self, text: str, network: str = "") -> float:
        voice = SqlVoices(self.engine, FOLDER).of(network)
        place = "social_post" if network else "direct_message"
        return checked(text, voice, place, network).score  # type: ignore[arg-type]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    engine = open_database(tmp_path / "records.sqlite")
    yield Shop(engine)
    engine.dispose()


def test_a_rule_is_proposed_approved_and_changes_the_check(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 6)
    (one,) = shop.voicing.learn()
    assert (one.state, len(one.edits), one.network) == ("proposed", 6, "direct_message")
    assert shop.score("We ship it.") == 1
    approved = shop.rules.approve(one.id, "kim")
    assert (approved.state, approved.decided_by, approved.version) == ("approved", "kim", 1)
    assert shop.score("We ship it.") < 1
    assert shop.score("We ship it.", "linkedin") == 1
    entry = Audit(shop.engine).last()
    assert entry is not None
    assert (entry.who, entry.action, entry.what) == (
        "kim",
        "voice_approved",
        f"voice rule {one.id}",
    )


def test_an_approved_rule_is_undone(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 6)
    (one,) = shop.voicing.learn()
    shop.rules.approve(one.id, "kim")
    undone = shop.rules.undo(one.id, "jo")
    assert (undone.state, undone.version, shop.rules.version()) == ("undone", 2, 2)
    assert shop.score("We ship it.") == 1


def test_a_refused_rule_is_not_proposed_again_until_a_person_wants_it(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 6)
    (one,) = shop.voicing.learn()
    shop.rules.refuse(one.id, "kim")
    assert shop.voicing.learn() == []
    assert shop.rules.undo(one.id, "kim").state == "proposed"


def test_a_refused_rule_comes_back_when_twice_as_many_edits_show_it(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 5)
    (one,) = shop.voicing.learn()
    shop.rules.refuse(one.id, "kim")
    shop.edited.habit("ship", "send", 5)
    assert [len(again.edits) for again in shop.voicing.learn()] == [10]


def test_looking_twice_proposes_once(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 5)
    (one,) = shop.voicing.learn()
    shop.edited.habit("ship", "send", 2)
    (again,) = shop.voicing.learn()
    assert (again.id, len(again.edits)) == (one.id, 7)


def test_a_proposal_that_edits_contradict_meanwhile_goes(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 5)
    assert len(shop.voicing.learn()) == 1
    shop.edited.habit("send", "ship", 5)
    assert shop.voicing.learn() == []
    assert shop.rules.all() == []


def test_looking_without_keeping_keeps_nothing(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 5)
    assert len(shop.voicing.learning().proposals) == 1
    assert shop.rules.all() == []


def test_what_the_page_says_already_is_not_proposed(shop: Shop) -> None:
    shop.edited.habit("utilise", "use", 6)
    found = shop.voicing.learning()
    assert found.proposals == []
    assert [one.support for one in found.held] == [6]


def test_a_rule_of_a_network_holds_there(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 6, kind="post", network="linkedin")
    (one,) = shop.voicing.learn()
    shop.rules.approve(one.id, "kim")
    assert one.network == "linkedin"
    assert shop.score("We ship it.", "linkedin") < 1
    assert shop.score("We ship it.", "x") == 1
    assert shop.score("We ship it.") == 1


def test_a_newer_rule_on_the_same_words_ends_the_older(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 5)
    (old,) = shop.voicing.learn()
    shop.rules.approve(old.id, "kim")
    shop.edited.habit("ship", "deliver", 8)
    (new,) = shop.voicing.learn()
    shop.rules.approve(new.id, "kim")
    assert [one.state for one in (shop.rules.one(old.id), shop.rules.one(new.id))] == [
        "undone",
        "approved",
    ]


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("approve", "approve", "already approved by kim at 10:31"),
        ("approve", "refuse", "already approved by kim"),
        ("refuse", "approve", "already refused by kim"),
        ("", "undo", "nothing to undo"),
    ],
)
def test_a_late_decision_is_told_who_was_first(
    shop: Shop, first: str, then: str, said: str
) -> None:
    shop.edited.habit("ship", "send", 5)
    (one,) = shop.voicing.learn()
    if first:
        getattr(shop.rules, first)(one.id, "kim")
    with pytest.raises(Missing, match=said):
        getattr(shop.rules, then)(one.id, "jo")


def test_a_rule_that_is_not_there_says_what_to_do(shop: Shop) -> None:
    with pytest.raises(Missing, match="quiethand voice learn"):
        shop.rules.approve(99, "kim")


def test_the_edits_of_a_rule_are_shown(shop: Shop) -> None:
    shop.edited.habit("ship", "send", 6)
    (one,) = shop.voicing.learn()
    shown = shop.voicing.shown_by(one, 3)
    assert [edit.id for edit in shown] == list(one.edits[-3:])
    assert all("ship" in edit.before and "send" in edit.after for edit in shown)


def test_both_databases_keep_rules(place: Place) -> None:
    engine = open_database(place)
    try:
        shop = Shop(engine)
        shop.edited.habit("ship", "send", 5)
        (one,) = shop.voicing.learn()
        shop.rules.approve(one.id, "kim")
        assert [learned.rule for learned in shop.rules.learned()] == [one.rule]
    finally:
        engine.dispose()
