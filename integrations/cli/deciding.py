"""What a reviewer does with drafts and conversations, in the terminal."""

import asyncio
import getpass
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, cast

from agents.state import Action, Decision
from integrations.cli.house import opened, public
from integrations.cli.moments import moment
from integrations.cli.say import words
from integrations.reviewing import Decided
from integrations.store.missing import Missing


def decide(
    number: int,
    action: Action,
    revision: int | None,
    text: str,
    why: str,
    by: str,
    brand: str | None,
    as_json: bool,
) -> None:
    """Carry out a decision about the revision that was seen."""
    house = opened(brand)
    draft = asyncio.run(house.desk.draft(number))
    if draft is None:
        raise Missing(f"There is no draft {number}; `quiethand drafts` lists them.")
    seen = revision if revision is not None else draft["revision"]
    decision = decision_on(number, action, seen, text, by, why)
    _show(asyncio.run(house.reviewing.decide(decision)), as_json)


def decision_on(
    number: int, action: str, revision: int, text: str, by: str, why: str = ""
) -> Decision:
    """Make a decision of what a reviewer typed."""
    if action == "edit" and not text.strip():
        raise Missing("Write your words after the number of the draft.")
    return Decision(
        draft=number,
        revision=revision,
        action=cast(Action, action),
        text=text,
        by=by or getpass.getuser(),
        at=datetime.now(UTC).isoformat(),
        reason=why,
    )


def undo(number: int, by: str, brand: str | None, as_json: bool) -> None:
    """Take back what was approved."""
    house = opened(brand)
    _show(asyncio.run(house.reviewing.undo(number, by or getpass.getuser())), as_json)


def snooze(
    number: int, until: str, lasting: str, why: str, by: str, brand: str | None, as_json: bool
) -> None:
    """Put a draft away until a time."""
    house = opened(brand)
    time = moment(until, lasting, datetime.now(UTC), house.brand.settings.time_zone)
    who = by or getpass.getuser()
    _show(asyncio.run(house.reviewing.snooze(number, time, who, why)), as_json)


def assign(number: int, to: str, by: str, brand: str | None, as_json: bool) -> None:
    """Give a draft to a colleague."""
    house = opened(brand)
    _show(asyncio.run(house.reviewing.assign(number, to, by or getpass.getuser())), as_json)


def take_over(conversation: str, by: str, brand: str | None, as_json: bool) -> None:
    """Take a conversation that the agent has."""
    who = by or getpass.getuser()
    turn = asyncio.run(opened(brand).reviewing.take_over(conversation, who))
    _print(public(turn), f"{conversation} is yours now.", as_json)


def note(conversation: str, text: str, by: str, brand: str | None, as_json: bool) -> None:
    """Keep a note beside a conversation."""
    who = by or getpass.getuser()
    asyncio.run(opened(brand).reviewing.note(conversation, text, who))
    _print({"conversation": conversation, "by": who}, f"Noted beside {conversation}.", as_json)


def _show(decided: Decided, as_json: bool) -> None:
    """Print what became of it: the turn as others print it, and the draft as it is now."""
    turn = decided.turn
    row = {key: value for key, value in asdict(decided).items() if key != "turn"}
    said = decided.said
    if turn and turn["outcome"] != "silence":
        said += f"\n{words(turn)}"
    _print({**(public(turn) if turn else {}), **row}, said, as_json)


def _print(row: dict[str, Any], said: str, as_json: bool) -> None:
    sys.stdout.write((json.dumps(row) if as_json else said) + "\n")
