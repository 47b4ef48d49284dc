"""When a plan begins and how long it is, from words such as "next week" or "October"."""

import re
from datetime import date, timedelta

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december"]  # fmt: skip
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ISO = re.compile(r"\b(\d{4}-\d\d-\d\d)\b")
MONTH = re.compile(rf"\b(?:for|in|of|during) ({'|'.join(MONTHS)})\b", re.I)
DAY = re.compile(rf"\b({'|'.join(DAYS)})\b", re.I)
WEEKS = re.compile(r"\b(\d|one|two|three|four|five|six)[ -]weeks?\b", re.I)
WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def begins(text: str, today: date) -> date | None:
    """Return the first day that is meant, never one that is over."""
    if found := ISO.search(text):
        return _written(found[1], today)
    if month := MONTH.search(text):
        return _month(MONTHS.index(month[1].lower()) + 1, today)
    if re.search(r"\bnext month\b", text, re.I):
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if re.search(r"\btomorrow\b", text, re.I):
        return today + timedelta(days=1)
    if re.search(r"\bnext week\b", text, re.I):
        return monday(today)
    if day := DAY.search(text):
        ahead = (DAYS.index(day[1].lower()) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    return None


def weeks(text: str) -> int:
    """Return how many weeks are meant; a month is four."""
    if found := WEEKS.search(text):
        return min(WORDS.get(found[1].lower()) or int(found[1]), 6) or 1
    return 4 if re.search(r"\bmonth\b", text, re.I) or MONTH.search(text) else 1


def monday(today: date) -> date:
    """Return the next Monday."""
    return today + timedelta(days=7 - today.weekday())


def _written(text: str, today: date) -> date | None:
    try:
        return max(date.fromisoformat(text), today)
    except ValueError:
        return None


def _month(number: int, today: date) -> date:
    year = today.year + (number < today.month)
    return max(date(year, number, 1), today)
