"""Counters that many workers add to at once lose nothing, on either database."""

from concurrent.futures import ThreadPoolExecutor

from integrations.store.counting import add, observed, totals, written
from integrations.store.database import open_database
from integrations.store.places import Place

TURN = [
    ("quiethand_turns_total", written({"outcome": "reply"}), 1.0),
    *observed("quiethand_step_seconds", {"step": "policy"}, 0.03),
    *observed("quiethand_step_seconds", {"step": "reply"}, 99.0),
]


def test_workers_that_count_at_once_lose_nothing(place: Place) -> None:
    engine = open_database(place)

    def work(number: int) -> None:
        for _ in range(20):
            with engine.begin() as db:
                add(db, TURN if number % 2 else TURN[::-1])

    with ThreadPoolExecutor(6) as workers:
        list(workers.map(work, range(6)))
    with engine.connect() as db:
        found = totals(db)
    engine.dispose()
    assert found["quiethand_turns_total"] == {'outcome="reply"': 120}
    assert found["quiethand_step_seconds_bucket"] == {
        'step="policy",le="0.05"': 120,
        'step="reply",le="+Inf"': 120,
    }
    assert round(found["quiethand_step_seconds_sum"]['step="policy"'], 3) == 3.6


def test_labels_fit_their_column_whatever_they_hold(place: Place) -> None:
    engine = open_database(place)
    odd = written({"kind": "message", "outcome": "\\" * 900, "route": '"' * 900})
    with engine.begin() as db:
        add(db, [("quiethand_turns_total", odd, 1.0)])
    with engine.connect() as db:
        assert totals(db) == {"quiethand_turns_total": {odd: 1.0}}
    engine.dispose()
