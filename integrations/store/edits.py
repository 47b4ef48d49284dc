"""What people made of drafts: the agent's last words beside those that were approved."""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, Row, func, select

from integrations.store.reading import reading
from integrations.store.review_schema import decisions
from integrations.store.schema import drafts, revisions
from knowledge.voice.learning.edits import Edit

MOST = 600  # the newest; older ones say less about how a brand sounds now
OURS = ("agent", "quiethand")


class Edits:
    """The approved edits of one brand; what is kept is redacted already."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, ids: Sequence[int] = ()) -> list[Edit]:
        """Return the newest edits, oldest first, or those of some drafts."""
        with reading(self._engine) as db:
            chosen = _decided(db, ids)
            numbers = [row.id for row in chosen]
            words = _words(db, numbers)
            asked = _asked(db, numbers)
        found = [_edit(row, words[row.id], asked) for row in reversed(chosen) if row.id in words]
        return [edit for edit in found if edit is not None]


def _decided(db: Connection, ids: Sequence[int]) -> list[Row[tuple[int, int, str, str]]]:
    query = (
        select(drafts.c.id, drafts.c.revision, drafts.c.kind, drafts.c.network)
        .where(drafts.c.status.in_(("edited", "approved")))
        .order_by(drafts.c.id.desc())
        .limit(MOST)
    )
    if ids:
        return list(db.execute(query.where(drafts.c.id.in_(ids))))
    several = select(revisions.c.draft).group_by(revisions.c.draft).having(func.count() > 1)
    return list(db.execute(query.where(drafts.c.id.in_(several))))


def _words(db: Connection, ids: Sequence[int]) -> dict[int, list[tuple[int, str, str]]]:
    mine = select(revisions).where(revisions.c.draft.in_(ids)).order_by(revisions.c.number)
    found: dict[int, list[tuple[int, str, str]]] = {}
    for row in db.execute(mine):
        found.setdefault(row.draft, []).append((row.number, row.author, row.answer["text"]))
    return found


def _asked(db: Connection, ids: Sequence[int]) -> set[tuple[int, int]]:
    """Return the revisions that the agent wrote because somebody asked it to write anew."""
    query = select(decisions.c.draft, decisions.c.revision).where(
        decisions.c.draft.in_(ids), decisions.c.action == "rewrite"
    )
    return {(row.draft, row.revision + 1) for row in db.execute(query)}


def _edit(
    row: Row[tuple[int, int, str, str]],
    words: Sequence[tuple[int, str, str]],
    asked: set[tuple[int, int]],
) -> Edit | None:
    """Return what changed between the agent's last words and the person's."""
    ours = [text for number, author, text in words if author in OURS or (row.id, number) in asked]
    if not ours or ours[-1] == words[-1][2]:
        return None
    network = row.network if row.kind != "reply" else "direct_message"
    return Edit(row.id, ours[-1], words[-1][2], network)
