"""What somebody who knows the place would mention about a post; hints to a person, never a pass."""

import re
from calendar import monthcalendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from tools.contract import Finding, Post
from tools.drafting.facts import Facts, hint, placed
from tools.drafting.folding import words

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def check(post: Post, facts: Facts) -> Iterator[Finding]:
    """Return what to look at: the day, idioms, symbols, forms and how readers are spoken to."""
    yield from _day(post["when"], facts)
    for start, part in placed(post):
        for rule, pattern, says in _looked_for(facts.language, facts.locale):
            for one in pattern.finditer(part):
                at = (start + one.start(), start + one.end())
                yield hint(f"culture.{rule}", f"“{one[0].strip()}”: {says}", *at)
    yield from _address(post, facts)


def days(country: str, year: int) -> dict[date, tuple[str, str]]:
    """Return the days of a country's year that are kept: how, and the name."""
    kept = {}
    for line in words("culture")["days"].get(country, []):
        when, how, name = line.split(" ", 2)
        kept[_date(when, year)] = (how, name)
    return kept


def _day(when: str, facts: Facts) -> Iterator[Finding]:
    try:
        day = date.fromisoformat(when[:10])
    except ValueError:
        return
    for country in _countries(facts):
        how, name = days(country, day.year).get(day, ("", ""))
        if how == "quiet":
            yield hint("culture.day", f"{day:%d.%m.} in {country}: {name}. A day without jokes.")
        elif how:
            yield hint("culture.day", f"{day:%d.%m.} in {country}: {name}. Many do not work.")


def _countries(facts: Facts) -> list[str]:
    _, _, country = facts.locale.partition("-")
    known: list[str] = words("culture")["countries"].get(facts.language, [])
    return [country] if country else known


def _date(when: str, year: int) -> date:
    if when.startswith("easter"):
        return _easter(year) + timedelta(days=int(when.removeprefix("easter")))
    month, day, *nth = when.split("-")
    if not nth:
        return date(year, int(month), int(day))
    weeks = [week[_WEEKDAYS.index(day)] for week in monthcalendar(year, int(month))]
    every = [one for one in weeks if one]
    return date(year, int(month), every[-1 if nth[0] == "last" else int(nth[0]) - 1])


def _easter(year: int) -> date:
    """Return Easter Sunday, by Gauss's rule as Lichtenberg completed it."""
    age = year % 19
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    seed = (19 * age + moon) % 30
    late = (seed + age // 11) // 29
    full = 21 + seed - late
    sunday = 7 - (year + year // 4 + sun) % 7
    away = 7 - (full - sunday) % 7
    return date(year, 3, 1) + timedelta(days=full + away - 1)


@cache
def _looked_for(language: str, locale: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return the patterns of a place, each with its rule and what it says."""
    known = words("culture")
    found = [("symbol", re.escape(sign), says) for sign, says in known["symbols"].items()]
    if language == "en":
        found += [
            ("idiom", rf"(?i)(?<!\w)(?:{words_})(?!\w)", says)
            for words_, says in known["idioms"].items()
        ]
    for place in dict.fromkeys((language, locale)):
        found += [
            ("form", pattern, says) for pattern, says in known["forms"].get(place, {}).items()
        ]
    return tuple((rule, re.compile(pattern), says) for rule, pattern, says in found)


def _address(post: Post, facts: Facts) -> Iterator[Finding]:
    """Say where readers are spoken to in the wrong way, or in two."""
    known = words("culture")["address"].get(facts.language)
    if not known:
        return
    found = {
        how: [(start + one.start(), start + one.end()) for start, part in placed(post)
              for one in re.finditer(pattern, part)]
        for how, pattern in known.items()
    }  # fmt: skip
    if facts.address:
        wrong = "formal" if facts.address == "informal" else "informal"
        for at in found[wrong]:
            yield hint("culture.address", f"The brand speaks to readers {_said(facts)}.", *at)
    elif all(found.values()):
        says = "Readers are spoken to in two ways, close and distant."
        yield hint("culture.address", says, *found["formal"][0])


def _said(facts: Facts) -> str:
    return "formally" if facts.address == "formal" else "as friends"
