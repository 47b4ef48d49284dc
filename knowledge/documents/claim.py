"""What a sentence claims: of what, how many, when, and whether or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.documents.words import words

WORDED = {
    name: str(number)
    for number, name in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve""".split()  # noqa: SIM905
    )
} | {"fifteen": "15", "twenty": "20", "thirty": "30", "sixty": "60", "once": "1", "twice": "2"}
MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43200, "year": 518400}
WEEKDAYS = """monday tuesday wednesday thursday friday saturday sunday""".split()  # noqa: SIM905
MONTHS = """January February March April May June July August September October November
    December""".split()  # noqa: SIM905

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_VALUE = re.compile(
    rf"(?P<clock>\b\d{{1,2}}:\d\d\b)|(?P<iso>\b\d{{4}}-\d\d-\d\d\b)"
    rf"|(?P<date>\b\d{{1,2}}\.? (?:{'|'.join(MONTHS)})\b(?: \d{{4}})?)"
    rf"|(?P<money>[€$£]\s?(?:{_NUMBER})|(?:{_NUMBER})\s?(?:[€$£]|euros?\b|dollars?\b|EUR\b|USD\b))"
    rf"|(?P<share>(?:{_NUMBER})\s?(?:%|per ?cent\b))"
    rf"|(?P<number>(?<![\w.])(?:{_NUMBER}|(?i:{'|'.join(WORDED)})\b))"
)
_UNIT = re.compile(r"\W{0,2}([^\W\d_]+)(?:[ -]([^\W\d_]+))?(?:[ -]([^\W\d_]+))?")
_BEFORE = re.compile(r"([^\W\d_]+)\W*\Z")
_NOT = re.compile(
    r"\b(?:not(?! only)|no(?! longer than| more than)|never|cannot|without|nobody|none|nothing"
    r"|neither|nor|unable|impossible)\b|n[’']t\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:who|which|that) (?:\w+ )?not\b", re.IGNORECASE)  # says only of whom
_MOST = re.compile(r"\b(?:up to|at most|no more than|maximum|within|less than)\W*\Z", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:at least|more than|minimum|over|after)\W*\Z", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-Þ][\w-]+")
_WORD = re.compile(r"\w[\w-]*")
_COUNTED = re.compile(r"\d|[€$£%]")

_DATED = frozenset([*WEEKDAYS, *map(str.lower, MONTHS)])


@dataclass(frozen=True)
class Claim:
    """A sentence as far as it can be compared with another."""

    topic: frozenset[str]
    names: frozenset[str]
    opening: str  # its first word, which may be a name too
    values: dict[str, frozenset[str]]  # by kind: money, minutes, or what is counted
    bounds: dict[str, str]  # by kind: "most" or "least"
    days: frozenset[str]
    negated: bool


@lru_cache(maxsize=8192)  # the sentences of a help centre are compared again and again
def claim(text: str, about: str = "") -> Claim:
    """Take a sentence apart; a very short one is understood from what stands above it."""
    values: dict[str, set[str]] = {}
    bounds: dict[str, str] = {}
    for kind, value, before in _values(text):
        values.setdefault(kind, set()).add(value)
        if _MOST.search(before):
            bounds[kind] = "most"
        elif _LEAST.search(before):
            bounds[kind] = "least"
    topic = _topic(text)
    if len(topic) < 3:
        topic |= _topic(about)
    names = {name.lower() for name in _NAME.findall(text)}
    return Claim(
        topic=topic,
        names=frozenset(name for name in names if name.rstrip("s") not in _DATED),
        opening=opening[0].lower() if (opening := _WORD.search(text)) else "",
        values={kind: frozenset(found) for kind, found in values.items()},
        bounds=bounds,
        days=frozenset(day for day in WEEKDAYS if day in text.lower()),
        negated=bool(_NOT.search(_WHICH.sub("", text))),
    )


def _topic(text: str) -> frozenset[str]:
    plain = _VALUE.sub(" ", _NOT.sub(" ", text))
    return frozenset(one for one in words(plain) if one not in MINUTES and not _COUNTED.search(one))


def _values(text: str) -> Iterator[tuple[str, str, str]]:
    """Return kind, value and what stands before it."""
    for match in _VALUE.finditer(text):
        kind = match.lastgroup or ""
        value = WORDED.get(match[0].lower()) or re.sub(r"[^\d.:]", "", match[0])
        before, after = text[: match.start()], text[match.end() :]
        if kind == "date":
            value = match[0]
        if kind == "number":
            kind, value = _counted(match[0], value, before, after)
        yield kind, value.rstrip("."), before[-24:]


def _counted(said: str, value: str, before: str, after: str) -> tuple[str, str]:
    """Return what is counted, and how many; every length of time in minutes."""
    if said.lower() in ("once", "twice"):
        return "times", value
    unit = _UNIT.match(after)
    units = [word.lower() for word in unit.groups() if word] if unit else []
    for word in units:
        if minutes := MINUTES.get(word.removesuffix("s")):
            return "minutes", f"{float(value) * minutes:g}"
    if units:
        return (words(units[0]) or [units[0]])[0], value
    last = _BEFORE.search(before)
    return f"after {last[1].lower()}" if last else "number", value
