"""Dates and prices that a brief states: it is their source, or they are said to be missing."""

import re
from collections.abc import Iterable

from tools.contract import Evidence, Post
from tools.drafting.brief import BRIEF, Brief
from tools.drafting.claims import claims, shown
from tools.drafting.dating import MONTHS
from tools.drafting.facts import Facts, whole
from tools.drafting.folding import fold

TITLE = "The brief"
_OWN = frozenset({"price", "number"})  # what a brief may show; a superlative it may not
_MONTH = rf"(?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)})\b"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"\b(?:{_DAY}\.? (?:of )?{_MONTH}|{_MONTH} {_DAY}\b)(?:,? \d{{4}}\b)?|\b\d{{4}}-\d\d-\d\d\b"
PRICE = (
    r"[€$£] ?\d(?:[\d.,]*\d)?|\b\d(?:[\d.,]*\d)? ?"
    r"(?:[€$£%]|(?:eur|euros?|usd|dollars?|gbp|pounds?|percent|per cent)\b)"
)
_DATE, _PRICE = re.compile(DATE, re.I), re.compile(PRICE, re.I)
_BESIDE = re.compile(rf",? \b(?:on|for|at|by|until|from) (?:just |only )?(?:{DATE}|{PRICE})", re.I)


def stated(text: str, *, planned: bool) -> list[str]:
    """Return the dates and prices of a request; the dates of a plan are no facts to publish."""
    found = [] if planned else _DATE.findall(text)
    return list(dict.fromkeys([*found, *_PRICE.findall(text)]))


def unstated(text: str) -> str:
    """Return a request without the dates and prices that only stand beside its topic."""
    return _BESIDE.sub("", text)


def rested(post: Post, brief: Brief, facts: Facts) -> Post:
    """Return a post with the brief as the source of what its call to action states."""
    wish = fold(brief.call_to_action)
    rows = list(post["evidence"])
    for claim in claims(post, facts) if wish else []:
        text = claim.sentence.text
        own = fold(text).rstrip(".!? ") in wish and set(claim.kinds) <= _OWN
        if own and not shown(claim, rows, facts):
            rows.append(_row(len(rows) + 1, text))
    return {**post, "evidence": rows}


def unshown(brief: Brief, posts: Iterable[Post]) -> list[str]:
    """Return the dates and prices of the brief that no draft says."""
    said = "\n".join(fold(whole(post)) for post in posts)
    return [one for one in brief.stated if fold(one) not in said]


def _row(number: int, text: str) -> Evidence:
    return Evidence(
        number=number,
        document=BRIEF,
        title=TITLE,
        anchor="",
        quote=text,
        start=0,
        end=len(text),
    )
