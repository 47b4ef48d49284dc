"""What an edit changed, word by word: removed, put in, put in place of something."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from knowledge.voice.learning.edits import Edit
from knowledge.voice.text import Text

_TOKEN = re.compile(
    r"(?P<no>https?://\S+|www\.\S+|(?<![\w@])@\w[\w.]*|(?<![\w#&/])#\w+|\[\d+\])"
    r"|<[A-Z][A-Z_]*_\d+>|\d[\d.,:/]*\d|\d|[^\W\d_]+(?:['’\-‑][^\W\d_]+)*"
)
_RELATED = 0.3  # two texts with less in common are two texts, not an edit


@dataclass(frozen=True)
class Token:
    """A word, a number or a placeholder of a text."""

    text: str
    start: int
    end: int
    sentence: int
    first: bool  # of its sentence
    last: bool

    @property
    def low(self) -> str:
        """Return it as it is compared."""
        plain = self.text.lower().replace("’", "'").replace("‑", "-")
        return "a" if plain == "an" else plain


@dataclass(frozen=True)
class Change:
    """Some words that became other words."""

    edit: Edit
    was: tuple[Token, ...]
    now: tuple[Token, ...]
    left: Token | None  # what stands beside it, in the new text
    right: Token | None

    def part(self, was: slice, now: slice) -> "Change":
        """Return a part of it."""
        return replace(self, was=self.was[was], now=self.now[now])


@dataclass(frozen=True)
class Compared:
    """The two texts of an edit, side by side."""

    changes: tuple[Change, ...]
    same: tuple[tuple[Token, Token], ...]


def compared(edit: Edit) -> Compared:
    """Return what an edit changed and what it left, but nothing of a text that was written anew."""
    was, now = tokens(edit.was), tokens(edit.now)
    match = SequenceMatcher(None, [t.low for t in was], [t.low for t in now], autojunk=False)
    changes, same = list[Change](), list[tuple[Token, Token]]()
    for tag, i, j, k, m in match.get_opcodes():
        if tag == "equal":
            same += zip(was[i:j], now[k:m], strict=True)
            continue
        left, right = (now[k - 1] if k else None), (now[m] if m < len(now) else None)
        changes += _parts(Change(edit, tuple(was[i:j]), tuple(now[k:m]), left, right))
    if match.ratio() < _RELATED:
        return Compared(tuple(_ends(changes)), ())
    return Compared(tuple(changes), tuple(same))


def tokens(text: Text) -> list[Token]:
    """Return the words, numbers and placeholders of a text."""
    spans = [(one.start, one.end) for one in text.sentences]
    found = [m for m in _TOKEN.finditer(text.raw) if not m["no"]]
    places = [_sentence(spans, m.start()) for m in found]
    made = []
    for n, (m, place) in enumerate(zip(found, places, strict=True)):
        first = n == 0 or places[n - 1] != place
        last = n + 1 == len(found) or places[n + 1] != place
        made.append(Token(m[0], m.start(), m.end(), place, first, last))
    return made


def _sentence(spans: Sequence[tuple[int, int]], at: int) -> int:
    return next((n for n, (start, end) in enumerate(spans) if start <= at < end), -1)


def _parts(change: Change) -> Iterator[Change]:
    """Split what was only removed or only put in where sentences end."""
    if change.was and change.now:
        yield change
        return
    words = change.was or change.now
    starts = [n for n, word in enumerate(words) if n == 0 or word.sentence != words[n - 1].sentence]
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        piece = slice(start, end)
        yield change.part(piece, slice(0, 0)) if change.was else change.part(slice(0, 0), piece)


def _ends(changes: Sequence[Change]) -> list[Change]:
    return [one for one in changes if not (one.was and one.now)]
