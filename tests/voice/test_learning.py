"""What edits teach, and what they do not."""

import pytest

from knowledge.voice.learning.edits import Edit, Proposal
from knowledge.voice.learning.mining import mine
from tests.voice.changes import material

BASE = material()["base"]


def changed(frame: str, before: str, after: str, count: int = 6, network: str = "") -> list[Edit]:
    """Return edits that change one thing, each beside another sentence."""
    start = {"": 0, "linkedin": 10, "instagram": 20, "direct_message": 30}[network]
    places = range(start, start + count)
    texts = [[f"{BASE[n]}. {frame.format(one)}" for one in (before, after)] for n in places]
    return [Edit(n, a, b, network) for n, (a, b) in zip(places, texts, strict=True)]


def shown(found: list[Proposal]) -> list[tuple[str, str, int]]:
    return [(one.rule.says, one.network, one.support) for one in found]


def test_five_edits_are_enough_and_four_are_not() -> None:
    five = changed("We {} it.", "ship", "send", 5)
    assert shown(mine(five)) == [('Say "send" instead of "ship".', "", 5)]
    assert mine(five[:4]) == []


def test_the_same_change_twice_in_one_edit_counts_once() -> None:
    four = changed("We {0} it. They {0} it. You {0} it too.", "ship", "send", 4)
    assert mine(four) == []


@pytest.mark.parametrize(
    ("frame", "before", "after"),
    [
        ("It costs {} euros.", "49", "59"),
        ("We meet on {}.", "Monday", "Friday"),
        ("Ask {} about it.", "Lisbon", "Porto"),
        ("Ask <PERSON_1> and {}.", "<PERSON_2>", "<PERSON_3>"),
        ("It is ready {}.", "today", "tomorrow"),
        ("{} rooms are free.", "12", "14"),
    ],
)
def test_facts_are_never_rules(frame: str, before: str, after: str) -> None:
    assert mine(changed(frame, before, after, 9)) == []


@pytest.mark.parametrize(
    ("frame", "one", "other"),
    [("We {} it.", "ship", "send"), ("It works{}", "!", "."), ("We {} help.", "can't", "cannot")],
)
def test_what_others_change_back_is_no_rule(frame: str, one: str, other: str) -> None:
    there, back = changed(frame, one, other), changed(frame, other, one, network="direct_message")
    assert mine([*there, *[Edit(e.id, e.before, e.after) for e in back]]) == []


def test_what_most_people_leave_is_no_rule() -> None:
    kept = [
        Edit(100 + n, f"{one}. We ship it.", f"{one}. We ship it!") for n, one in enumerate(BASE)
    ]
    says = [one.rule.says for one in mine([*changed("We {} it.", "ship", "send", 5), *kept])]
    assert not any("ship" in one for one in says)


def test_networks_may_want_the_contrary() -> None:
    quiet = changed("It works{}", "!", ".", network="linkedin")
    loud = changed("It works{}", ".", "!", network="instagram")
    assert sorted(shown(mine([*quiet, *loud]))) == [
        ("At least 1: exclamation marks.", "instagram", 6),
        ("No exclamation marks.", "linkedin", 6),
    ]


def test_what_two_networks_show_holds_everywhere() -> None:
    frame = "We {} it."
    both = [
        *changed(frame, "ship", "send", 3, "linkedin"),
        *changed(frame, "ship", "send", 3, "instagram"),
    ]
    assert shown(mine(both)) == [('Say "send" instead of "ship".', "", 6)]


def test_what_only_replies_show_holds_in_messages() -> None:
    found = mine(changed("We {} it.", "ship", "send", network="direct_message"))
    assert shown(found) == [('Say "send" instead of "ship".', "direct_message", 6)]


def test_forms_of_a_word_are_one_rule() -> None:
    forms = [("utilise", "use"), ("utilises", "uses"), ("utilised", "used"), ("utilising", "using")]
    edits = [
        Edit(n, f"{BASE[n]}. Who {old} it.", f"{BASE[n]}. Who {new} it.")
        for n, (old, new) in enumerate(forms * 2)
    ]
    assert shown(mine(edits)) == [('Say "use" instead of "utilise".', "", 8)]


def test_a_word_that_goes_for_many_others_is_left_out() -> None:
    others = ["good", "long", "new", "calm", "full", "short"]
    edits = [
        Edit(n, f"{BASE[n]}. An amazing day.", f"{BASE[n]}. A {other} day.")
        for n, other in enumerate(others)
    ]
    assert shown(mine(edits)) == [('Leave out "amazing".', "", 6)]


def test_texts_that_were_written_anew_teach_nothing() -> None:
    edits = [Edit(n, f"{BASE[n]}. {BASE[n + 1]}.", f"{BASE[-n - 1]}.") for n in range(15)]
    assert mine(edits) == []


def test_easier_words_are_learned_as_a_reading_grade() -> None:
    pairs = [
        ("Organisational administration necessitates documentation", "We keep notes of it all"),
        ("Subsequent modifications require authorisation", "Ask us first if it has to change"),
        ("Participation presupposes electronic registration", "Sign up to come to the day"),
        ("Accommodation possibilities proliferate perpetually", "You find a room to stay in"),
        ("Invigorating refreshments accompany presentations", "There is tea with each talk"),
        ("Illumination deactivates automatically", "The lights go out on their own"),
    ]
    rest = " and the people in the room can read it at the desk or in the hall at the end of a day."
    edits = [Edit(n, hard + rest, easy + rest) for n, (hard, easy) in enumerate(pairs)]
    assert [one.rule.kind for one in mine(edits)] == ["reading_grade"]


def test_no_edits_teach_nothing() -> None:
    assert mine([]) == []
