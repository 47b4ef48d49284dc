"""Take arrivals to their turns: one conversation at a time, in order, each exactly once."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from agents.agent import Agent
from agents.deps import Conflict
from agents.state import Message
from integrations.broken import broken
from integrations.channels.contract import Arrival
from integrations.service.beating import beating
from integrations.store.inbox import Inbox, Leased
from integrations.store.sends import PREFIX, Sends

log = logging.getLogger(__name__)
Ring = Callable[[], None]
Mark = Callable[[str, Arrival], str]


class Worker:
    """Works on one conversation at a time; any number of them share a database."""

    def __init__(
        self,
        name: str,
        agent: Agent,
        inbox: Inbox,
        sends: Sends,
        ring: Ring,
        mark: Mark = lambda _, arrival: arrival.ours,
    ) -> None:
        self._name, self._agent, self._inbox, self._sends = name, agent, inbox, sends
        self._ring, self._mark = ring, mark  # wakes the senders; knows what we said ourselves

    async def once(self) -> bool:
        """Work on what is due; say whether there was anything."""
        leased = await self._inbox.lease(self._name)
        if leased is None:
            return False
        try:
            async with beating(partial(self._inbox.hold, leased)):
                await self._handle(leased)
            self._ring()
        except asyncio.CancelledError:
            await asyncio.to_thread(self._inbox.release, leased)  # the loop may be writing
            raise
        except (Conflict, OperationalError) as error:
            await self._give_back(leased, error)
        except Exception as error:  # noqa: BLE001 - one arrival must not stop the others
            await asyncio.to_thread(self._inbox.failed, leased, _report(leased, error))
        return True

    async def _give_back(self, leased: Leased, error: Exception) -> None:
        """It is not the arrival's fault: another has it by now, or the database fails."""
        if isinstance(error, Conflict):
            log.info("%s", leased.conversation, extra={"action": "arrival_taken_elsewhere"})
            await asyncio.to_thread(self._inbox.release, leased)
            return
        _report(leased, error)
        with suppress(SQLAlchemyError):
            await asyncio.to_thread(self._inbox.release, leased)
        raise error

    async def _handle(self, leased: Leased) -> None:
        first = leased.arrivals[0]
        mark = first.ours
        if first.happened == "echo":
            mark = await asyncio.to_thread(self._mark, leased.conversation, first)
        ours = mark.startswith(PREFIX)
        if first.happened == "message":
            await self._agent.receive(_message(leased))
        elif first.happened in ("echo", "handover") and not ours and first.state != "agent":
            await self._agent.step_back(_message(leased), "a person")
        elif first.happened in ("echo", "status") and ours and first.state != "failed":
            await asyncio.to_thread(self._sends.confirmed, mark, first.external)
        await self._inbox.done(leased)  # an event that had its turn before


def _report(leased: Leased, error: Exception) -> str:
    """Log what broke and where; never its message, which may quote the customer."""
    why = broken(error)
    log.error("%s: %s", leased.conversation, why, extra={"action": "arrival_failed"})
    return why


def _message(leased: Leased) -> Message:
    """Make one message of what came in one go, in the order in which it was written."""
    last, said = leased.arrivals[-1], sorted(leased.arrivals, key=lambda one: one.at)
    message = Message(
        channel="public" if last.state == "public" else leased.channel,
        conversation=leased.conversation,
        id=last.external,
        audience="customer",
        text="\n".join(_said(arrival) for arrival in said),
        at=said[-1].at.isoformat(),
        contact=leased.contact,
        arrivals=list(leased.ids),
    )
    if last.name:
        message["name"] = last.name
    if len(said) > 1:
        message["apart"] = [arrival.text for arrival in said]
    return message


def _said(arrival: Arrival) -> str:
    """Return the text, with the files that came along in brackets: they are never fetched."""
    files = [f"[{one.kind}{f': {one.name}' if one.name else ''}]" for one in arrival.attachments]
    return "\n".join(part for part in (arrival.text, *files) if part)
