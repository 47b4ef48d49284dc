"""Look up many phrases in a text at once: by their first word, then whole."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

_WORD = re.compile(r"\w+")
_FIRST = re.compile(r"(\w+)(\*?)")

Entry = tuple[str, str]  # kind, phrase


class Phrasebook:
    """Phrases by kind: ``*`` in them is the rest of a word, ``~`` a word.

    Hundreds of alternatives in one pattern take milliseconds a sentence; by first word they take
    a few look-ups.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._exact: dict[str, list[Entry]] = defaultdict(list)
        self._begins: dict[str, list[Entry]] = defaultdict(list)
        self._others: list[Entry] = []
        for kind, every in phrases.items():
            for phrase in every:
                self._add(kind, phrase)
        self._longest = max(map(len, self._begins), default=0)

    def found(self, text: str) -> Iterator[tuple[str, str]]:
        """Return the kind and the words of every phrase in a text."""
        for kind, phrase in {*self._nearby(text), *self._others}:
            for one in _pattern(phrase).finditer(text):
                yield kind, one[0].strip()

    def _add(self, kind: str, phrase: str) -> None:
        entry = (kind, phrase)
        first = _FIRST.match(phrase)
        if not first:
            self._others.append(entry)
        elif first[2]:
            self._begins[first[1]].append(entry)
        else:
            self._exact[first[1]].append(entry)

    def _nearby(self, text: str) -> Iterator[Entry]:
        for word in set(_WORD.findall(text)):
            yield from self._exact.get(word, ())
            for length in range(1, min(len(word), self._longest) + 1):
                yield from self._begins.get(word[:length], ())


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """Compile a phrase when its first word is met; most never are."""
    parts = [r"\w+(?: \w+){0,2}" if part == "*" else _part(part) for part in phrase.split()]
    before = r"(?<!\w)" if re.match(r"[\w*~]", phrase) else ""
    after = r"(?!\w)" if re.search(r"[\w*~]$", phrase) else ""
    return re.compile(before + "[ ]+".join(parts) + after)


def _part(part: str) -> str:
    pattern = re.escape(part).replace(r"\*", r"\w*")
    return pattern.replace(r"\~", r"\w[\w'-]*").replace("~", r"\w[\w'-]*")
