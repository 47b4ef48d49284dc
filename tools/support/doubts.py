"""Reasons not to trust an answer: articles that disagree, or that no longer hold."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from knowledge.documents.claim import Claim, claim
from knowledge.documents.confidence import known
from knowledge.documents.disagreement import difference
from knowledge.documents.scope import Scope
from knowledge.documents.search import Found
from tools.support.quoting import Quote

SHARED = 2  # words without which two sentences are not about the same
CLOSE = 0.3  # how much worse than the best a sentence may be and still be heard against it
Rarity = Callable[[Iterable[str]], dict[str, float]]
Search = Callable[[str, Scope, str], Found]


def disagreeing(found: Found, chosen: list[Quote], rarity: Rarity) -> list[str]:
    """Name the articles that contradict what would be quoted."""
    limit = found.best - CLOSE
    others = [
        Quote(hit.passage, sentence)
        for hit in found.hits
        for sentence, score in zip(hit.passage.sentences, hit.sentences, strict=True)
        if score >= limit
    ]
    said = [(one, _claim(one)) for one in chosen]
    heard = [(other, _claim(other)) for other in others]
    weights = rarity(word for _, claimed in (*said, *heard) for word in claimed.topic)
    pairs = (
        (one, other)
        for one, claimed in said
        for other, against in heard
        if other.passage.document != one.passage.document
        and len(claimed.topic & against.topic) >= SHARED
        and difference(claimed, against, weights)
    )
    return list(dict.fromkeys(_named(one, other) for one, other in pairs))


def outdated(search: Search, found: Found, scope: Scope, follows: str) -> list[str]:
    """Name an article that would answer, if it were valid today."""
    ever = search(found.question, replace(scope, today=None), follows)
    if not ever.hits or known(ever) <= known(found):
        return []
    document = ever.hits[0].passage.document
    if any(hit.passage.document == document for hit in found.hits):
        return []
    return [f"{document} would answer, but is not valid today"]


def _claim(quote: Quote) -> Claim:
    return claim(quote.sentence.text, quote.passage.heading)


def _named(one: Quote, other: Quote) -> str:
    said = [f'{q.passage.document} says "{q.sentence.text}"' for q in (one, other)]
    return " but ".join(said)
