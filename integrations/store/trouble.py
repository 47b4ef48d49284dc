"""What can go wrong with the store, and whether trying again helps."""

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

AGAIN = ("40001", "40P01", "55P03")  # a lost race, a deadlock, a lock that did not come


class StoreError(Exception):
    """The store cannot be used, in words an operator can act on."""


def lost_race(error: SQLAlchemyError) -> bool:
    """Say whether another transaction was in the way, so that the same again may do."""
    if isinstance(error, IntegrityError):
        return True
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") in AGAIN
