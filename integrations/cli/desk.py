"""The first face of a reviewer: drafts and handoffs in the terminal."""

import asyncio
import getpass
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from agents.state import Action, Decision
from integrations.cli.house import opened, public
from integrations.cli.say import words
from integrations.cli.terminal import plain
from integrations.store.records import Missing
from tools.team.queue import Waiting


def list_drafts(brand: str | None, as_json: bool) -> None:
    """Print the drafts that wait."""
    _list(asyncio.run(opened(brand).desk.open_drafts()), as_json, "No draft waits.")


def list_handoffs(brand: str | None, as_json: bool) -> None:
    """Print the conversations that people have."""
    found = asyncio.run(opened(brand).desk.held())
    _list(found, as_json, "No conversation waits for a person.")


def _list(found: Sequence[Waiting], as_json: bool, nothing: str) -> None:
    for one in found:
        if as_json:
            sys.stdout.write(json.dumps(one) + "\n")
        else:
            about, text = plain(one["about"]), plain(one["text"], lines=True)
            sys.stdout.write(f"{one['id']} (revision {one['revision']}) for: {about}\n")
            sys.stdout.write("".join(f"    {line}\n" for line in text.splitlines()))
    if not found and not as_json:
        sys.stdout.write(f"{nothing}\n")


def show_draft(number: int, brand: str | None, as_json: bool) -> None:
    """Print one draft with all its revisions."""
    draft = asyncio.run(opened(brand).desk.draft(number))
    if draft is None:
        raise Missing(f"There is no draft {number}; `quiethand drafts` lists them.")
    if as_json:
        sys.stdout.write(json.dumps(draft) + "\n")
        return
    by = f" by {draft['decided_by']} at {draft['decided_at'][:16]}" if draft["decided_by"] else ""
    sys.stdout.write(f"Draft {number}, {draft['status']}{by}\nfor: {draft['message']['text']}\n")
    for revision in draft["revisions"]:
        answer = revision["answer"]
        sys.stdout.write(f"\nRevision {revision['number']} by {revision['author']}:\n")
        sys.stdout.write(f"{answer['text']}\n")
        for item in answer["evidence"]:
            sys.stdout.write(f'  [{item["number"]}] {item["document"]}: "{item["quote"]}"\n')


def decide(
    number: int,
    action: Action,
    revision: int | None,
    text: str,
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
    decision = decision_on(number, action, seen, text, by)
    turn = asyncio.run(house.agent.decide(decision))
    sys.stdout.write((json.dumps(public(turn)) if as_json else words(turn)) + "\n")


def decision_on(number: int, action: str, revision: int, text: str, by: str) -> Decision:
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
    )


def hand_back(conversation: str, by: str, brand: str | None, as_json: bool) -> None:
    """Give a conversation back to the agent."""
    turn = asyncio.run(opened(brand).agent.hand_back(conversation, by or getpass.getuser()))
    said = f"The agent has {conversation} again."
    sys.stdout.write((json.dumps(public(turn)) if as_json else said) + "\n")
