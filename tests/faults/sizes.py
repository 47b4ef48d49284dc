"""How much room rows take, and a great many of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

LIST = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def bytes_of(file: Path) -> int:
    """Return the size of a database with all that is in its log."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.stat().st_size


def by_table(file: Path) -> dict[str, int]:
    """Return about how many bytes the rows of each table take, the largest first."""
    with closing(sqlite3.connect(file)) as db:
        found = {}
        for (table,) in db.execute(LIST).fetchall():
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            sizes = " + ".join(f'coalesce(length("{name}"), 0)' for name in names)
            found[table] = db.execute(f"SELECT coalesce(sum({sizes}), 0) FROM {table}").fetchone()[
                0
            ]
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def copied(file: Path, times: int, talks: tuple[str, ...]) -> int:
    """Copy what was said in some conversations into very many others; return how many messages."""
    with closing(sqlite3.connect(file)) as db:
        for table, (mine, keys) in COPIED.items():
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            marks = ", ".join("?" for _ in talks)
            rows = db.execute(f"SELECT * FROM {table} WHERE {mine} IN ({marks})", talks).fetchall()
            kept = [name for name in names if name != "id" or "id" in keys]
            into, holes = (", ".join(one) for one in (kept, ["?"] * len(kept)))
            given = _copies(rows, names, kept, keys, times)
            db.executemany(f"INSERT INTO {table} ({into}) VALUES ({holes})", given)
            db.commit()
        count: int = db.execute("SELECT count(*) FROM inbox").fetchone()[0]
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count


COPIED = {  # how a conversation's rows are found, and what makes a copy another one
    "conversations": ("id", ("id", "contact")),
    "turns": ("conversation", ("id", "conversation")),
    "lines": ("conversation", ("conversation", "turn")),
    "outbox": ("conversation", ("conversation", "turn")),
    "inbox": ("conversation", ("conversation", "contact", "external")),
    "addresses": ("conversation", ("conversation", "contact")),
}


def _copies(
    rows: list[tuple[object, ...]],
    names: list[str],
    kept: list[str],
    keys: tuple[str, ...],
    times: int,
) -> Iterator[tuple[object, ...]]:
    for number in range(times):
        for row in rows:
            whole = dict(zip(names, row, strict=True))
            whole |= {key: f"{whole[key]}~{number}" for key in keys}
            yield tuple(whole[name] for name in kept)
