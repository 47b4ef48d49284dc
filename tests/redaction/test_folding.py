"""Tricks are undone for finding, and every find knows where it stands in the original."""

import base64

import pytest

from agents.redaction.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Where is my ticket?", "Where is my ticket?"),
        ("ｊｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "joe@example.com"),
        ("𝗝𝗼𝗲 𝟬𝟭𝟮", "Joe 012"),
        ("٠١٢٣ and ０１２", "0123 and 012"),
        ("J\u200bo\u2060e\ufe0f", "Joe"),
        ("\u202eJoe\u202c!", "Joe!"),
        ("Jose\u0301", "José"),
        ("jое@exаmple.com", "joe@example.com"),  # Cyrillic o, e and a
        ("joe@example.сом", "joe@example.com"),  # the last part is Cyrillic through and through
        ("привет", "привет"),
        ("a%40b%20c%2Bd", "a@b c+d"),
        ("caf%C3%A9", "café"),
        ("100% sure, 50%off", "100% sure, 50%off"),
        ("joe dot doe at example dot com", "joe.doe@example.com"),
        ("joe [at] example (dot) com", "joe@example.com"),
        ("joe underscore doe at gmail.com", "joe_doe@gmail.com"),
        ("joe punkt doe ät example punkt de", "joe.doe@example.de"),
        ("I am at example.com", "I am at example.com"),
        ("meet me at noon dot", "meet me at noon dot"),
        ("seven seven three five double four oh", "7735440"),
        ("null eins sieben eins", "0171"),
        ("zéro six un deux", "0612"),
        ("seis uno dos tres", "6123"),
        ("one two three", "one two three"),
        ("one seat and two tickets", "one seat and two tickets"),
        ("833-64-209l", "833-64-2091"),
        ("+l (949) 7O6-38O8", "+1 (949) 706-3808"),
        ("SO-1234567", "SO-1234567"),
        ("Is it SOLID?", "Is it SOLID?"),
    ],
)
def test_what_a_text_is_folded_to(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("call ｊｏｅ now", "joe", "ｊｏｅ"),
        ("hi J\u200bo\u200be there", "Joe", "J\u200bo\u200be"),
        ("hi \u202eJoe\u202c there", "Joe", "\u202eJoe\u202c"),
        ("👍\ufe0fJoe", "Joe", "Joe"),
        ("mail joe dot doe at example dot com today", "joe.doe@example.com",
         "joe dot doe at example dot com"),
        ("x=a%40b.de&y", "a@b.de", "a%40b.de"),
        ("call one two three four five now", "12345", "one two three four five"),
        ("ﬁne Joe", "Joe", "Joe"),
        ("Jose\u0301 came", "José", "Jose\u0301"),
    ],
)  # fmt: skip
def test_where_a_part_stands_in_the_original(text: str, part: str, original: str) -> None:
    folded = fold(text)
    at = folded.text.index(part)
    start, end = folded.span(at, at + len(part))
    assert text[start:end] == original


@pytest.mark.parametrize("text", ["", "plain", "é\u200b", "one two three four", "\u200b"])
def test_the_whole_is_inside_the_original(text: str) -> None:
    folded = fold(text)
    start, end = folded.span(0, len(folded.text))
    assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    "piece",
    ["ﷺ", "a\u0316\u0301", "\u200b", "a at b dot c ", "[at]", "seven ", "O1l ", "%40", "@аa "],
)
def test_a_hostile_text_is_folded_to_the_end(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    folded = fold(text)
    assert len(folded.text) <= 4 * len(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)


def test_an_encoded_text_is_left_to_the_patterns() -> None:
    hidden = base64.b64encode(b"Joe Doe").decode()
    assert fold(hidden).text == hidden
