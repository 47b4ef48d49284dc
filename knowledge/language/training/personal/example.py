"""One labelled text, and the pieces that it is put together from."""

import re
from collections.abc import Iterable
from typing import NamedTuple

PERSON, PLACE, COMPANY, NOTHING = "PER", "LOC", "ORG", ""
_EDGES = ' \t\n,;:!?"”“'


class Piece(NamedTuple):
    """A stretch of text with its label; the label of plain text is empty."""

    text: str
    label: str = NOTHING


class Example(NamedTuple):
    """A text with its labelled spans, in order and without overlap."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def joined(pieces: Iterable[Piece]) -> Example:
    """Put pieces together; same labels that only a blank keeps apart become one span."""
    text, spans = "", list[tuple[int, int, str]]()
    for words, label in pieces:
        if text[-1:] in (" ", "\n", ""):
            words = words.lstrip(" ")
        start = len(text) + len(words) - len(words.lstrip(_EDGES))
        text += words
        end = len(text) - len(words) + len(words.rstrip(_EDGES))
        if label and start < end:
            _add(spans, text, (start, end, label))
    kept = text.rstrip()
    return Example(kept, tuple(span for span in spans if span[1] <= len(kept)))


def _add(spans: list[tuple[int, int, str]], text: str, span: tuple[int, int, str]) -> None:
    start, end, label = span
    if spans and spans[-1][2] == label and re.fullmatch(r" ?", text[spans[-1][1] : start]):
        spans[-1] = (spans[-1][0], end, label)
    else:
        spans.append(span)
