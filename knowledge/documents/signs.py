"""Signs that a passage does or does not say what a question asks for."""

import re
from collections.abc import Sequence

from knowledge.documents.search import Found
from knowledge.documents.words import words

NAMES = (
    "score", "sentence", "covered", "covered_best", "covered_passage", "missing",
    "number_missing", "name_missing", "negation_differs", "kind_there",
)  # fmt: skip

_NEGATION = re.compile(
    r"\b(not|\w+n't|never|no|none|nobody|nothing|neither|nor|without|cannot|except|unlike"
    r"|fail\w*|refus\w*|un\w{4,}|in(?:correct|ability|capable)\w*|dis\w{4,}|least|avoid\w*"
    r"|prevent\w*|instead)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d,.]*")
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
_KINDS = (
    (re.compile(r"\bhow (?:many|much|long|old|far|large|big|high|often)\b|\bpercent"
                r"|what (?:number|amount|fraction|proportion|size)", re.IGNORECASE), _COUNT),
    (re.compile(r"\bwhen\b|what (?:year|date|month|day|century|time)", re.IGNORECASE), _DATE),
    (re.compile(r"\bwho(?:se|m)?\b|\bwhere\b|what (?:city|country|state)", re.IGNORECASE), _NAME),
)  # fmt: skip


def signs(found: Found) -> list[float]:
    """Return the signs of the best passage, in the order of NAMES."""
    hit = found.hits[0]
    question = found.question
    best = max(range(len(hit.sentences)), key=lambda place: hit.sentences[place])
    sentence = hit.passage.sentences[best].text
    ways = hit.passage.sentences[best].asked
    passage = hit.passage.words
    asked, there = words(question), frozenset(words(" ".join((sentence, *ways))))
    return [
        hit.score,
        hit.near[best],
        max(hit.covered),
        hit.covered[best],
        found.covered,
        min(sum(word not in there for word in asked), 8) / 8,
        _absent(_NUMBER.findall(question), passage),
        _absent(_NAME.findall(question), passage),
        float(bool(_NEGATION.search(question)) != bool(_NEGATION.search(sentence))),
        float(_kind_there(question, sentence)),
    ]


def _absent(asked: Sequence[str], text: str) -> float:
    """Return how many of these a text does not have, three at most."""
    lower = text.lower()
    return float(min(sum(one.lower().strip(".,") not in lower for one in asked), 3))


def _kind_there(question: str, sentence: str) -> bool:
    """Say whether a sentence has the kind of thing asked for: a number, a day, a name."""
    for asks, kind in _KINDS:
        if asks.search(question):
            asked = {word.lower() for word in re.findall(r"\w+", question)}
            return any(match[0].lower() not in asked for match in kind.finditer(sentence))
    return True
