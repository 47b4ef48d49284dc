"""Who wants to hear nothing unasked: what is no answer to their own message is not sent to them."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from integrations.store.contacts_schema import opt_outs
from integrations.store.links import linked


class OptOuts:
    """The opt-outs of one database; one on any channel counts on all that are linked with it."""

    @staticmethod
    def has(db: Connection, contact: str) -> bool:
        """Say whether this person wants to hear nothing unasked."""
        theirs = opt_outs.c.contact.in_(linked(db, contact))
        return db.execute(select(opt_outs.c.contact).where(theirs).limit(1)).first() is not None

    @staticmethod
    def since(db: Connection, contact: str) -> str:
        """Return when this very contact said so; empty, where it did not."""
        mine = select(opt_outs.c.at).where(opt_outs.c.contact == contact)
        return str(db.execute(mine).scalar() or "")

    @staticmethod
    def add(db: Connection, contact: str, said: str, now: datetime) -> None:
        """Keep that they said so; again changes nothing."""
        mine = select(opt_outs.c.contact).where(opt_outs.c.contact == contact)
        if db.execute(mine).first() is None:
            row = {"contact": contact, "said": said, "at": now.isoformat()}
            db.execute(insert(opt_outs).values(row))

    @staticmethod
    def remove(db: Connection, contact: str) -> None:
        """Let them be written to again, on all channels that are linked."""
        db.execute(delete(opt_outs).where(opt_outs.c.contact.in_(linked(db, contact))))


def may_write_first(db: Connection, contact: str) -> bool:
    """Say whether something that they did not ask for may be sent to this person."""
    return not OptOuts.has(db, contact)
