"""Of all processes exactly one runs a name, whatever the clocks say."""

from datetime import datetime

import pytest
from sqlalchemy import select

from integrations.store.leasing import LEASE
from integrations.store.runners import Runners, forget_unused
from integrations.store.running_schema import runners
from tests.timers.shop import Shop

SECONDS = LEASE.total_seconds()


def rows(shop: Shop) -> int:
    with shop.engine.begin() as db:
        return len(db.execute(select(runners)).all())


def test_one_of_two_runs_and_goes_on(shop: Shop) -> None:
    one, two = shop.runners(), shop.runners()
    for _ in range(20):
        assert one.lease("it", "a")
        assert not two.lease("it", "b")
        shop.wait(seconds=10)


def test_each_name_has_a_runner_of_its_own(shop: Shop) -> None:
    one, two = shop.runners(), shop.runners()
    assert one.lease("this", "a")
    assert two.lease("that", "b")
    assert not two.lease("this", "b")


@pytest.mark.parametrize("hours", [-1, 0, 1])
def test_a_jump_of_the_clock_leaves_neither_two_nor_none(shop: Shop, hours: int) -> None:
    one, two = shop.runners(), shop.runners()
    assert one.lease("it", "a")
    assert not two.lease("it", "b")
    shop.jump(hours=hours)
    assert not two.lease("it", "b")
    assert one.lease("it", "a")
    shop.wait(seconds=SECONDS - 1)
    assert not two.lease("it", "b")
    shop.wait(seconds=1)
    assert two.lease("it", "b")
    assert not one.lease("it", "a")


def test_a_killed_runner_is_replaced_once_it_was_silent_for_a_lease(shop: Shop) -> None:
    shop.runners().lease("it", "killed")
    late, later = shop.runners(), shop.runners()
    taken = []
    for second in range(0, int(SECONDS) + 2, 2):
        taken += [(second, name) for one, name in ((late, "b"), (later, "c"))
                  if one.lease("it", name)]  # fmt: skip
        shop.wait(seconds=2)
    assert taken == [(SECONDS, "b")]
    assert not later.lease("it", "c")


def test_a_long_piece_of_work_keeps_it_by_beating(shop: Shop) -> None:
    one, two = shop.runners(), shop.runners()
    assert one.lease("it", "a")
    for _ in range(10):
        assert not two.lease("it", "b")
        shop.wait(seconds=SECONDS / 3)
        assert one.hold("it", "a")


def test_who_was_replaced_is_told_so(shop: Shop) -> None:
    one, two = shop.runners(), shop.runners()
    one.lease("it", "a")
    two.lease("it", "b")
    shop.wait(seconds=SECONDS)
    assert two.lease("it", "b")
    assert not one.hold("it", "a")
    one.release("it", "a")
    assert two.hold("it", "b")


def test_what_is_released_is_free_at_once(shop: Shop) -> None:
    one, two = shop.runners(), shop.runners()
    one.lease("it", "a")
    one.release("it", "a")
    assert two.lease("it", "b")
    assert not one.lease("it", "a")


def test_nobody_waits_for_a_process_of_this_machine_that_has_ended(shop: Shop) -> None:
    shop.runners().lease("it", "gone")
    two = Runners(shop.engine, shop.desk.now, lambda worker: worker == "gone")
    assert two.lease("it", "b")


def test_a_name_that_nobody_runs_is_forgotten(shop: Shop) -> None:
    one = shop.runners()
    one.lease("old", "a")
    shop.wait(hours=25)
    one.lease("new", "a")
    assert forget_unused(shop.engine, shop.desk.now()) == 1
    assert rows(shop) == 1


@pytest.mark.parametrize("was_run", [False, True])
def test_of_two_that_are_as_quick_one_gets_it(shop: Shop, was_run: bool) -> None:
    quicker, got = shop.runners(), list[bool]()
    if was_run:
        shop.runners().lease("it", "killed")

    def meanwhile() -> datetime:
        got.append(quicker.lease("it", "a"))
        return shop.desk.now()

    slower = Runners(shop.engine, meanwhile, watch=lambda: shop.watch)
    if was_run:
        assert not quicker.lease("it", "a")
        assert not slower.lease("it", "b")
        shop.wait(seconds=SECONDS)
    assert not slower.lease("it", "b")
    assert got == [True]
    assert quicker.hold("it", "a")
