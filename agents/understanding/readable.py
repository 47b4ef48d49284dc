"""Bring a text into a form that can be read, and say when there is nothing to read."""

import re
import unicodedata
from typing import Literal

LONG = 4000  # characters; more than that goes to a person

Kind = Literal["text", "empty", "emoji", "long"]

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f\ufffd]"
)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]")
_LETTERS = re.compile(r"[^\W_]")
# Cyrillic and Greek letters that look Latin, for words that mix scripts to slip past a filter.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтнвԛԝѵӏАВЕКМНОРСТХІЅЈУοανρτικεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhkmthbqwvlABEKMHOPCTXISJYoavptikeABEZHIKMNOPTYX",
)
_QUOTED = re.compile(r"\"[^\"]{8,2000}\"|“[^”]{8,2000}”|«[^»]{8,2000}»")
_MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u03ff\u0400-\u052f])\w+\b")


def stored(text: str) -> str:
    """Make a text safe to keep: no lone surrogates, nothing that is neither seen nor joins."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNSEEN.sub("", whole)


def readable(text: str) -> str:
    """Fold width, invisible characters and look-alike letters, so that words can be recognised."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return unmixed(plain).strip()


def unmixed(text: str) -> str:
    """Give words that mix scripts Latin letters; no character moves."""
    if text.isascii():
        return text
    return _MIXED.sub(lambda word: latin(word[0]), text)


def latin(text: str) -> str:
    """Replace every letter that only looks Latin; no character moves."""
    return text.translate(_LOOKALIKES)


def kind(text: str) -> Kind:
    """Say what sort of text this is; expects what ``readable`` returns."""
    if len(text) > LONG:
        return "long"
    if _LETTERS.search(text):
        return "text"
    pictures = any(unicodedata.category(character) in ("So", "Sk") for character in text)
    return "emoji" if pictures else "empty"


def unquoted(text: str) -> str:
    """Leave out what somebody else said: a comment to answer is data, not what is wished."""
    return _QUOTED.sub('"..."', text)
