"""How much personal data is found, how much leaks, and how much else is masked.

A find is right when its kind is one that the map allows and it shares at least half of the longer
of the two spans with what is marked; each marked span and each find counts once. Neighbouring
places with no letter or digit between them are joined first, marked ones and finds alike: an
address over three lines is one place. A marked span inside joined finds is found, even where they
reach too far to be right. What the map sets to null is not missed, and a find over it is not false.

`leaked_characters` and `masked_otherwise` count letters and digits, whatever kind covers them.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from integrations.bench.redaction_rows import Kinds, Row, check_types
from integrations.bench.redaction_spans import Finder, Judged, Span, judged

Tell = Callable[[str], None]


def measured(
    rows: Sequence[Row], mapping: Mapping[str, Kinds], finder: Finder, tell: Tell | None = None
) -> dict[str, Any]:
    """Judge a finder on rows; tell every miss and every false find."""
    check_types(rows, mapping)
    done = _played(rows, mapping, finder)
    if tell:
        for number, one in enumerate(done, 1):
            for line in _mistakes(one):
                tell(f"row {number}: {line}")
    leaked, leaked_share = _leaked(done)
    found: dict[str, Any] = _scores(*_counts(done)) | {
        "by_entity": _by_entity(done),
        "leaked_characters": leaked_share,
        "leaked": leaked,
        "masked_otherwise": _masked_otherwise(done),
        "ms_per_message": _ms(done),
        "rows": len(done),
        "false_alarms": _false_alarms(done),
    }
    if evasions := _by_evasion(done):
        found["by_evasion"] = evasions
    return found


def _played(rows: Sequence[Row], mapping: Mapping[str, Kinds], finder: Finder) -> list[Judged]:
    finder.find("warm")  # the first message pays for what is built late
    found = []
    for row in rows:
        began = time.perf_counter()
        finds = finder.find(row.text)
        found.append(judged(row, mapping, finds, time.perf_counter() - began))
    return found


def _mistakes(one: Judged) -> list[str]:
    def said(span: Span) -> str:
        return f"{span.kinds[0]} {one.row.text[span.start : span.end]!r}"

    missed = [f"missed {said(span)}" for span in one.wanted if span not in one.found]
    return missed + [f"false {said(span)}" for span in one.false]


def _counts(done: Sequence[Judged], kind: str = "") -> tuple[int, int, int, int]:
    """Return how many were wanted, found, rightly named, and named at all."""

    def count(spans: Iterable[Span]) -> int:
        return sum(not kind or span.kinds[0] == kind for span in spans)

    met = sum(count(one.met) for one in done)
    return (
        sum(count(one.wanted) for one in done),
        sum(count(one.found) for one in done),
        met,
        met + sum(count(one.false) for one in done),
    )


def _scores(wanted: int, found: int, right: int, named: int) -> dict[str, float | None]:
    precision, recall = _share(right, named), _share(found, wanted)
    return {
        "precision": precision,
        "recall": recall,
        "f1": _f(precision, recall, 1),
        "f2": _f(precision, recall, 2),
    }


def _f(precision: float | None, recall: float | None, beta: int) -> float | None:
    """Return the F measure; with beta 2 a miss weighs more than a false find."""
    if recall is None:
        return None
    weighed = beta**2 * (precision or 0.0) + recall
    both = (1 + beta**2) * (precision or 0.0) * recall
    return round(both / weighed, 4) if weighed else 0.0


def _by_entity(done: Sequence[Judged]) -> dict[str, dict[str, float | None]]:
    spans = (span for one in done for span in (*one.wanted, *one.false))
    found = {}
    for kind in sorted({span.kinds[0] for span in spans}):
        counts = _counts(done, kind)
        found[kind] = {"support": counts[0], **_scores(*counts)}
    return found


def _characters(one: Judged) -> tuple[set[int], set[int], set[int]]:
    """Return the places of the letters and digits that are personal, that are not, and masked."""
    wanted, ignored, masked = map(_places, (one.wanted, one.ignored, one.finds))
    all_of_them = {place for place, char in enumerate(one.row.text) if char.isalnum()}
    return all_of_them & wanted, all_of_them - wanted - ignored, masked


def _places(spans: Sequence[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _leaked(done: Sequence[Judged]) -> tuple[int, float | None]:
    leaked = there = 0
    for one in done:
        personal, _, masked = _characters(one)
        leaked, there = leaked + len(personal - masked), there + len(personal)
    return leaked, _share(leaked, there)


def _masked_otherwise(done: Sequence[Judged]) -> float | None:
    lost = there = 0
    for one in done:
        _, other, masked = _characters(one)
        lost, there = lost + len(other & masked), there + len(other)
    return _share(lost, there)


def _ms(done: Sequence[Judged]) -> dict[str, float]:
    times = [1000 * one.seconds for one in done]
    return {f"p{share}": round(float(np.percentile(times, share)), 3) for share in (50, 95)}


def _false_alarms(done: Sequence[Judged]) -> dict[str, float | None]:
    bare = [one for one in done if not one.row.marked]
    changed = sum(bool(one.finds) for one in bare)
    return {"rows": len(bare), "changed": changed, "share": _share(changed, len(bare))}


def _by_evasion(done: Sequence[Judged]) -> dict[str, dict[str, float | None]]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in done:
        if one.row.evasion:
            groups[one.row.evasion].append(one)
    return {
        evasion: {
            "recall": _scores(*_counts(group))["recall"],
            "leaked_characters": _leaked(group)[1],
        }
        for evasion, group in sorted(groups.items())
    }


def _share(some: int, all_of_them: int) -> float | None:
    return round(some / all_of_them, 4) if all_of_them else None
