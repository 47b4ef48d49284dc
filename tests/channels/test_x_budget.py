"""X: what a day may cost, over real HTTP."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from integrations.channels.contract import Outgoing, SendError, Spends
from integrations.channels.x.budget import Memory
from integrations.channels.x.channel import Config, X
from integrations.store.database import StoreError, open_database
from integrations.store.spending import Spending
from tests.fakes.local_platform import Trouble
from tests.fakes.x import CLOSED, CONSUMER, CUT, OWN, PERSON, TOKEN, TOO_MANY, FakeX, fixture

pytestmark = pytest.mark.anyio
HELLO = Outgoing("m-1", f"{OWN}-{PERSON}", "It is on its way.")


@pytest.fixture
def platform() -> Iterator[FakeX]:
    with FakeX() as fake:
        yield fake


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 23, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def config(url: str) -> Config:
    given = {"account": OWN, "token": TOKEN, "consumer_secret": CONSUMER, "budget_cents": 4}
    return Config.model_validate(given | {"url": url})


@pytest.fixture
def thrifty(platform: FakeX, client: httpx.AsyncClient, clock: Clock) -> X:
    """Two sends and one read a day: four cents."""
    return X(config(platform.url), client, clock)


async def test_a_day_costs_no_more_than_its_budget(
    thrifty: X, platform: FakeX, clock: Clock
) -> None:
    thrifty.parse(fixture("received"))
    await thrifty.send(HELLO)
    await thrifty.send(HELLO)
    assert thrifty.budget.spent_cents == 4.0
    with pytest.raises(SendError, match="budget_cents") as raised:
        await thrifty.send(HELLO)
    assert (raised.value.permanent, raised.value.unknown) == (False, False)
    assert raised.value.retry_after == 3600.0
    assert len(platform.sent) == 2
    clock.now += timedelta(hours=1)
    await thrifty.send(HELLO)
    assert thrifty.budget.spent_cents == 1.5


async def test_what_people_write_is_counted_and_never_refused(thrifty: X) -> None:
    for _ in range(5):
        assert len(thrifty.parse(fixture("received"))) == 1
    assert thrifty.budget.spent_cents == 5.0


@pytest.mark.parametrize(("trouble", "cents"), [(CLOSED, 0.0), (TOO_MANY, 0.0), (CUT, 1.5)])
async def test_only_what_may_have_gone_out_costs(
    thrifty: X, platform: FakeX, trouble: Trouble, cents: float
) -> None:
    platform.troubles.append(trouble)
    with pytest.raises(SendError):
        await thrifty.send(HELLO)
    assert thrifty.budget.spent_cents == cents


async def test_a_restart_does_not_forget_what_today_cost(
    platform: FakeX, client: httpx.AsyncClient, clock: Clock, tmp_path: Path
) -> None:
    engine = open_database(tmp_path / "one.sqlite")

    def started() -> X:
        one = X(config(platform.url), client, clock)
        assert isinstance(one, Spends)
        one.keep_in(Spending(engine))
        return one

    first = started()
    first.parse(fixture("received"))
    await first.send(HELLO)
    second = started()
    assert second.budget.spent_cents == 2.5
    await second.send(HELLO)
    with pytest.raises(SendError) as raised:
        await first.send(HELLO)
    assert raised.value.untried
    clock.now += timedelta(hours=1)
    assert started().budget.spent_cents == 0.0
    await first.send(HELLO)
    engine.dispose()


async def test_what_cannot_be_counted_is_not_sent(
    platform: FakeX, client: httpx.AsyncClient, clock: Clock
) -> None:
    class Broken(Memory):
        def add(self, name: str, day: date, amount: int, most: int | None = None) -> bool:
            raise StoreError("the disk is full")

    brand = X(config(platform.url), client, clock)
    brand.keep_in(Broken())
    with pytest.raises(SendError, match="disk") as raised:
        await brand.send(HELLO)
    assert raised.value.untried
    assert platform.sent == []


def test_sums_of_many_threads_are_whole(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "one.sqlite")
    day = date(2026, 11, 20)
    for ledger in (Spending(engine), Memory()):
        with ThreadPoolExecutor(8) as pool:
            took = list(pool.map(lambda _, to=ledger: to.add("x/1", day, 15, 300), range(40)))
        assert (took.count(True), ledger.spent("x/1", day)) == (20, 300)
    engine.dispose()
