"""Privacy requests in the terminal: seen, approved, rejected."""

import asyncio
import json
import sys
from pathlib import Path

from integrations.cli.erasing import agreed
from integrations.cli.privacy import Cellar, cellar, now, show
from integrations.cli.terminal import plain
from integrations.erasing import VaultErasing, person
from integrations.requests import PrivacyDesk
from integrations.store.requests import SqlRequests


def list_requests(brand: str | None, as_json: bool) -> None:
    """Print an open request a line."""
    found = asyncio.run(_asked(cellar(brand)).waiting())
    for one in found:
        whose = f"{plain(one['contact']) or 'nobody'} in {plain(one['conversation'])}"
        line = f"{one['number']} {one['kind']} of {whose} ({one['at'][:16]})"
        sys.stdout.write((json.dumps(one) if as_json else line) + "\n")
    if not found and not as_json:
        sys.stdout.write("No privacy request waits.\n")


def agreed_to(open_: Cellar, number: int, yes: bool, dry: bool, as_json: bool) -> bool:
    """Ask before an erasure; a dry run only says what would be done."""
    requests = _asked(open_)
    request = asyncio.run(requests.open(number))
    contact = request["contact"]
    if request["kind"] == "erase":
        contacts = person(open_.vault, contact)
        return not dry if not contacts else agreed(open_.vault, contacts, yes, dry, as_json)
    if dry:
        row = {"contact": contact, "would_export": True}
        show(row, as_json, f"Would write a copy of what is kept of {plain(contact)}.")
    return not dry


def approve_request(open_: Cellar, number: int, by: str, out: Path | None, as_json: bool) -> None:
    """Carry a request out, and say what came of it."""
    done = asyncio.run(_quiet(open_).approve(number, by, out))
    file = str(done.file) if done.file else ""
    if as_json:
        row = {"number": number, "kind": done.request["kind"], "report": done.report, "file": file}
        sys.stdout.write(json.dumps(row) + "\n")
    elif file:
        where = plain(done.request["conversation"])
        sys.stdout.write(f"Request {number}: {file} is for the customer of {where}; send it.\n")
    else:
        counts = ", ".join(f"{name} {count}" for name, count in done.report.items())
        sys.stdout.write(f"Request {number} is carried out: {counts}.\n")
    if done.report.get("found"):
        sys.exit(1)  # something of theirs is still there


def reject_request(number: int, why: str, by: str, brand: str | None, as_json: bool) -> None:
    """Close a request, and say whether the customer knows."""
    from integrations.cli.house import opened  # the agent tells the customer

    done = asyncio.run(opened(brand).requests.reject(number, by, why))
    if as_json:
        sys.stdout.write(json.dumps({"number": number, "untold": done.untold}) + "\n")
        return
    told = f"The customer was not told: {done.untold}" if done.untold else "The customer is told."
    sys.stdout.write(f"Request {number} is rejected. {told}\n")


def _asked(open_: Cellar) -> SqlRequests:
    return SqlRequests(open_.engine, now)


def _quiet(open_: Cellar) -> PrivacyDesk:
    """Open the desk without the agent; nothing is said from it."""
    folder = open_.settings.data
    return PrivacyDesk(_asked(open_), VaultErasing(open_.vault, folder), None, folder / "requests")
