"""Privacy requests in the terminal: seen, approved, rejected."""

import asyncio
import getpass
import json
import sys
from pathlib import Path

from integrations.cli.house import opened
from integrations.cli.terminal import plain


def list_requests(brand: str | None, as_json: bool) -> None:
    """Print an open request a line."""
    found = asyncio.run(opened(brand).requests.waiting())
    for one in found:
        line = f"{one['number']} {one['kind']} {plain(one['conversation'])} ({one['at'][:16]})"
        sys.stdout.write((json.dumps(one) if as_json else line) + "\n")
    if not found and not as_json:
        sys.stdout.write("No privacy request waits.\n")


def approve_request(
    number: int, by: str, out: Path | None, brand: str | None, as_json: bool
) -> None:
    """Carry a request out, and say what came of it."""
    done = asyncio.run(opened(brand).requests.approve(number, by or getpass.getuser(), out))
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
    done = asyncio.run(opened(brand).requests.reject(number, by or getpass.getuser(), why))
    if as_json:
        sys.stdout.write(json.dumps({"number": number, "untold": done.untold}) + "\n")
        return
    told = f"The customer was not told: {done.untold}" if done.untold else "The customer is told."
    sys.stdout.write(f"Request {number} is rejected. {told}\n")
