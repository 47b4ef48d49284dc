"""What a reviewer sees of an edit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.console.difference import Part, difference, distance

WORDS = st.lists(
    st.sampled_from(["we", "will", "call", "<PERSON_1>", "back", ",", "soon", "!", "\n", "it's"])
)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(part.change, part.text) for part in difference(before, after)]


def test_one_word_changed_is_one_change() -> None:
    assert told("We reply soon.", "We answer soon.") == [
        ("same", "We "),
        ("out", "reply"),
        ("in", "answer"),
        ("same", " soon."),
    ]


def test_neighbouring_words_change_together() -> None:
    assert told("We reply very soon.", "We answer quite soon.") == [
        ("same", "We "),
        ("out", "reply very"),
        ("in", "answer quite"),
        ("same", " soon."),
    ]


def test_an_exclamation_mark_is_a_change_of_its_own() -> None:
    assert told("Thank you!", "Thank you.") == [
        ("same", "Thank you"),
        ("out", "!"),
        ("in", "."),
    ]


def test_a_placeholder_is_never_split() -> None:
    assert ("out", "<PERSON_1>") in told("Dear <PERSON_1>,", "Dear <PERSON_2>,")


def test_the_same_text_has_no_changes() -> None:
    assert told("All good.", "All good.") == [("same", "All good.")]
    assert difference("", "") == []


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_parts(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    parts = difference(before, after)
    assert _side(parts, "in") == before
    assert _side(parts, "out") == after
    assert all(part.text for part in parts)


def _side(parts: list[Part], without: str) -> str:
    return "".join(part.text for part in parts if part.change != without)


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [("a b c d", "a b c d", 0.0), ("a b c d", "a b c e", 0.25), ("a b", "c d", 1.0), ("", "", 0.0)],
)
def test_the_distance_is_the_share_of_words_that_changed(
    before: str, after: str, share: float
) -> None:
    assert distance(before, after) == share
