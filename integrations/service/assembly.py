"""Put the service together around a house: what takes in, what works, what sends."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from integrations.channels.contract import Channel
from integrations.service.intake import BURST, Intake
from integrations.service.listening import listener
from integrations.service.numbers import Numbers
from integrations.service.pace import Pace
from integrations.service.sender import Sender
from integrations.service.service import Bell, Service, Works, worker_name
from integrations.service.worker import Worker
from integrations.store.inbox import Inbox
from integrations.store.sends import Sends
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
    engine, vault, clock = house.vault.engine, house.vault, house.vault.clock
    idempotent = frozenset(
        kind for (kind, _), one in channels.items() if one.capabilities.idempotent
    )
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
