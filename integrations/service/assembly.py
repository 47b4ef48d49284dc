"""Put the service together: a face that takes in and sends, and hands that take turns."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from integrations.channels.contract import Channel, Spends
from integrations.identity import Identities
from integrations.opening import Store
from integrations.service.alone import only_one
from integrations.service.dispatch import Dispatch
from integrations.service.intake import BURST, Intake, Ring
from integrations.service.listening import listener
from integrations.service.memory import tidying
from integrations.service.numbers import Numbers
from integrations.service.pace import Pace
from integrations.service.ringing import ringer
from integrations.service.sender import Sender
from integrations.service.service import Bell, Service, is_gone, worker_name
from integrations.store.inbox import STATES as INBOX
from integrations.store.inbox import Inbox
from integrations.store.leasing import end_leases
from integrations.store.runners import Runners
from integrations.store.running_schema import timers
from integrations.store.schema import outbox
from integrations.store.sends import STATES as OUTBOX
from integrations.store.sends import Sends
from integrations.store.spending import Spending
from integrations.store.timers import STATES as TIMERS
from integrations.store.traffic_schema import inbox as inbox_table

Channels = Mapping[tuple[str, str], Channel]


@dataclass(frozen=True)
class Face:
    """What speaks with the world."""

    intake: Intake
    service: Service
    numbers: Numbers
    ready: Callable[[], str]


def make_face(
    store: Store, channels: Channels, wake: Ring, to_send: Bell, burst: float = BURST
) -> Face:
    """Build what takes in, listens and sends; ``wake`` tells the hands that there is work."""
    engine, vault, clock = store.engine, store.vault, store.vault.clock
    forget_gone(engine)
    _keep_sums(channels, Spending(engine))
    sends, pace = sends_of(store, channels), Pace(time.monotonic)
    name = worker_name(0)
    dispatch = Dispatch(name, sends, Sender(name, sends, vault, channels, pace, to_send.ring))
    inbox, key = Inbox(engine, vault, clock), store.identity_key
    identities = Identities(vault, inbox, key) if key else None
    intake = Intake(channels, inbox, clock, wake, burst, identities)
    runners, me = Runners(engine, clock, is_gone), worker_name(1)
    heard: list[Callable[[], Awaitable[None]]] = [
        only_one(listen, runners, f"listen {one.kind}/{one.account}", me)
        for one in channels.values()
        if (listen := listener(one, intake, engine))
    ]
    if ring := ringer(engine, {"outbox": to_send.ring}):
        heard.append(ring)
    service = Service([(dispatch, to_send)], [*heard, tidying])
    return Face(intake, service, Numbers(engine, clock), partial(_ready, engine))


def sends_of(store: Store, channels: Channels) -> Sends:
    """Return the outbox, which knows where the same message twice is sent once."""
    idempotent = frozenset(key for key, one in channels.items() if one.capabilities.idempotent)
    return Sends(store.engine, store.vault, store.vault.clock, idempotent)


def forget_gone(engine: Engine) -> None:
    """End the leases of processes of this machine that are gone."""
    end_leases(engine, inbox_table, INBOX, is_gone)
    end_leases(engine, outbox, OUTBOX, is_gone)
    end_leases(engine, timers, TIMERS, is_gone)


def _keep_sums(channels: Channels, spending: Spending) -> None:
    for channel in channels.values():
        if isinstance(channel, Spends):
            channel.keep_in(spending)


def _ready(engine: Engine) -> str:
    try:
        with engine.begin() as db:
            db.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return f"the database does not take writes ({type(error).__name__})"
    return ""
