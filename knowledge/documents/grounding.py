"""Check that a sentence says no more than its evidence does. Plain code; no model is asked."""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.claim import claim
from knowledge.documents.instructions import planted
from knowledge.documents.words import words

Meaning = Callable[[list[str]], NDArray[np.float32]]

ALIKE = 0.55  # how near in meaning a sentence must be to its evidence
SHARED = 0.5  # how many of its words its evidence, or the question, must have
_LINK = re.compile(
    r"https?://[^\s)>\]]+|[\w.+-]+@[\w-]+\.[\w.-]+|\b(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?\b"
)
_NAME = re.compile(r"(?<=[\w,;:)\"“] )[A-ZÀ-Þ][\w-]+")
_SURE = re.compile(
    r"\b(?:always|never|every|all|any|guaranteed?|immediately|unlimited|free)\b", re.I
)


def unsupported(sentence: str, quotes: Sequence[str], question: str, meaning: Meaning) -> str:
    """Return what in a sentence its evidence does not show, or nothing."""
    together = " ".join(quotes)
    for complaint in (
        "no evidence" if not together else "",
        "an instruction" if planted(sentence) else "",
        _beyond("a link", _LINK, sentence, together),
        _number(sentence, together),
        _beyond("a name", _NAME, sentence, f"{together} {question}"),
        _beyond("an absolute word", _SURE, sentence, together),
        _turned(sentence, quotes),
        _strange(sentence, f"{together} {question}"),
    ):
        if complaint:
            return complaint
    near = meaning([sentence, together, *quotes])
    return "" if float((near[1:] @ near[0]).max()) >= ALIKE else "another meaning"


def _beyond(what: str, pattern: re.Pattern[str], sentence: str, source: str) -> str:
    known = source.lower()
    beyond = [m[0] for m in pattern.finditer(sentence) if m[0].lower().rstrip(".,") not in known]
    return f"{what}: {beyond[0]}" if beyond else ""


def _number(sentence: str, source: str) -> str:
    """A number must stand in the evidence, of the same kind: 30 days are not 30 attendees."""
    said, shown = claim(sentence).values, claim(source).values
    every = frozenset(value for values in shown.values() for value in values)
    for kind, values in said.items():
        beyond = values - shown.get(kind, every)
        if beyond:
            return f"a number: {sorted(beyond)[0]}"
    return ""


def _turned(sentence: str, quotes: Sequence[str]) -> str:
    """A no must not become a yes; the quote that shares most words decides."""
    own = frozenset(words(sentence))
    nearest = max(quotes, key=lambda one: len(own & frozenset(words(one))), default="")
    return "a negation" if claim(sentence).negated != claim(nearest).negated else ""


def _strange(sentence: str, source: str) -> str:
    said, known = words(sentence), frozenset(words(source))
    if said and sum(word in known for word in said) / len(said) < SHARED:
        return "other words"
    return ""
