"""What we could not answer, and what was promised: seen and settled in the terminal."""

import asyncio
import getpass
import json
import sys
from typing import Any

from integrations.cli.house import opened, public
from integrations.cli.terminal import plain
from integrations.gaps import EXAMPLES
from integrations.groups import Group
from integrations.wiring import House


def list_gaps(brand: str | None, as_json: bool) -> None:
    """Print a group of questions a line, the most frequent first."""
    groups = asyncio.run(opened(brand).gaps.groups())
    for group in groups:
        sys.stdout.write(json.dumps(_public(group)) + "\n" if as_json else _shown(group))
    if not groups and not as_json:
        sys.stdout.write("No question waits for an article.\n")


def draft_gap(number: int, brand: str | None, as_json: bool) -> None:
    """Write an outline, and print it with its place."""
    file = asyncio.run(opened(brand).gaps.draft(number))
    text = file.read_text(encoding="utf-8")
    if as_json:
        sys.stdout.write(json.dumps({"file": str(file), "text": text}) + "\n")
        return
    sys.stdout.write(f"{text}\n{file}\nEdit it, then: quiethand gaps approve {number}\n")


def approve_gap(number: int, brand: str | None, as_json: bool) -> None:
    """Make the outline an article, and say which questions it answers."""
    document, asked = asyncio.run(opened(brand).gaps.approve(number))
    if as_json:
        rows = [{"question": question, "answered": known} for question, known in asked]
        sys.stdout.write(json.dumps({"document": document, "asked": rows}) + "\n")
        return
    known = sum(known for _, known in asked)
    sys.stdout.write(f"{document} is in the help centre; it answers {known} of {len(asked)}.\n")
    for question, answered in asked:
        sys.stdout.write(f"{'yes' if answered else 'NO '} {plain(question)}\n")


def dismiss_gap(number: int, brand: str | None, as_json: bool) -> None:
    """Close a group without an article."""
    group = asyncio.run(opened(brand).gaps.dismiss(number))
    if as_json:
        sys.stdout.write(json.dumps(_public(group)) + "\n")
    else:
        sys.stdout.write(f"Closed {len(group.gaps)} questions like: {plain(group.question)}\n")


def list_tasks(brand: str | None, as_json: bool) -> None:
    """Print the promises that somebody has to keep."""
    tasks = asyncio.run(opened(brand).todo.tasks())
    for task in tasks:
        line = f"{task['id']} {task['conversation']} ({task['at'][:16]}): {plain(task['text'])}"
        sys.stdout.write((json.dumps(task) if as_json else line) + "\n")
    if not tasks and not as_json:
        sys.stdout.write("No promise waits.\n")


def task_done(number: int, by: str, brand: str | None, as_json: bool) -> None:
    """Tick a promise off."""
    asyncio.run(opened(brand).todo.done(number, by or getpass.getuser()))
    sys.stdout.write(
        (json.dumps({"done": number}) if as_json else f"Task {number} is done.") + "\n"
    )


def answer(conversation: str, text: str, by: str, brand: str | None, as_json: bool) -> None:
    """Say something as a person, in a conversation that people have."""
    house: House = opened(brand)
    turn = asyncio.run(house.reviewing.speak(conversation, text, by or getpass.getuser()))
    said = json.dumps(public(turn)) if as_json else f"Said in {conversation}."
    sys.stdout.write(f"{said}\n")


def _public(group: Group) -> dict[str, Any]:
    return {
        "number": group.number,
        "question": group.question,
        "count": len(group.gaps),
        "examples": [gap.question for gap in group.gaps[:EXAMPLES]],
        "nearest": group.nearest,
        "doubts": group.doubts,
    }


def _shown(group: Group) -> str:
    head = f"{group.number} ({len(group.gaps)} times): {plain(group.question)}\n"
    others = [gap.question for gap in group.gaps if gap.question != group.question][:EXAMPLES]
    lines = [f"also: {plain(one)}" for one in dict.fromkeys(others)]
    lines += [f"nearest: {group.nearest} ({plain(group.title)})"] * bool(group.nearest)
    lines += [f"doubt: {plain(one)}" for one in group.doubts]
    return head + "".join(f"    {line}\n" for line in lines)
