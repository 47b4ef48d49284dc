"""What nobody needs any more goes, and what is needed stays."""

import pytest
from sqlalchemy import insert, select

from integrations.service.scheduler import Scheduler
from integrations.store.contacts_schema import link_codes
from integrations.store.jobs import Job
from integrations.store.sweeping import BATCH, sweep_codes, sweep_inbox, sweep_timers, sweeping
from integrations.store.traffic_schema import inbox
from tests.service.stand import arrival
from tests.timers.shop import Shop

pytestmark = pytest.mark.anyio


def externals(shop: Shop) -> list[str]:
    with shop.engine.begin() as db:
        return list(db.scalars(select(inbox.c.external).order_by(inbox.c.id)))


async def test_events_are_known_for_thirty_days(shop: Shop) -> None:
    await shop.answer(arrival("old"))
    shop.wait(days=29)
    assert sweep_inbox(shop.engine, shop.desk.now()) == 0
    assert await shop.take(arrival("old")) == 0
    await shop.answer(arrival("new"))
    shop.wait(days=2)
    assert sweep_inbox(shop.engine, shop.desk.now()) == 1
    assert externals(shop) == ["new"]


async def test_what_is_not_done_is_kept_for_ever(shop: Shop) -> None:
    await shop.take(arrival("waits"))
    shop.wait(days=400)
    assert sweep_inbox(shop.engine, shop.desk.now()) == 0
    assert externals(shop) == ["waits"]


async def test_a_sweep_takes_as_many_as_there_are(shop: Shop) -> None:
    await shop.answer(arrival("e0"))
    with shop.engine.begin() as db:
        row = dict(db.execute(select(inbox)).mappings().one())
        del row["id"]
        db.execute(insert(inbox), [{**row, "external": f"e{n}"} for n in range(1, BATCH + 7)])
    shop.wait(days=31)
    assert sweep_inbox(shop.engine, shop.desk.now()) == BATCH + 7


async def test_timers_that_went_off_are_forgotten_and_others_are_not(shop: Shop) -> None:
    await shop.customer()
    shop.snooze(days=90)
    shop.wait(hours=1)
    await shop.tick()
    shop.wait(days=31)
    assert sweep_timers(shop.engine, shop.desk.now()) == 1
    assert (shop.timers("snooze"), shop.timers("first_answer")) == (["ready"], [])


def test_a_code_is_told_from_a_wrong_one_for_a_while_and_then_goes(shop: Shop) -> None:
    row = {column.name: "" for column in link_codes.c if column.name not in ("id", "tries")}
    row["expires_at"] = shop.desk.now().isoformat()
    with shop.engine.begin() as db:
        db.execute(insert(link_codes).values(**row, tries=0))
    shop.wait(days=1)
    assert sweep_codes(shop.engine, shop.desk.now()) == 0
    shop.wait(days=2)
    assert sweep_codes(shop.engine, shop.desk.now()) == 1


async def test_the_scheduler_does_every_sweep_once_a_day(shop: Shop) -> None:
    began: list[str] = []
    known = sweeping(shop.engine, shop.desk.now)

    def counted(job: Job) -> Job:
        def run() -> int:
            began.append(job.name)
            return job.run()

        return Job(job.name, job.every, run)

    shop.jobs = [counted(job) for job in known]
    for _ in range(2):
        await shop.tick()
        shop.wait(hours=12)
    assert began == [job.name for job in known]
    scheduler: Scheduler = shop.scheduler("another")
    assert not await scheduler.once()
