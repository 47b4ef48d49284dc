"""Find personal data in a text: fold it, look with Presidio, cover, leave out what is allowed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from agents.redaction.covering import covered
from agents.redaction.folding import Folded, fold
from agents.redaction.kinds import Find, Kind, Look
from agents.redaction.patterns.every import PATTERNS
from agents.redaction.patterns.orders import orders
from knowledge.language.joining import Named
from knowledge.language.ordinary import Ordinary

_KINDS: dict[str, Kind] = {"person": "PERSON", "place": "LOCATION"}
_NAMES = frozenset(_KINDS.values())
_WORD = re.compile(r"[^\W_]{2,}")
_GUESSED = frozenset({"PERSON", "LOCATION", "HANDLE", "LINK"})  # what an allow-list may excuse


class Names(Protocol):
    """Finds names of people and places."""

    def found(self, text: str) -> Sequence[Named]: ...


class Finder:
    """Says where personal data stands in a text."""

    def __init__(
        self,
        names: Names,
        allowed: Iterable[str] = (),
        order_patterns: Sequence[str] = (),
    ) -> None:
        self._allowed = {fold(one).text.casefold() for one in allowed}
        self._ordinary = Ordinary()
        self._looks: list[Look] = [
            *PATTERNS,
            *_ordered(order_patterns),
            _naming(names, self._ordinary),
        ]

    def find(self, text: str, known: Iterable[str] = ()) -> list[Find]:
        """Return all finds in order, without overlaps; ``known`` are names of this contact."""
        folded = fold(text)
        found = [one for one in self._presidio(folded.text) if not self._said(folded.text, one)]
        found += _known(folded.text, known)
        kept = [one for one in found if not self._may_stay(folded.text, one)]
        return [_original(folded, one) for one in covered(folded.text, kept)]

    def _may_stay(self, text: str, find: Find) -> bool:
        """Say whether it is the brand's own: its name, its products, its accounts."""
        if find.kind not in _GUESSED:
            return False
        said = text[find.start : find.end].strip("@# ").casefold()
        words = _WORD.findall(said)
        return said in self._allowed or (bool(words) and self._allowed.issuperset(words))

    def _said(self, text: str, find: Find) -> bool:
        """Say whether a pattern took a greeting or a language for a name."""
        return find.kind in _NAMES and self._ordinary.said(text[find.start : find.end])

    @cached_property
    def _presidio(self) -> Look:
        """Build the engine when it is first needed; Presidio takes a second to import."""
        from agents.redaction.engine import analyser

        return analyser(self._looks)


def _ordered(patterns: Sequence[str]) -> list[Look]:
    return [orders(patterns)] if patterns else []


def _naming(names: Names, ordinary: Ordinary) -> Look:
    def look(text: str) -> Iterator[Find]:
        for name in names.found(text):
            if not ordinary.nobody(text, name):
                yield Find(name.start, name.end, _KINDS[name.label], 0.85 * name.score)

    return look


def _known(text: str, names: Iterable[str]) -> Iterator[Find]:
    """Find the names that the channel tells us: the whole in any case, a part with a capital."""
    for name in names:
        words = _WORD.findall(name)
        whole = r"[^\w]{1,3}".join(map(re.escape, words))
        looks = [(whole, re.IGNORECASE)] if whole else list[tuple[str, int]]()
        looks += [(re.escape(word[0].upper() + word[1:]), 0) for word in words if len(word) > 2]
        for look, flags in looks:
            for found in re.finditer(rf"(?<!\w){look}(?!\w)", text, flags):
                yield Find(*found.span(), "PERSON", 1.0)


def _original(folded: Folded, find: Find) -> Find:
    start, end = folded.span(find.start, find.end)
    return replace(find, start=start, end=end)
