"""Rows in memory until there are many, then written table by table."""

import itertools
from typing import Any

from sqlalchemy import Connection, Table, insert

from integrations.store.review_schema import decisions, episodes, ratings
from integrations.store.running_schema import timers
from integrations.store.schema import (
    conversations,
    drafts,
    gaps,
    handoffs,
    lines,
    outbox,
    revisions,
    turns,
)

PIECE = 5_000  # rows that are written at once
ORDER = (conversations, turns, lines, drafts, revisions, decisions, outbox, episodes, handoffs,
         gaps, ratings, timers)  # fmt: skip


class Heap:
    """Rows by table."""

    def __init__(self) -> None:
        self._kept: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: Table, **row: Any) -> None:
        """Keep a row."""
        self._kept.setdefault(table.name, []).append(row)

    def write(self, db: Connection) -> None:
        """Write them in the order in which rows need each other."""
        for table in ORDER:
            rows = iter(self._kept.pop(table.name, []))
            while piece := list(itertools.islice(rows, PIECE)):
                db.execute(insert(table), piece)
