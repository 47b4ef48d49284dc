"""What a day costs on platforms that are paid by use, kept for all processes."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Select, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from integrations.store.reading import reading
from integrations.store.traffic_schema import cursors
from integrations.store.trouble import StoreError, lost_race

RACES = 3  # with another process that counts the same


class Spending:
    """Keeps a day's sum in a row; a new day begins at nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, name: str, day: date, amount: int, most: int | None = None) -> bool:
        """Add to a day's sum, but say no where that would be more than the most."""
        for race in range(RACES):
            try:
                return self._add(name, day, amount, most)
            except SQLAlchemyError as error:
                if not lost_race(error) or race == RACES - 1:
                    raise StoreError(f"no sum can be kept ({type(error).__name__})") from error
        return False

    def _add(self, name: str, day: date, amount: int, most: int | None) -> bool:
        with self._engine.begin() as db:
            if not db.scalar(_row(name).with_for_update()):
                db.execute(insert(cursors).values(name=_key(name), cursor=_written(day, 0)))
            total = _sum(db, name, day) + amount
            if most is not None and total > most:
                return False
            mine = update(cursors).where(cursors.c.name == _key(name))
            db.execute(mine.values(cursor=_written(day, max(0, total))))
        return True

    def spent(self, name: str, day: date) -> int:
        """Return a day's sum."""
        with reading(self._engine) as db:
            return _sum(db, name, day)


def _key(name: str) -> str:
    return f"spent/{name}"


def _row(name: str) -> Select[Any]:
    return select(cursors.c.cursor).where(cursors.c.name == _key(name))


def _written(day: date, total: int) -> str:
    return f"{day.isoformat()} {total}"


def _sum(db: Connection, name: str, day: date) -> int:
    kept: str = db.scalar(_row(name)) or ""
    of, _, total = kept.partition(" ")
    return int(total) if of == day.isoformat() else 0
