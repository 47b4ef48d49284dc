"""What is known about documents beside their text: for lists, and for looking words up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from integrations.store.documents_schema import documents
from knowledge.documents.document import FIELDS, About

COLUMNS = (documents.c.id, documents.c.title, documents.c.source)
ABOUT = tuple(documents.c[name] for name in FIELDS)
FRESH_DAYS = 365  # after that somebody should read it again


@dataclass(frozen=True)
class Head:
    """A document without its text."""

    id: str
    title: str
    source: str
    about: About

    def states(self, today: date) -> list[str]:
        """Return what somebody should look at."""
        about = self.about
        found = [] if about.owner else ["no owner"]
        if about.reviewed is None:
            found.append("never reviewed")
        elif (today - about.reviewed).days > FRESH_DAYS:
            found.append("review due")
        if about.valid_until and about.valid_until < today:
            found.append("expired")
        if about.valid_from and about.valid_from > today:
            found.append("not valid yet")
        return found


def heads(db: Connection, words: Sequence[str] = ()) -> list[Head]:
    """Return the documents that hold all words somewhere, by title."""
    fits = [
        or_(
            *(
                column.icontains(word, autoescape=True)
                for column in (documents.c.title, documents.c.text)
            )
        )
        for word in words
    ]
    query = select(*COLUMNS, *ABOUT).where(*fits).order_by(documents.c.title, documents.c.id)
    return [_head(row) for row in db.execute(query)]


def _head(row: Any) -> Head:
    about = About(**{name: getattr(row, name) for name in FIELDS})
    return Head(row.id, row.title, row.source, about)
