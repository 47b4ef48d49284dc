"""The first face of a reviewer: drafts and handoffs in the terminal."""

import asyncio
import getpass
import json
import sys
from collections.abc import Sequence

from integrations.cli.house import opened, public
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
        note = f" ({plain(revision['note'])})" if revision["note"] else ""
        sys.stdout.write(f"\nRevision {revision['number']} by {revision['author']}{note}:\n")
        sys.stdout.write(f"{answer['text']}\n")
        for item in answer["evidence"]:
            sys.stdout.write(f'  [{item["number"]}] {item["document"]}: "{item["quote"]}"\n')
        for found in revision["findings"]:
            mark = "!" if found["blocks"] else "-"
            sys.stdout.write(f"  {mark} {plain(found['says'])}\n")
    for one in draft["decisions"]:
        why = f": {plain(one['reason'])}" if one["reason"] else ""
        what = one["action"].replace("_", " ")
        sys.stdout.write(
            f"{one['at'][:16]} {one['by']}: {what} (revision {one['revision']}){why}\n"
        )


def hand_back(conversation: str, by: str, brand: str | None, as_json: bool) -> None:
    """Give a conversation back to the agent."""
    turn = asyncio.run(opened(brand).reviewing.hand_back(conversation, by or getpass.getuser()))
    said = f"The agent has {conversation} again."
    sys.stdout.write((json.dumps(public(turn)) if as_json else said) + "\n")
