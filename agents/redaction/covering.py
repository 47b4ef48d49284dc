"""Make of overlapping finds one that covers them all: a piece left over would still tell."""

import re
from collections.abc import Iterable
from dataclasses import replace

from agents.redaction.kinds import Find

# One address is often found in parts: street, postcode, town, country.
_ONE_PLACE = re.compile(r"[\s,.\-/#()]{1,5}")


def covered(text: str, finds: Iterable[Find]) -> list[Find]:
    """Return finds in order that do not overlap; each kind is that of the surest part."""
    merged: list[Find] = []
    for find in sorted(finds, key=lambda one: (one.start, -one.end)):
        last = merged[-1] if merged else None
        if last and (find.start < last.end or _one_place(text, last, find)):
            surest = max(last, find, key=lambda one: (one.score, one.end - one.start))
            merged[-1] = replace(surest, start=last.start, end=max(last.end, find.end))
        else:
            merged.append(find)
    return merged


def _one_place(text: str, last: Find, find: Find) -> bool:
    both = last.kind == find.kind == "LOCATION"
    return both and bool(_ONE_PLACE.fullmatch(text[last.end : find.start]))
