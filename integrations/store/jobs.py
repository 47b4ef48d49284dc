"""When each periodic job last began; of any number of processes one is told to begin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from integrations.store.quick import Quick
from integrations.store.reading import reading
from integrations.store.vault_schema import jobs

AGAIN = timedelta(minutes=10)  # after one that failed
_LAST = Quick(select(jobs.c.name, jobs.c.at))
AHEAD = timedelta(hours=2)  # a last time further ahead was written by a clock that was wrong


@dataclass(frozen=True)
class Job:
    """Something done every so often; it returns how many rows went."""

    name: str
    every: timedelta
    run: Callable[[], int]


def next_job(engine: Engine, known: Sequence[Job], now: datetime) -> Job | None:
    """Return a job to do now; however many of its times were missed, it is one."""
    with reading(engine) as db:
        last = {name: at for name, at in _LAST(db)}
    for job in known:
        if _is_due(last.get(job.name), job.every, now) and _begin(engine, job.name, last, now):
            return job
    return None


def again_soon(engine: Engine, job: Job, now: datetime) -> None:
    """Let a job that failed begin before its time."""
    soon = {"at": (now - job.every + AGAIN).isoformat()}
    with engine.begin() as db:
        db.execute(update(jobs).where(jobs.c.name == job.name).values(soon))


def _is_due(last: str | None, every: timedelta, now: datetime) -> bool:
    return last is None or not (now - every).isoformat() < last <= (now + AHEAD).isoformat()


def _begin(engine: Engine, name: str, last: dict[str, str], now: datetime) -> bool:
    """Write down that it begins; say no when another process was quicker."""
    try:
        with engine.begin() as db:
            if name not in last:
                db.execute(insert(jobs).values(name=name, at=now.isoformat()))
                return True
            same = (jobs.c.name == name) & (jobs.c.at == last[name])
            return bool(db.execute(update(jobs).where(same).values(at=now.isoformat())).rowcount)
    except IntegrityError:
        return False
