"""Words with a capital that name neither people nor places: products, languages, cries."""

import re
from collections.abc import Mapping
from functools import cached_property

import yaml

from knowledge.language.joining import Named
from knowledge.language.phrases import FOLDER

_ITEM = r"(?P<item>[^\s,/&+]+(?: [^\s,/&+]+)?)"
_AND = r"(?:/|&|\+|\b(?:vs\.?|and|or|nor|und|oder|et|ou|y|o)(?!\w))"
_JOIN = rf"(?P<join>\s?(?:,\s?{_AND}?|{_AND})\s?)"
_BEFORE = re.compile(rf"{_ITEM}{_JOIN}$", re.IGNORECASE)
_AFTER = re.compile(rf"{_JOIN}{_ITEM}", re.IGNORECASE)
_ENDS = re.compile(rf"\s?(?:[,.!?;:)]|$|\n|{_AND})", re.IGNORECASE)
_BEHIND = re.compile(r"[ \t]([^\W\d_][\w-]*)")
_WORD = re.compile(r"\w")
_NEAR = 60  # characters
# German and French write articles before names too ("die Maria", "la France"), but never these.
_NO_PERSON = re.compile(r"(?<!\w)(?:ein|kein|dies)(?:e[mnrs]?)?[ ]$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<!\w)(?:der|die|das|dem|den|le|la|les|el|los|las)[ ]$", re.IGNORECASE)
ALONE, ARTICLE = 0.8, 0.75  # how sure a tagger must be there


class Ordinary:
    """Says which words name nobody."""

    def said(self, name: str) -> bool:
        """Say whether these are words that no person and no place is called."""
        return self._within(name, self._kinds["words"])

    def nobody(self, text: str, name: Named) -> bool:
        """Say whether what a tagger found is a product, a company or just a noun."""
        said = text[name.start : name.end]
        if self._within(said, self._kinds["products"] | self._kinds["words"]):
            return True
        if " " in said:
            return False
        return (
            _unsure(text, name)
            or self._before_noun(text, name.end)
            or self._listed(text, name.start, name.end)
        )

    def _within(self, name: str, known: frozenset[str]) -> bool:
        plain = _plain(name)
        return plain in known or known.issuperset(plain.replace(",", " ").split())

    def _before_noun(self, text: str, end: int) -> bool:
        """Say whether a word comes next that only products have: "Xyz plugin"."""
        noun = _BEHIND.match(text, end)
        return noun is not None and _plain(noun[1]) in self._kinds["nouns"]

    def _listed(self, text: str, start: int, end: int) -> bool:
        """Say whether it stands in a list with products: "Notion, Miro and Xyz"."""
        near = text[max(0, start - _NEAR) : start]
        joins = [_BEFORE.search(near), _AFTER.match(text, end, end + _NEAR)]
        beside = [join for join in joins if join]
        if not any(self._is_product(_plain(join["item"])) for join in beside):
            return False
        if _plain(text[start:end]) in self._kinds["either"]:
            return True
        joined = any(join["join"].strip() != "," for join in beside)
        return joined and bool(_ENDS.match(text, end))

    def _is_product(self, item: str) -> bool:
        words = item.split()
        return not self._kinds["products"].isdisjoint([item, *words[:1], *words[-1:]])

    @cached_property
    def _kinds(self) -> Mapping[str, frozenset[str]]:
        text = (FOLDER / "nobody.yaml").read_text(encoding="utf-8")
        kinds: dict[str, str] = yaml.load(text, yaml.CSafeLoader)
        return {
            kind: frozenset(_plain(one) for one in listed.split(","))
            for kind, listed in kinds.items()
        }


def _unsure(text: str, name: Named) -> bool:
    """Say whether it stands where other words do too: alone, or behind an article."""
    if not text[name.start].isupper():
        return False
    if name.score < ALONE and not _WORD.search(text[: name.start] + text[name.end :]):
        return True
    before = text[max(0, name.start - 10) : name.start]
    if name.label == "person" and _NO_PERSON.search(before):
        return True
    return name.score < ARTICLE and bool(_ARTICLE.search(before))


def _plain(said: str) -> str:
    return " ".join(said.replace("’", "'").casefold().split()).strip(" .!?;:\"'()")
