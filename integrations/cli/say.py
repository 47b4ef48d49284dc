"""One turn, or one a line."""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence

from agents.state import Turn
from integrations import outgoing
from integrations.cli.house import message, new_conversation, opened, public
from integrations.outgoing import Parcel
from integrations.wiring import House
from knowledge.audience import Audience

LONGEST_LINE = 1_000_000  # characters


def run(
    text: str,
    brand: str | None,
    who: Audience,
    conversation: str | None,
    channel: str,
    contact: str,
    name: str,
    as_json: bool,
) -> None:
    """Say it and print what came of it."""
    house, place = opened(brand), conversation or new_conversation(who)

    async def every() -> None:
        for line in lines() if text == "-" else [text]:
            said = message(line, who, place, channel, contact=contact, name=name)
            await _print(house, await house.agent.receive(said), as_json)

    asyncio.run(every())


def lines() -> Iterator[str]:
    """Yield the lines of standard input that say something."""
    for line in sys.stdin.buffer:
        text = line[:LONGEST_LINE].decode("utf-8", "replace").rstrip("\r\n")
        if text:
            yield text


async def _print(house: House, turn: Turn, as_json: bool) -> None:
    parcels = await outgoing.packed(house.desk, house.vault, turn["conversation"])
    if as_json:
        sys.stdout.write(json.dumps(public(turn), ensure_ascii=True) + "\n")
    else:
        sys.stdout.write(f"{words(turn, parcels)}\n")
    sys.stdout.flush()
    await outgoing.sent(house.desk, parcels)


def words(turn: Turn, parcels: Sequence[Parcel] = ()) -> str:
    """Return a turn as a person reads it; what goes out, as its customer will."""
    if turn["outcome"] == "silence":
        return f"(silence: {turn['reason']})"
    lines = [said(one) for one in parcels if one.kept == turn["text"]][-1:] or [turn["text"]]
    if turn["outcome"] == "approval":
        lines.insert(0, f"(waits for approval as draft {turn['draft']}: {turn['reason']})")
    if turn["outcome"] == "handoff":
        lines.append(f"(handed to {turn['team']}: {turn['reason']})")
    for item in turn["evidence"]:
        place = f"{item['document']}#{item['anchor']}" if item["anchor"] else item["document"]
        lines.append(f"  [{item['number']}] {item['title']} ({place})")
    if numbers := turn.get("drafts"):
        lines.append(f"(waiting for approval: drafts {', '.join(map(str, numbers))})")
    return "\n".join(lines)


def said(parcel: Parcel) -> str:
    """Return what a customer reads, or why nothing was sent."""
    return f"(not sent: {parcel.problem})" if parcel.problem else parcel.text
