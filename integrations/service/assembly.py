"""Put the service together around a house: what takes in, what works, what sends."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from integrations.channels.contract import Channel
from integrations.service.intake import BURST, Intake
from integrations.service.listening import listener
from integrations.service.numbers import Numbers
from integrations.service.pace import Pace
from integrations.service.sender import Sender
from integrations.service.service import Bell, Service, Works, is_gone, worker_name
from integrations.service.worker import Worker
from integrations.store.inbox import STATES as INBOX
from integrations.store.inbox import Inbox
from integrations.store.leasing import end_leases
from integrations.store.schema import outbox
from integrations.store.sends import STATES as OUTBOX
from integrations.store.sends import Sends
from integrations.store.traffic_schema import inbox as inbox_table
from integrations.wiring import House

Channels = Mapping[tuple[str, str], Channel]


@dataclass(frozen=True)
class Plan:
    """How much runs in this process."""

    workers: int = 2
    senders: int = 2
    listen: bool = True
    burst: float = BURST


@dataclass(frozen=True)
class Assembly:
    """A service that can be started, and its faces."""

    intake: Intake
    service: Service
    numbers: Numbers
    inbox: Inbox
    sends: Sends
    ready: Callable[[], str]


def assemble(house: House, channels: Channels, plan: Plan) -> Assembly:
    """Build everything that runs by itself."""
    threadpool_limits(1, "blas")  # its threads would spin while workers wait for a core
    engine, vault, clock = house.vault.engine, house.vault, house.vault.clock
    idempotent = frozenset(key for key, one in channels.items() if one.capabilities.idempotent)
    end_leases(engine, inbox_table, INBOX, is_gone)
    end_leases(engine, outbox, OUTBOX, is_gone)
    inbox, sends = Inbox(engine, vault, clock), Sends(engine, vault, clock, idempotent)
    arrived, to_send, pace = Bell(), Bell(), Pace(time.monotonic)
    works: list[tuple[Works, Bell]] = []
    for number in range(plan.workers):
        name = worker_name(number)
        works.append((Worker(name, house.agent, inbox, sends, to_send.ring), arrived))
    for number in range(plan.senders):
        works.append((Sender(worker_name(number), sends, vault, channels, pace), to_send))
    intake = Intake(channels, inbox, clock, arrived.ring, plan.burst)
    heard = [listener(one, intake, engine) for one in channels.values()] if plan.listen else []
    service = Service(works, [listen for listen in heard if listen])

    def ready() -> str:
        try:
            with engine.begin() as db:
                db.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            return f"the database does not take writes ({type(error).__name__})"
        return ""

    return Assembly(intake, service, Numbers(engine, clock), inbox, sends, ready)
