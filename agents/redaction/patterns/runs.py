"""Runs of digits, and which of them say nothing about a person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_GAP = r"(?:\s[-/]\s|\)\s[-/]\s|[\s().\-/]{0,2}+)"
_RUN = re.compile(
    rf"(?<![\w#])\+?\(?\d(?:{_GAP}\d){{6,60}}(?P<more>\s?(?:x|ext\.?|extension|poste"
    rf"|DW)\s?\d{{1,5}})?(?!\w)"
    r"|(?<![\w#])\d{20,}+",
    re.IGNORECASE,
)
_DATE = (
    r"(?:(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:[12]\d|3[01]|0?[1-9])"
    r"|(?:[12]\d|3[01]|0?[1-9])[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:19|20)\d\d"
    r"|(?:0?[1-9]|1[0-2])[-./](?:[12]\d|3[01]|0?[1-9])[-./](?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
)
_CALENDAR = re.compile(rf"(?<!\d)(?:{_DATE})(?!\d)")
_YEARS = re.compile(r"(?:(?:19|20)\d\d\D{0,3}){2,9}")
_DECIMAL = re.compile(
    r"\d{1,6}\.\d{4,}|\d{1,3}(?:[. ]\d{3})*[. ]?000|\d{1,3}(?:\.\d{3})+|\d{4,5}(?:\.\d{1,5}){3}"
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|SEK|NOK|DKK))\s?-?$", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(
    r"[,.]\d|\s?(?:[$€£¥₹%]|(?:USD|EUR|GBP|CHF|k?bytes?|[kmg]i?b|ms|px|views?|followers?|likes?"
    r"|users?"
    r"|people|attendees?|guests?|rows?|tokens?|points?|impressions?|clicks?|hits|seconds?|times"
    r"|registrations?|downloads?|plays?|dollars|euros?|pounds)\b)",
    re.IGNORECASE,
)
_VERSION_BEFORE = re.compile(
    r"(?:\b(?:v|ver|version|build|release|firmware|windows|macos|ios|android|chrome|firefox|safari"
    r"|edge|sdk|kernel|app|issn|isbn(?:-1[03])?:?|timestamp:?|epoch:?|unix)\s?|[A-Za-z]/)$",
    re.IGNORECASE,
)
FILED = re.compile(r"(?:19|20)\d\d[-/]\d{2,6}")  # as invoices are numbered
_SPACED = re.compile(r"\s[-/]\s")
_GROUPS = re.compile(r"\d+")
_BEFORE = 24
_FEWEST = 7


@dataclass(frozen=True)
class Run:
    """Digits with what stands between them."""

    start: int
    end: int
    text: str
    digits: str
    extended: bool  # with an extension, as only phones have

    @property
    def groups(self) -> list[str]:
        return _GROUPS.findall(self.text)


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of seven digits and more that may be personal."""
    for found in _RUN.finditer(text):
        digits = "".join(_GROUPS.findall(found[0]))
        run = Run(*found.span(), found[0], digits, bool(found["more"]))
        if not _harmless(run, text):
            yield run


def _harmless(run: Run, text: str) -> bool:
    if run.extended or run.text[0] in "+0(":
        return _octets(run) or _dated(run) or bool(_DECIMAL.fullmatch(run.text))
    before, after = text[max(0, run.start - _BEFORE) : run.start], text[run.end : run.end + 14]
    return (
        _octets(run)
        or _dated(run)
        or _measured(run, before, after)
        or bool(_VERSION_BEFORE.search(before))
        or _counting(run)
        or bool(_SPACED.search(run.text))
    )


def _dated(run: Run) -> bool:
    """Say whether what is not a date is too short to be anybody's number."""
    if run.text[0] == "+" or len(run.digits) > 4 * _FEWEST:
        return False
    if _YEARS.fullmatch(run.text) and len(run.groups) > 1:
        return True
    rest = _CALENDAR.sub("", run.text)
    return rest != run.text and sum(map(str.isdigit, rest)) < _FEWEST


def _measured(run: Run, before: str, after: str) -> bool:
    amount = _MONEY_BEFORE.search(before) or _AMOUNT_AFTER.match(after)
    return bool(amount) or bool(_DECIMAL.fullmatch(run.text))


def _octets(run: Run) -> bool:
    """Say whether this looks like an internet address, which has its own pattern."""
    groups = run.text.split(".")
    return len(groups) == 4 and all(g.isdigit() and len(g) < 4 and int(g) < 256 for g in groups)


def _counting(run: Run) -> bool:
    numbers = [int(group) for group in run.groups if len(group) < 4]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    return len(numbers) == len(run.groups) > 3 and len(steps) == 1 and steps != {0}
