"""Drafts that people edited, as the store keeps them."""

from typing import Any

from sqlalchemy import Engine, insert

from integrations.store.review_schema import decisions
from integrations.store.schema import revisions
from tests.console.rows import Rows

AT = "2026-11-18T10:00:00+00:00"


class Edited:
    """Writes drafts with all their revisions."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._rows = engine, Rows(engine)
        self._rows.talk("c1")
        self._count = 0

    def draft(
        self,
        *words: tuple[str, str],
        status: str = "edited",
        kind: str = "reply",
        network: str = "",
    ) -> int:
        """Write a decided draft: an author and words for each revision."""
        self._count += 1
        about: dict[str, Any] = {"status": status, "kind": kind, "network": network}
        about |= {"revision": len(words)}
        self._rows.draft(self._count, **about, decided_by="kim", decided_at=AT)
        with self._engine.begin() as db:
            db.execute(revisions.delete().where(revisions.c.draft == self._count))
            rows = [
                {"draft": self._count, "number": n, "author": who, "at": AT, "answer": answer(text)}
                for n, (who, text) in enumerate(words, 1)
            ]
            db.execute(insert(revisions), rows)
        return self._count

    def rewrite(self, draft: int, revision: int) -> None:
        """Write that somebody asked for other words than those of a revision."""
        row = {"draft": draft, "revision": revision, "action": "rewrite", "by": "kim"}
        with self._engine.begin() as db:
            db.execute(insert(decisions).values(**row, reason="shorter", turn="", at=AT))

    def habit(self, before: str, after: str, count: int, **about: str) -> None:
        """Write edits that change one thing in different sentences."""
        things = ["room", "list", "desk", "map", "film", "badge", "lobby", "agenda"]
        for thing in things[:count]:
            text = f"The {thing} is here. We {{}} the {thing}."
            self.draft(("agent", text.format(before)), ("kim", text.format(after)), **about)


def answer(text: str) -> dict[str, object]:
    return {"text": text, "evidence": [], "confidence": 1.0, "actions": []}
