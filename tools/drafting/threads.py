"""Split a text that is too long for a network into a thread."""

import re
from bisect import bisect
from itertools import accumulate, count

from tools.drafting.counting import fits, graphemes
from tools.drafting.networks import Network

LONGEST = 5000  # characters looked at for one part; a link may be long and count little
# Where a text may be cut, the best place first: paragraphs, lines, sentences, clauses, words.
_CUTS = tuple(
    re.compile(cut)
    for cut in (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s+|(?<=[。！？])", r"(?<=[,;:–—])\s+", r"\s+")
)


def split(text: str, network: Network, *, numbered: bool = False) -> list[str]:
    """Return the parts of a thread, each within the limit; one part where it fits, or must."""
    text = text.strip()
    if not network.thread or fits(text, network):
        return [text]
    if not numbered:
        return _parts(text, network, "")
    for digits in count(1):  # the longer the numbers, the more parts, the longer the numbers
        parts = _parts(text, network, f"\n\n{'9' * digits}/{'9' * digits}")
        if len(str(len(parts))) <= digits:
            break
    return [f"{part}\n\n{number}/{len(parts)}" for number, part in enumerate(parts, 1)]


def _parts(text: str, network: Network, end: str) -> list[str]:
    """Fill part after part, each to the best cut that its last stretch offers."""
    parts = []
    while text:
        part = text if fits(text + end, network) else _first(text, network, end)
        parts.append(part.strip())
        text = text[len(part) :].strip()
    return [part for part in parts if part]


def _first(text: str, network: Network, end: str) -> str:
    """Return the longest beginning that fits and ends well; half full is full enough."""
    most = _longest(text, network, end)
    for least, cut in [*((most / 2, cut) for cut in _CUTS), (0, _CUTS[-1])]:
        ends = [one.start() for one in cut.finditer(text[: most + 1])]
        for place in reversed(ends):
            if max(least, 1) <= place <= most and fits(text[:place] + end, network):
                return text[:place]
    return text[:most]


def _longest(text: str, network: Network, end: str) -> int:
    """Return where the longest beginning that fits ends, never inside a character."""
    ends = list(accumulate(len(one) for one in graphemes(text[:LONGEST])))
    place = bisect(ends, False, key=lambda at: not fits(text[:at] + end, network)) - 1
    while place > 0 and not fits(text[: ends[place]] + end, network):
        place -= 1
    return ends[max(place, 0)]
