"""Many at once, on either database: each event once, one key a person, order in a conversation."""

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select, update

from integrations.store.database import StoreError
from integrations.store.dead import DeadLetters
from integrations.store.erasure import erase
from integrations.store.inbox import TOGETHER
from integrations.store.places import Place, Server
from integrations.store.rotation import rotate
from integrations.store.sealing import MasterKey, new_key
from integrations.store.taking import Door
from integrations.store.traffic_schema import addresses
from integrations.store.traffic_schema import inbox as table
from integrations.store.vault import Vault
from integrations.store.vault_schema import contacts, keys
from tests.stores.traffic import KEY, Traffic, later, opened, said

EIGHT = range(8)


@contextmanager
def houses(place: Place, count: int) -> Iterator[list[Traffic]]:
    """Open the same store as so many processes would."""
    all_ = [opened(place, later(seconds=9)) for _ in range(count)]
    try:
        yield all_
    finally:
        for one in all_:
            one.engine.dispose()


def at_once(*works: Callable[[], object]) -> list[object]:
    """Let threads begin in the same moment."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        gate.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_eight_first_messages_of_one_person_make_one_key_and_one_address(place: Place) -> None:
    with houses(place, 8) as open_:
        took = at_once(*(lambda n=n: open_[n].take("c", n, contact="kim") for n in EIGHT))
        assert took == [1] * 8
        with open_[0].engine.connect() as db:
            assert len(db.execute(select(contacts)).all()) == 1
            assert len(db.execute(select(addresses)).all()) == 1
        leased = open_[1].lease("w")
        assert leased
        assert {one.text for one in leased.arrivals} == {f"c-{n}" for n in EIGHT}


def test_the_same_event_delivered_eight_times_at_once_is_stored_once(place: Place) -> None:
    with houses(place, 8) as open_:
        took = at_once(*(lambda one=one: one.take("c", 1) for one in open_))
        assert sorted(took, key=str) == [0] * 7 + [1]


def test_eight_houses_that_start_at_once_agree_on_the_key(place: Place) -> None:
    with houses(place, 1) as (first,):
        with first.engine.begin() as db:
            db.execute(keys.delete())
        made = at_once(*(lambda: Vault(first.engine, KEY, later()).secret for _ in EIGHT))
        assert len(set(made)) == 1


def test_four_threads_keep_the_order_of_each_conversation(place: Place) -> None:
    log: list[tuple[str, str, float, float]] = []
    with houses(place, 5) as open_:
        give = [lambda c=c: [open_[4].take(f"c{c}", n) for n in range(8)] for c in range(4)]
        work = [lambda n=n: drain(open_[n], f"w{n}", 32, log) for n in range(4)]
        at_once(*give, *work)
    for conversation in range(4):
        mine = sorted((one for one in log if one[0] == f"c{conversation}"), key=lambda one: one[2])
        assert [text for _, texts, _, _ in mine for text in texts.split()] == [
            f"c{conversation}-{n}" for n in range(8)
        ]
        assert all(a[3] <= b[2] for a, b in pairwise(mine))


def drain(open_: Traffic, name: str, all_: int, log: list[tuple[str, str, float, float]]) -> None:
    """Work until everything that will come has been worked on."""
    end = time.monotonic() + 60
    while sum(len(one[1].split()) for one in log) < all_ and time.monotonic() < end:
        leased = open_.lease(name)
        began = time.monotonic()
        time.sleep(0.002)
        if leased:
            first, texts = leased.arrivals[0], " ".join(one.text for one in leased.arrivals)
            log.append((first.conversation, texts, began, time.monotonic()))
            asyncio.run(open_.inbox.done(leased))


def test_four_processes_keep_the_order_of_twenty_conversations(
    place: Place, tmp_path: Path
) -> None:
    with houses(place, 1) as (one,):
        for number in range(10):
            for conversation in range(20):
                one.take(f"c{conversation}", number)
        with one.engine.begin() as db:  # each alone, as if a different person wrote each
            db.execute(update(table).values(attempts=TOGETHER))
    where = place.url.get_secret_value() if isinstance(place, Server) else str(place)
    files = [tmp_path / f"worker{number}" for number in range(4)]
    script = str(Path(__file__).with_name("leaser.py"))
    running = [
        subprocess.Popen([sys.executable, "-W", "error", script, where, str(file)])
        for file in files
    ]
    assert [one.wait(60) for one in running] == [0] * 4
    rows = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    assert len(rows) == len({row["text"] for row in rows}) == 200
    assert sum(bool(file.read_text()) for file in files) > 1
    for conversation in range(20):
        mine = sorted(row["began"] for row in rows if row["conversation"] == f"c{conversation}")
        ordered = [row for began in mine for row in rows if row["began"] == began]
        assert [row["text"] for row in ordered] == [f"c{conversation}-{n}" for n in range(10)]
        assert all(a["ended"] <= b["began"] for a, b in pairwise(ordered))


def test_a_dead_letter_that_comes_back_waits_for_what_is_being_worked_on(place: Place) -> None:
    with houses(place, 1) as (one,):
        one.take("c", 1)
        first = one.lease("w1")
        assert first
        with one.engine.begin() as db:
            db.execute(update(table).values(state="dead"))
        one.take("c", 2)
        second = one.lease("w2")
        assert second
        DeadLetters(one.engine, later(seconds=9)).replay("in:1")
        assert one.lease("w3") is None
        asyncio.run(one.inbox.done(second))
        back = one.lease("w3")
        assert back
        assert back.ids == first.ids


def test_what_arrives_during_an_erasure_is_erased_and_never_left_unreadable(
    place: Place, tmp_path: Path
) -> None:
    with houses(place, 2) as (one, other):
        contact = one.inbox.name("post", "shop", "kim")
        one.take("c", 1, contact="kim")
        forget = threading.Thread(target=erase, args=(other.vault, contact, "ana", tmp_path))
        with one.engine.begin() as db:
            Door(one.vault, later()).take(db, "post", "shop", [said("d", "d-2", "kim")], 0.0)
            forget.start()
            forget.join(0.5)
            assert forget.is_alive()  # it waits for us
        forget.join()
        assert one.lease("w") is None
        one.take("c", 3, contact="kim")
        leased = one.lease("w")
        assert leased
        assert [arrival.text for arrival in leased.arrivals] == ["c-3"]
        with one.engine.connect() as db:
            assert list(db.scalars(select(table.c.state))) == ["leased"]


def test_a_key_made_during_a_change_of_the_master_key_is_not_left_behind(place: Place) -> None:
    new = MasterKey(new_key())
    with houses(place, 5) as open_:
        open_[0].take("c", 1)

        def give(number: int) -> int:
            try:
                return sum(open_[number].take(f"c{number}-{n}", 1) for n in range(10))
            except StoreError:  # this house must be started again with the new key
                return 0

        at_once(
            lambda: rotate(open_[4].engine, KEY, new, batch=3),
            *(lambda n=n: give(n) for n in range(4)),
        )
        with open_[0].engine.connect() as db:
            assert set(db.scalars(select(contacts.c.key_id))) == {new.id}
