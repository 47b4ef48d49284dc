"""Who is whom, in the terminal."""

import json
import sys
from dataclasses import asdict
from typing import Any

from integrations.cli.privacy import cellar, show
from integrations.cli.terminal import plain
from integrations.contacts import People


def show_person(name: str, brand: str | None, as_json: bool) -> None:
    """Print a person's contacts, conversations and links."""
    found = _people(brand).show(name)
    show(found, as_json, "\n".join(_person(found)))


def show_history(name: str, brand: str | None, as_json: bool) -> None:
    """Print what was said, a line each."""
    for line in _people(brand).history(name):
        where = f"{line['at'][:16]} {plain(line['channel'])} {line['who']}"
        text = json.dumps(line) if as_json else f"{where}: {plain(line['text'])}"
        sys.stdout.write(text + "\n")


def ask(name: str, other: str, by: str, dry: bool, brand: str | None, as_json: bool) -> None:
    """Send a code, and say where it is to be typed."""
    asked = _people(brand).ask(name, other, by, dry)
    sends = "Would send a code" if dry else "A code goes"
    said = (
        f"{sends} to {plain(asked.sent_to)}; they type it in {plain(asked.typed_in)} "
        f"within {asked.minutes} minutes."
    )
    show({**asdict(asked), "dry_run": dry}, as_json, said)


def unlink(link: int, by: str, dry: bool, brand: str | None, as_json: bool) -> None:
    """Undo a link."""
    found = _people(brand).unlink(link, by, dry)
    undone = "Would undo" if dry else "Undone"
    said = f"{undone}: {plain(found['contact'])} and {plain(found['person'])} are one person."
    show({**found, "dry_run": dry}, as_json, said)


def _people(brand: str | None) -> People:
    open_ = cellar(brand)
    return People(open_.vault, open_.brand.settings.name)


def _person(found: dict[str, Any]) -> list[str]:
    said = []
    for contact in found["contacts"]:
        out = f" (said stop at {contact['opted_out'][:16]})" if contact["opted_out"] else ""
        said.append(f"{plain(contact['contact'])}{out}")
        for one in contact["conversations"]:
            owner = "the agent" if one["owner"] == "agent" else "a person"
            last = one["updated_at"][:16]
            said.append(f"  {plain(one['conversation'])} on {one['channel']}, {owner}, last {last}")
    for link in found["links"]:
        pair = f"{plain(link['contact'])} = {plain(link['person'])}"
        said.append(f"link {link['id']} ({link['origin']}, {link['at'][:16]}): {pair}")
        said.append(f"  {plain(link['shown'])}")
    return said
