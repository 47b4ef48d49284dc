"""What happens by the clock: timers that are due and periodic jobs, in one process of all."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from sqlalchemy import Engine

from agents.agent import Agent
from agents.deps import StaleDecision
from agents.state import Decision
from integrations.broken import broken
from integrations.service.beating import beating
from integrations.store.drafts import OURS
from integrations.store.due import Late
from integrations.store.jobs import Job, again_soon, next_job
from integrations.store.missing import Missing
from integrations.store.runners import Runners
from integrations.store.timers import Timer, Timers
from integrations.store.timing import Timing

log = logging.getLogger(__name__)
NAME = "scheduler"
BY = "the timer"
Ring = Callable[[], None]


class Scheduler:
    """Does one thing at a time that is due; any number of processes have one, and one works."""

    def __init__(
        self,
        name: str,
        runners: Runners,
        engine: Engine,
        agent: Agent,
        timing: Timing,
        jobs: Sequence[Job],
        ring: Ring,
    ) -> None:
        self._name, self._runners, self._engine = name, runners, engine
        self._agent, self._timing, self._jobs = agent, timing, jobs
        self._ring = ring  # wakes the senders
        self._timers = Timers(engine, timing.clock)

    async def once(self) -> bool:
        """Do what is due, if it is ours to do; say whether there was anything."""
        if not await asyncio.to_thread(self._runners.lease, NAME, self._name):
            return False
        async with beating(partial(self._runners.hold, NAME, self._name)):
            return await self._fire() or await self._job()

    async def end(self) -> None:
        """Let another process go on at once."""
        await asyncio.to_thread(self._runners.release, NAME, self._name)

    async def _fire(self) -> bool:
        timer = await asyncio.to_thread(self._timers.lease, self._name)
        if timer is None:
            return False
        try:
            async with beating(partial(self._timers.hold, timer)):
                await self._due(timer)
            log.info("%s", timer.conversation, extra={"action": f"timer_{timer.kind}"})
        except asyncio.CancelledError:
            self._timers.release(timer)
            raise
        except Missing as gone:
            await asyncio.to_thread(self._timers.drop, timer, str(gone))
        except Exception as error:  # noqa: BLE001 - one timer must not stop the others
            await asyncio.to_thread(self._timers.failed, timer, _report(timer.kind, error))
        return True

    async def _due(self, timer: Timer) -> None:
        """Let the agent's door do what changes a conversation; it closes the timer with it."""
        place = timer.conversation
        if timer.kind == "hand_back" and self._timing.handoff.return_after_hours:
            await self._agent.hand_back(place, BY, timer.id)
        elif timer.kind == "hand_back":
            await asyncio.to_thread(self._timers.drop, timer, "nothing is handed back by itself")
        elif timer.kind == "draft_due":
            await self._undecided(timer)
        elif timer.kind == "first_answer" and await self._tells(place):
            await self._agent.remind(place, timer.id)
            self._ring()
        elif timer.kind == "rating":
            await asyncio.to_thread(self._timing.check_rating, self._engine, place)
            await self._agent.ask_rating(place, timer.id)
            self._ring()
        else:
            await asyncio.to_thread(self._timers.done, timer)

    async def _undecided(self, timer: Timer) -> None:
        """Nobody decided in time: escalate, or leave the conversation to people."""
        place = timer.conversation
        for late in await asyncio.to_thread(self._timing.undecided, self._engine, place):
            with suppress(StaleDecision):  # somebody was quicker
                await self._agent.decide(_expired(late, self._now()))
                self._ring()
        if not await asyncio.to_thread(self._timing.wait_on, self._engine, place):
            await asyncio.to_thread(self._timers.done, timer)

    async def _tells(self, conversation: str) -> bool:
        return await asyncio.to_thread(self._timing.tells, self._engine, conversation)

    async def _job(self) -> bool:
        job = await asyncio.to_thread(next_job, self._engine, self._jobs, self._now())
        if job is None:
            return False
        try:
            gone = await asyncio.to_thread(job.run)
            log.info("%s", job.name, extra={"action": "job_done", "deleted": gone})
        except Exception as error:  # noqa: BLE001 - one job must not stop the others
            _report(job.name, error)
            await asyncio.to_thread(again_soon, self._engine, job, self._now())
        return True

    def _now(self) -> datetime:
        return self._timing.clock()


def _expired(late: Late, now: datetime) -> Decision:
    return Decision(
        draft=late.draft,
        revision=late.revision,
        action="expire",
        text="",
        by=OURS,
        at=now.isoformat(),
    )


def _report(what: str, error: Exception) -> str:
    """Log what broke and where; never its message, which may quote somebody."""
    why = broken(error)
    log.error("%s: %s", what, why, extra={"action": "due_failed"})
    return why
