"""Posts that were drafted, with what became of them, for plans and exports."""

from collections.abc import Sequence
from typing import Any, TypedDict

from sqlalchemy import Engine, select

from integrations.store.schema import drafts, revisions

OPEN, APPROVED = ("open",), ("approved", "edited")
NAMES = ("id", "revision", "status", "network", "title", "decided_by", "created_at")
SHOWN = tuple(drafts.c[name] for name in NAMES)


class Drafted(TypedDict):
    """A post as it stands now, after whatever was changed in it."""

    id: int
    revision: int
    status: str
    network: str
    title: str
    text: str
    when: str
    blocks: list[str]  # why it must not be published
    hints: list[str]
    extras: dict[str, str]
    decided_by: str
    at: str


class Posts:
    """The posts of one brand."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, numbers: Sequence[int]) -> list[Drafted]:
        """Return posts by their numbers, in this order."""
        found = self._rows(drafts.c.id.in_(numbers))
        return sorted(found, key=lambda one: list(numbers).index(one["id"]))

    def latest(self, most: int = 100, statuses: Sequence[str] = ()) -> list[Drafted]:
        """Return the newest posts, those of some statuses only where they are named."""
        wanted = [drafts.c.status.in_(statuses)] if statuses else []
        return self._rows(*wanted, most=most)

    def planned(self, first: str, last: str) -> list[Drafted]:
        """Return posts with a day between two days, in their order; what was rejected is out."""
        day = revisions.c.answer["posts", 0, "when"].as_string()
        found = self._rows(drafts.c.status.in_((*OPEN, *APPROVED)), day.between(first, last))
        return sorted(found, key=lambda one: (one["when"], one["id"]))

    def _rows(self, *wanted: Any, most: int = 1000) -> list[Drafted]:
        newest = (revisions.c.draft == drafts.c.id) & (revisions.c.number == drafts.c.revision)
        query = (
            select(*SHOWN, revisions.c.answer, revisions.c.findings)
            .join(revisions, newest)
            .where(drafts.c.kind == "post", *wanted)
            .order_by(drafts.c.id.desc())
            .limit(most)
        )
        with self._engine.connect() as db:
            return [_post(row) for row in db.execute(query).mappings()]


def _post(row: Any) -> Drafted:
    post: dict[str, Any] = next(iter(row["answer"].get("posts", [])), {})
    found = row["findings"] or []
    return Drafted(
        id=row["id"],
        revision=row["revision"],
        status=row["status"],
        network=row["network"],
        title=row["title"],
        text="\n\n".join(post.get("parts", [])) or row["answer"]["text"],
        when=post.get("when", ""),
        blocks=[one["says"] for one in found if one["blocks"]],
        hints=[one["says"] for one in found if not one["blocks"]],
        extras=post.get("extras", {}),
        decided_by=row["decided_by"],
        at=row["created_at"],
    )
