"""Find pairs of sentences that cannot both be right."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from knowledge.documents.claim import Claim

COVERED = 0.8  # of what one sentence is about, the other is about too
SHARED = 0.5  # of what both are about together
SAME = 0.85  # the same, for a yes against a no: nothing but the words says what they are about

Difference = Literal["number", "negation", ""]


def rarity(claims: Sequence[Claim]) -> dict[str, float]:
    """Return how much each word says in this library."""
    counts = Counter(word for claim in claims for word in claim.topic)
    return {word: math.log(1 + len(claims) / count) for word, count in counts.items()}


def named(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims whose first words count as names where others use them as names."""
    known = {name for claim in claims for name in claim.names}
    return [replace(one, names=one.names | ({one.opening} & known)) for one in claims]


def same(one: Claim, other: Claim) -> bool:
    """Say whether nothing but the choice of words can be different."""
    return (one.values, one.names, one.negated) == (other.values, other.names, other.negated)


def difference(one: Claim, other: Claim, weights: Mapping[str, float]) -> Difference:
    """Return in what two sentences about the same thing contradict each other."""
    if one.names - other.names and other.names - one.names:
        return ""
    if one.days and other.days and not one.days & other.days:
        return ""
    covered, shared = _overlap(one.topic, other.topic, weights)
    if covered < COVERED or shared < SHARED:
        return ""
    if one.negated == other.negated:
        return "number" if _differ(one, other) else ""
    return "negation" if shared >= SAME and not _differ(one, other) else ""


def _differ(one: Claim, other: Claim) -> bool:
    """Say whether a number of the same kind differs, and is not merely a lower and upper limit."""
    for kind in one.values.keys() & other.values.keys():
        bounds = {one.bounds.get(kind), other.bounds.get(kind)}
        if one.values[kind] - other.values[kind] and other.values[kind] - one.values[kind]:
            return bounds != {"most", "least"}
    return False


def _overlap(
    one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]
) -> tuple[float, float]:
    """Return what share of the lesser, and of both, is common."""
    common = _weight(one & other, weights)
    lone = _weight(one - other, weights), _weight(other - one, weights)
    if len(one & other) < 2:
        return 0.0, 0.0
    return common / (common + min(lone)), common / (common + sum(lone))


def _weight(words: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(word, 1.0) for word in words)
