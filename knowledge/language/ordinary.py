"""Words with a capital that name neither people nor places: products, languages, cries."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import yaml

LEXICON = Path(__file__).parent / "lexicons" / "nobody.yaml"
_SPACE = re.compile(r"\s+")
_LISTED = r"(?:,|/|&|\+|vs\.?|and|or|nor|und|oder|et|ou|y|o)"
_BEFORE = re.compile(rf"([^\s,/&+]+(?:[ ][^\s,/&+]+)?)\s?,?\s?(?<!\w){_LISTED}\s?$", re.I)
_AFTER = re.compile(rf"\s?,?\s?{_LISTED}(?!\w)\s?([^\s,/&+]+(?:[ ][^\s,/&+]+)?)", re.I)
_NEXT = re.compile(r"[ \t]([^\W\d_][\w-]*)")
_ENDS = re.compile(rf"\s?(?:[,.!?;:)/&+]|$|\n|(?:and|or|nor|und|oder|et|ou|y|o|{_LISTED})\b)", re.I)
_NEAR = 60  # characters


class Ordinary:
    """Says which words name nobody."""

    def nobody(self, text: str, start: int, end: int) -> bool:
        """Say whether what stands here is no name of a person or a place."""
        said = _plain(text[start:end])
        if self._whole(said):
            return True
        if " " in said:
            return False
        return self._product_behind(text, end) or self._in_list(text, start, end, said)

    def _whole(self, said: str) -> bool:
        sure = self._kinds["products"] | self._kinds["words"]
        return said in sure or sure.issuperset(said.split())

    def _product_behind(self, text: str, end: int) -> bool:
        behind = _NEXT.match(text, end)
        return bool(behind) and _plain(behind[1]) in self._kinds["behind"] if behind else False

    def _in_list(self, text: str, start: int, end: int, said: str) -> bool:
        """Say whether products stand beside it: "Miro, Notion and Xyz"."""
        before = _BEFORE.search(text[max(0, start - _NEAR) : start])
        after = _AFTER.match(text, end, end + _NEAR)
        beside = [_plain(found[1]) for found in (before, after) if found]
        known = any(self._kinds["products"] & {one, one.split()[-1], one.split()[0]} for one in beside if one)
        return known and (said in self._kinds["either"] or bool(_ENDS.match(text, end)))

    @cached_property
    def _kinds(self) -> Mapping[str, frozenset[str]]:
        with LEXICON.open(encoding="utf-8") as file:
            kinds: dict[str, str] = yaml.safe_load(file)
        return {
            kind: frozenset(_plain(one) for one in listed.split(",") if one.strip())
            for kind, listed in kinds.items()
        }


def _plain(said: str) -> str:
    return _SPACE.sub(" ", said).strip(" .!?;:\"'()").replace("’", "'").casefold()
