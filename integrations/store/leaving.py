"""What was approved and has not left: as long as it is here, it may be taken back."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from integrations.store.schema import drafts, outbox

READY = "ready"  # the state of what waits to be sent
MOST = 100


@dataclass(frozen=True)
class Leaving:
    """One answer on its way out."""

    draft: int
    conversation: str
    text: str
    by: str
    leaves_at: str


def leaving(db: Connection, now: str) -> list[Leaving]:
    """Return what leaves later than now, the next first."""
    same = (drafts.c.conversation == outbox.c.conversation) & (
        drafts.c.decided_turn == outbox.c.turn
    )
    query = select(drafts.c.id, outbox.c.conversation, outbox.c.text, outbox.c.run_at)
    query = query.add_columns(drafts.c.decided_by).join(drafts, same)
    query = query.where(outbox.c.state == READY, outbox.c.run_at > now)
    query = query.order_by(outbox.c.run_at, outbox.c.id).limit(MOST)
    return [
        Leaving(row.id, row.conversation, row.text, row.decided_by, row.run_at)
        for row in db.execute(query)
    ]
