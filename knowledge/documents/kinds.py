"""The kind of thing a question wants: a number, a day, a name."""

import re
from functools import lru_cache

_COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand"
    r"|million|billion|first|second|third|dozen|half|quarter|several|few|no|free|unlimited)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'-]+")
_DATE = re.compile(
    r"\b1\d{3}|20\d\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\bcentur"
    r"|day\b|\bdays|\bhours?\b|\bminutes?\b|\bweeks?\b|\bmonths?\b|\byears?\b|\bwhen\b|\bafter\b"
    r"|\bbefore\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"[€$£]\s?\d|\d\s?(?:€|%|euros?\b)|\bfree\b|\bat no (?:extra )?cost\b"
    r"|\bno (?:extra|additional) (?:price|cost|charge|fee)\b|\bnothing extra\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://|\w@\w")
_KINDS = (
    (
        re.compile(
            r"\bhow much (?:is|are|does|do|would|will|for|money)\b|\b(?:cost|price)\b",
            re.IGNORECASE,
        ),
        _PRICE,
    ),
    (
        re.compile(
            r"\bhow (?:many|much|long|old|far|large|big|high|often)\b|\bpercent"
            r"|what (?:number|amount|fraction|proportion|size)",
            re.IGNORECASE,
        ),
        _COUNT,
    ),
    (re.compile(r"\bwhen\b|what (?:year|date|month|day|century|time)", re.IGNORECASE), _DATE),
    (re.compile(r"\bwho(?:se|m)?\b|what (?:city|country|state)", re.IGNORECASE), _NAME),
    (re.compile(r"\b(?:link|url|web ?address|address of)\b", re.IGNORECASE), _LINK),
)


@lru_cache(maxsize=64)
def wanted(question: str) -> re.Pattern[str] | None:
    """Return what a sentence must have to answer, where the question says so."""
    return next((kind for asks, kind in _KINDS if asks.search(question)), None)


def there(question: str, sentence: str) -> bool:
    """Say whether a sentence has the kind of thing asked for, and the question has not."""
    kind = wanted(question)
    if kind is None:
        return True
    asked = _said(question)
    return any(match[0].lower() not in asked for match in kind.finditer(sentence))


@lru_cache(maxsize=64)
def _said(question: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"\w+", question))
