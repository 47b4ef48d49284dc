"""What a lease costs the server, with very much that was answered long ago."""

import time

from sqlalchemy import Connection, text, true

from integrations.store import leasing
from integrations.store.inbox import STATES
from integrations.store.traffic_schema import inbox
from tests.stores.traffic import Traffic, later

MANY = 3000  # messages that were answered long ago
LEASES = 20


def test_a_lease_reads_no_more_than_its_own_conversation(two: tuple[Traffic, Traffic]) -> None:
    one, other = two
    much_behind(one)
    with one.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        before = read_through(db)
        for _ in range(LEASES):  # after some the server plans once for all
            assert other.lease("w")
        other.engine.dispose()  # it says what it read when its connections end
        for _ in range(200):
            if not any_other(db):
                break
            time.sleep(0.05)
        assert read_through(db) - before < MANY


def test_a_lease_is_planned_once_and_not_each_time(two: tuple[Traffic, Traffic]) -> None:
    one, _ = two
    much_behind(one)
    plans = text("SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements "
                 "WHERE statement LIKE '%inbox%' AND statement LIKE '%UNION ALL%'")  # fmt: skip
    with one.engine.begin() as db:
        for _ in range(LEASES):
            assert leasing.next_row(db, inbox, STATES, later(seconds=9)(), true())
        once, each = db.execute(plans).one()
    assert once > each


def much_behind(one: Traffic) -> None:
    """Leave very many answered messages and a few that wait."""
    one.take("old", 1)
    more = text("INSERT INTO inbox (channel, account, external, conversation, contact, sealed, "
                "state, run_at, lease_until, worker, attempts, error, at) "
                "SELECT channel, account, external || n, conversation || n, contact, sealed, "
                "'done', run_at, '', '', 1, '', at FROM inbox, generate_series(1, :many) n"
                )  # fmt: skip
    with one.engine.begin() as db:
        db.execute(more, {"many": MANY})
    for number in range(LEASES):
        one.take(f"new{number}", 1)
    with one.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text("ANALYZE inbox"))


def read_through(db: Connection) -> int:
    db.execute(text("SELECT pg_stat_clear_snapshot()"))
    query = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'inbox'"
    return int(db.execute(text(query)).scalar_one())


def any_other(db: Connection) -> bool:
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_type = 'client backend' AND pid != pg_backend_pid()"
    )
    return bool(db.execute(text(query)).scalar_one() > 0)
