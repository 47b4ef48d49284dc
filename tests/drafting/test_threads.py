"""A long text becomes a thread that loses nothing and breaks nothing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.drafting.counting import fits
from tools.drafting.networks import NETWORKS
from tools.drafting.threads import split

THREADED = [network for network in NETWORKS.values() if network.thread]
WORDS = st.sampled_from(
    ["a", "captions.", "organisers", "Why?", "https://example.com/some/long/path", "#LiveCaptions",
     "\n\n", "\n", "日本語", "👩\u200d🎤", "one,", "é", "@kim@mastodon.example"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=200).map(" ".join)


@pytest.mark.parametrize("network", THREADED, ids=lambda one: one.key)
@settings(deadline=None)
@given(text=TEXTS, numbered=st.booleans())
def test_every_part_fits_and_every_word_stays(network, text, numbered) -> None:  # type: ignore[no-untyped-def]
    parts = split(text, network, numbered=numbered)
    assert all(fits(part, network) for part in parts)
    said = [re.sub(r"\n\n\d+/\d+$", "", part) for part in parts] if len(parts) > 1 else parts
    assert " ".join(said).split() == text.split()


@pytest.mark.parametrize("network", THREADED, ids=lambda one: one.key)
@settings(deadline=None)
@given(text=st.text(max_size=1500))
def test_any_text_at_all_is_cut_to_fit(network, text) -> None:  # type: ignore[no-untyped-def]
    parts = split(text, network)
    assert all(fits(part, network) for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_that_fits_stays_whole() -> None:
    assert split("One.\n\nTwo.", NETWORKS["x"], numbered=True) == ["One.\n\nTwo."]


def test_a_network_without_threads_gets_one_part() -> None:
    assert split("word " * 2000, NETWORKS["linkedin"]) == [("word " * 2000).strip()]


def test_it_is_cut_between_sentences_where_one_ends_late_enough() -> None:
    text = "This is a sentence of some length about an event. " * 12
    parts = split(text, NETWORKS["x"])
    assert all(part.endswith("event.") for part in parts)


def test_paragraphs_are_the_best_place_to_cut() -> None:
    paragraph = "A paragraph. " * 12
    parts = split("\n\n".join([paragraph.strip()] * 4), NETWORKS["x"])
    assert parts == [paragraph.strip()] * 4


def test_numbers_count_too() -> None:
    parts = split("A sentence that is here to fill. " * 120, NETWORKS["x"], numbered=True)
    assert len(parts) > 9
    assert [part.rsplit("\n\n", 1)[1] for part in parts] == [
        f"{number}/{len(parts)}" for number in range(1, len(parts) + 1)
    ]


def test_a_word_longer_than_a_post_is_cut_between_characters() -> None:
    parts = split("👨\u200d👩\u200d👧\u200d👦" * 400, NETWORKS["bluesky"])
    assert all(part.startswith("👨") and part.endswith("👦") for part in parts)
