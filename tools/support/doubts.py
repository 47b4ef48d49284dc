"""Reasons not to trust an answer: articles that disagree, or that no longer hold."""

from collections.abc import Callable
from dataclasses import replace

from knowledge.documents.claim import claim
from knowledge.documents.confidence import known
from knowledge.documents.disagreement import difference
from knowledge.documents.scope import Scope
from knowledge.documents.search import Found
from tools.support.quoting import Quote

CLOSE = 0.3  # how much worse than the best a sentence may be and still be heard against it
Rarity = Callable[[str], float]
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
    pairs = ((one, other) for one in chosen for other in others)
    apart = [(one, other) for one, other in pairs if _contradict(one, other, rarity)]
    return list(dict.fromkeys(_named(one, other) for one, other in apart))


def outdated(search: Search, found: Found, scope: Scope, follows: str) -> list[str]:
    """Name an article that would answer, if it were valid today."""
    ever = search(found.question, replace(scope, today=None), follows)
    if not ever.hits or known(ever) <= known(found):
        return []
    document = ever.hits[0].passage.document
    if any(hit.passage.document == document for hit in found.hits):
        return []
    return [f"{document} would answer, but is not valid today"]


def _contradict(one: Quote, other: Quote, rarity: Rarity) -> bool:
    if one.passage.document == other.passage.document:
        return False
    said, heard = (claim(q.sentence.text, q.passage.heading) for q in (one, other))
    weights = {word: rarity(word) for word in said.topic | heard.topic}
    return bool(difference(said, heard, weights))


def _named(one: Quote, other: Quote) -> str:
    said = [f'{q.passage.document} says "{q.sentence.text}"' for q in (one, other)]
    return " but ".join(said)
