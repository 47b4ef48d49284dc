"""One turn, or one a line."""

import asyncio
import json
import sys
from collections.abc import Iterator

from agents.state import Turn
from integrations.cli.house import message, new_conversation, opened, public
from integrations.wiring import House
from knowledge.audience import Audience

LONGEST_LINE = 1_000_000  # characters


def run(
    text: str,
    brand: str | None,
    who: Audience,
    conversation: str | None,
    channel: str,
    as_json: bool,
) -> None:
    """Say it and print what came of it."""
    house = opened(brand)
    asyncio.run(_all(house, text, who, conversation or new_conversation(who), channel, as_json))


async def _all(
    house: House, text: str, who: Audience, conversation: str, channel: str, as_json: bool
) -> None:
    for line in _lines() if text == "-" else [text]:
        turn = await house.agent.receive(message(line, who, conversation, channel))
        await _print(house, turn, as_json)


def _lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        text = line[:LONGEST_LINE].decode("utf-8", "replace").rstrip("\r\n")
        if text:
            yield text


async def _print(house: House, turn: Turn, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(public(turn), ensure_ascii=True) + "\n")
    else:
        sys.stdout.write(f"{words(turn)}\n")
    sys.stdout.flush()
    waiting = await house.desk.unsent(turn["conversation"])
    await house.desk.sent([id for id, _ in waiting])


def words(turn: Turn) -> str:
    """Return a turn as a person reads it."""
    if turn["outcome"] == "silence":
        return f"(silence: {turn['reason']})"
    lines = [turn["text"]]
    if turn["outcome"] == "approval":
        lines.insert(0, f"(waits for approval as draft {turn['draft']}: {turn['reason']})")
    if turn["outcome"] == "handoff":
        lines.append(f"(handed to {turn['team']}: {turn['reason']})")
    for item in turn["evidence"]:
        place = f"{item['document']}#{item['anchor']}" if item["anchor"] else item["document"]
        lines.append(f"  [{item['number']}] {item['title']} ({place})")
    return "\n".join(lines)
