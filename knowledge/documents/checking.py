"""Look through the documents for what makes answers wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.documents.comparing import Meaning, Statements
from knowledge.documents.document import Document
from knowledge.documents.instructions import planted
from knowledge.documents.passages import left_out
from knowledge.documents.sentences import comments

FRESH = timedelta(days=365)

Kind = Literal[
    "stale", "ownerless", "expired", "not yet valid", "duplicate", "contradicting", "planted"
]


@dataclass(frozen=True)
class Finding:
    """Something in a document that somebody should look at."""

    kind: Kind
    document: str
    detail: str
    other: str = ""  # the other document, of a duplicate or a contradiction


def check(documents: Sequence[Document], meaning: Meaning, today: date) -> list[Finding]:
    """Return all findings, document by document."""
    order = {document.id: place for place, document in enumerate(documents)}
    found = [finding for one in documents for finding in _alone(one, today)]
    found += _together(documents, meaning, today)
    return sorted(found, key=lambda finding: order[finding.document])


def _together(documents: Sequence[Document], meaning: Meaning, today: date) -> Iterator[Finding]:
    """Return duplicates and contradictions, under the document that was reviewed earlier."""
    statements = Statements(documents, meaning)
    for pair in statements.copies():
        one, other = sorted((documents[place] for place in pair), key=_reviewed)
        yield Finding("duplicate", one.id, f"says the same as {other.id}", other.id)
    for claims in statements.contradictions():
        if all(documents[place].about.valid(today) for place, _ in claims):
            (place, text), (beside, against) = sorted(
                claims, key=lambda claim: _reviewed(documents[claim[0]])
            )
            other = documents[beside]
            detail = f"says: {text} But {other.id} says: {against}"
            yield Finding("contradicting", documents[place].id, detail, other.id)


def _reviewed(document: Document) -> tuple[date, str]:
    return document.about.reviewed or date.min, document.id


def _alone(document: Document, today: date) -> Iterator[Finding]:
    """Return what is wrong with a document whatever the others say."""
    about = document.about
    if about.reviewed is None:
        yield Finding("stale", document.id, "was never reviewed")
    elif today - about.reviewed > FRESH:
        yield Finding("stale", document.id, f"was last reviewed on {about.reviewed}")
    if not about.owner:
        yield Finding("ownerless", document.id, "has no owner")
    if about.valid_until and about.valid_until < today:
        yield Finding("expired", document.id, f"was valid until {about.valid_until}")
    if about.valid_from and about.valid_from > today:
        yield Finding("not yet valid", document.id, f"is valid from {about.valid_from}")
    yield from _planted(document)


def _planted(document: Document) -> Iterator[Finding]:
    """Return the sentences that speak to a machine; comments and hidden text count too."""
    hidden = (" ".join(one.split()) for one in comments(document.text))
    for text in [*left_out(document), *(one for one in hidden if planted(one))]:
        yield Finding("planted", document.id, f"instructs a machine: {text}")
