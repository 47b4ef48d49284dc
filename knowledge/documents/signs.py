"""Signs that a passage does or does not say what a question asks for."""

import re
from collections.abc import Sequence

from knowledge.documents.kinds import there as kind_there
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
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'-]+")


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
        float(kind_there(question, sentence)),
    ]


def _absent(asked: Sequence[str], text: str) -> float:
    """Return how many of these a text does not have, three at most."""
    lower = text.lower()
    return float(min(sum(one.lower().strip(".,") not in lower for one in asked), 3))
