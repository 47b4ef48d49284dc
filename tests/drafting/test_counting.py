"""A text is as long as the network says it is."""

import pytest
import regex  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.drafting.counting import emoji, fits, length
from tools.drafting.networks import NETWORKS

TEXTS = st.text(max_size=120)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", 1),
        ("á", 1),
        ("cafe\u0301", 4),
        ("ӑ", 1),
        ("Ồ", 2),  # outside what the configuration counts as one, whatever its page shows
        ("日本", 4),
        ("한국", 4),
        ("👾", 2),
        ("🙋🏽", 2),
        ("👨\u200d🎤", 2),
        ("👨\u200d👩\u200d👧\u200d👦", 2),
        ("🇩🇪", 2),
        ("1️⃣", 2),
        ("© 2026", 6),
        ("https://example.com/a/very/long/path?with=a&question=too", 23),
        ("see https://a.de.", 28),
        ("example.com", 23),
        ("me@example.com", 14),
        ("‘quoted’ – yes…", 16),
    ],
)
def test_x_weighs_what_it_counts(text: str, expected: int) -> None:
    assert length(text, NETWORKS["x"]) == expected


@pytest.mark.parametrize(
    ("network", "text", "expected"),
    [
        ("bluesky", "👨\u200d👩\u200d👧\u200d👦 ok", 4),
        ("bluesky", "https://example.com/path", 24),
        ("mastodon", "https://example.com/a/very/long/path", 23),
        ("mastodon", "@kim@mastodon.example hello", 10),
        ("threads", "👍 ok", 7),
        ("threads", "日本", 2),
        ("linkedin", "👍", 2),
        ("tiktok", "👍é", 3),
        ("youtube", "é👍", 6),
    ],
)
def test_each_network_counts_in_its_own_unit(network: str, text: str, expected: int) -> None:
    assert length(text, NETWORKS[network]) == expected


def test_many_bytes_in_few_characters_are_too_long_for_bluesky() -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"
    assert length(family * 250, NETWORKS["bluesky"]) == 250
    assert not fits(family * 250, NETWORKS["bluesky"])


@settings(deadline=None)
@given(TEXTS)
def test_a_text_with_a_word_more_is_longer_everywhere(text: str) -> None:
    for network in NETWORKS.values():
        assert length(f"{text} word", network) > length(text, network) - 1


@settings(deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=80))
def test_x_counts_latin_letters_without_links_once(text: str) -> None:
    plain = regex.sub(r"[.\p{M}]", "", text)
    assert length(plain, NETWORKS["x"]) == len(plain)


def test_pictures_are_found_whole_and_digits_are_none() -> None:
    assert emoji("1 👨\u200d🎤 # ©2 🇩🇪!") == ["👨\u200d🎤", "🇩🇪"]
