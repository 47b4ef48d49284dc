"""The chat's log behind a cursor: messages of two people, and what became of ours."""

import logging
from collections import OrderedDict
from dataclasses import replace
from typing import Any

from integrations.channels.bluesky import inbound, outbound
from integrations.channels.bluesky.said import Said
from integrations.channels.bluesky.session import Session
from integrations.channels.contract import Arrival, BadPayload, SendError

FIRST = "2222222222222"  # before everything, where a log is empty
MOST = 1000  # conversations whose people are remembered
Batch = tuple[list[Arrival], str]

log = logging.getLogger(__name__)


class Listening:
    """Asks for one page of the log at a time."""

    def __init__(self, session: Session, said: Said) -> None:
        self._session, self._said = session, said
        self._people: OrderedDict[str, dict[str, str] | None] = OrderedDict()

    async def page(self, cursor: str) -> Batch:
        """Return what is new and the next cursor; without a cursor only where the log ends."""
        query = {"cursor": cursor} if cursor else {}
        found = await self._session.chat("GET", "chat.bsky.convo.getLog", params=query)
        entries, end = found.get("logs"), found.get("cursor")
        if not isinstance(entries, list):
            raise SendError("Bluesky's log cannot be read")
        # Entries carry what the cursor counts in; those that carry none are of no use to us.
        fresh = [one for one in entries if isinstance(one, dict) and _rev(one) > cursor]
        fresh.sort(key=_rev)
        newest = max([cursor, *(_rev(one) for one in fresh)])
        after = max(newest, end) if isinstance(end, str) else newest
        if not cursor:
            return [], after or FIRST
        return await self._between_two(inbound.parse_batch(fresh, self._session.did)), after

    async def _between_two(self, arrivals: list[Arrival]) -> list[Arrival]:
        kept = []
        for arrival in arrivals:
            names = await self._names(arrival.conversation)
            if names is None:
                continue
            if arrival.happened == "message":
                kept.append(replace(arrival, name=names.get(arrival.contact, "")))
            else:
                kept.append(self._echo(arrival, next(iter(names), "")))
        return kept

    def _echo(self, arrival: Arrival, person: str) -> Arrival:
        remembered = self._said.mark(arrival.conversation, arrival.text)
        return replace(arrival, contact=person, ours=arrival.ours or remembered)

    async def _names(self, conversation: str) -> dict[str, str] | None:
        """Return who talks here with us; None where it is a group or cannot be looked at."""
        if conversation in self._people:
            return self._people[conversation]
        try:
            found = await self._session.chat(
                "GET", "chat.bsky.convo.getConvo", params={"convoId": conversation}
            )
            names = inbound.people(found, self._session.did)
        except (BadPayload, outbound.Gone) as error:
            log.warning("bluesky.conversation_left_out %s", error)
            return None
        self._people[conversation] = names
        while len(self._people) > MOST:
            self._people.popitem(last=False)
        return names


def _rev(entry: dict[str, Any]) -> str:
    found = entry.get("rev")
    return found if isinstance(found, str) else ""
