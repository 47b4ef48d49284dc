"""Fold the tricks that hide personal data, and remember where every character came from.

The folded text is for finding only: what is stored and answered keeps its shape.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from agents.redaction.spelling import RESPELLINGS, Edit
from agents.understanding.readable import INVISIBLE, latin, unmixed

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_JOINS = re.compile("[\u200d\ufe00-\ufe0f]")  # belongs to the character before it
_PLAINER = str.maketrans("‐‑‒–−’‘ʼ“”", "-----'''\"\"")
_LONGEST = 4  # characters; one ligature can stand for eighteen, and a hostile text is full of them
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True)
class Folded:
    """A text to look into, and where its characters stand in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from start to end stand in the original."""
        if start < end:
            return self.starts[start], self.ends[end - 1]
        at = self.starts[start] if start < len(self.starts) else [0, *self.ends][-1]
        return at, at


@dataclass
class _Growing:
    characters: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    unseen: int | None = None  # where invisible characters began that the next one covers

    def copy(self, text: str, start: int, end: int) -> None:
        """Take plain characters as they are."""
        if start < end:
            self.add(text[start], start)
            self.characters.extend(text[start + 1 : end])
            self.starts.extend(range(start + 1, end))
            self.ends.extend(range(start + 2, end + 1))

    def add(self, letters: str, at: int) -> None:
        """Take what one character folds to."""
        start = at if self.unseen is None else self.unseen
        self.unseen = None
        self.characters.extend(letters)
        self.starts.extend([start] * len(letters))
        self.ends.extend([at + 1] * len(letters))

    def drop(self, character: str, at: int) -> None:
        """Leave an invisible character out; what is found beside it covers it."""
        if self.ends:
            self.ends[-1] = at + 1
        if self.unseen is None and not _JOINS.match(character):
            self.unseen = at

    def accent(self, mark: str, at: int) -> None:
        """Compose a mark with the letter before it, or leave it out."""
        if self.characters:
            whole = unicodedata.normalize("NFC", self.characters[-1] + mark)
            self.characters[-1] = whole if len(whole) == 1 else self.characters[-1]
            self.ends[-1] = at + 1


def fold(text: str) -> Folded:
    """Undo width, invisible and look-alike characters, encodings and spelled-out addresses."""
    folded = Folded(text, range(len(text)), range(1, len(text) + 1))
    if not text.isascii():
        plain = _plain(text)
        folded = Folded(_addresses(unmixed(plain.text)), plain.starts, plain.ends)
    for edits in RESPELLINGS:
        folded = _edited(folded, edits(folded.text))
    return folded


def _plain(text: str) -> Folded:
    growing, done = _Growing(), 0
    for run in _FOREIGN.finditer(text):
        growing.copy(text, done, run.start())
        for at in range(run.start(), run.end()):
            _take(text[at], at, growing)
        done = run.end()
    growing.copy(text, done, len(text))
    return Folded("".join(growing.characters), growing.starts, growing.ends)


def _take(character: str, at: int, growing: _Growing) -> None:
    letters = _simple(character)
    if letters == "":
        growing.drop(character, at)
    elif "\u0300" <= letters <= "\u036f":
        growing.accent(letters, at)
    else:
        growing.add(letters, at)


@lru_cache(maxsize=4096)
def _simple(character: str) -> str:
    if INVISIBLE.match(character):
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character).translate(_PLAINER)
    return plain if plain and len(plain) <= _LONGEST else character


def _addresses(text: str) -> str:
    """Give e-mail addresses Latin letters even where a whole part of them only looks Latin."""
    if "@" not in text or text.isascii():
        return text
    return _TOKEN.sub(lambda token: latin(token[0]) if "@" in token[0] else token[0], text)


def _edited(folded: Folded, edits: Sequence[Edit]) -> Folded:
    if not edits:
        return folded
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for start, end, letters in edits:
        parts += [folded.text[done:start], letters]
        starts += [*folded.starts[done:start], *[folded.starts[start]] * len(letters)]
        ends += [*folded.ends[done:start], *[folded.ends[end - 1]] * len(letters)]
        done = end
    rest = slice(done, len(folded.text))
    return Folded(
        "".join([*parts, folded.text[rest]]),
        [*starts, *folded.starts[rest]],
        [*ends, *folded.ends[rest]],
    )
