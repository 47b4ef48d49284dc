"""Erase a person from the terminal: counts, a question, the deed, and what a search found."""

import getpass
import json
import sys
from pathlib import Path
from typing import Any

import typer

from integrations.cli.privacy import cellar, show
from integrations.cli.terminal import plain
from integrations.erasing import person
from integrations.store.erasure import Erased, about_to_erase, again, erase, erased
from integrations.store.missing import Missing
from integrations.store.vault import Vault


def erase_contact(
    name: str, by: str | None, yes: bool, dry: bool, only: bool, brand: str | None, as_json: bool
) -> None:
    """Show what there is of a person, ask, and erase it; linked contacts are the person's too."""
    if not name:
        raise Missing("Say whom to erase: quiethand erase CONTACT.")
    by, open_ = decider(by), cellar(brand)
    vault = open_.vault
    contacts = person(vault, name, only)
    if agreed(vault, contacts or [name], yes, dry, as_json):
        _report([erase(vault, one, by, open_.settings.data) for one in contacts], as_json)


def decider(by: str | None) -> str:
    """Return who decides: whoever is named, or else the user's login name."""
    if by is not None and not by.strip():
        raise Missing("Say who decides: --by NAME.")
    return getpass.getuser() if by is None else by


def agreed(vault: Vault, names: list[str], yes: bool, dry: bool, as_json: bool) -> bool:
    """Show what there is of a person's contacts, and ask; of a dry run nothing is erased."""
    there = [about_to_erase(vault, name) for name in names]
    if dry:
        for contact, counts in there:
            row = {"contact": contact, "would_erase": counts}
            show(row, as_json, f"Would erase of {plain(contact)}: {_words(counts)}.")
    elif not yes:
        for contact, counts in there:
            sys.stderr.write(f"Of {plain(contact)} there is: {_words(counts)}.\n")
        if len(there) > 1:
            sys.stderr.write("They are linked: one person. --only leaves the others alone.\n")
        typer.confirm("Erase all of it, for ever?", abort=True, err=True)
    return not dry


def list_erasures(brand: str | None) -> None:
    """Print the erasures as JSON, for a place apart from the backups."""
    sys.stdout.write(json.dumps(erased(cellar(brand).engine), indent=2) + "\n")


def replay(file: Path, by: str | None, brand: str | None, as_json: bool) -> None:
    """Erase again whom a restored backup brought back."""
    try:
        recorded = json.loads(file.read_text(encoding="utf-8"))
        known = [{"contact": str(one["contact"]), "at": str(one["at"])} for one in recorded]
    except (ValueError, TypeError, KeyError) as error:
        raise Missing(f"{file} is no list that `quiethand erase --list` wrote.") from error
    by, open_ = decider(by), cellar(brand)
    done = again(open_.vault, known, by, open_.settings.data)
    if not done:
        show({"erased": {}}, as_json, "Nobody on this list is here.")
    _report(done, as_json)


def _report(done: list[Erased], as_json: bool) -> None:
    for one in done:
        show(_row(one), as_json, _said(one))
    if any(one.found for one in done):
        sys.exit(1)


def _row(done: Erased) -> dict[str, Any]:
    places = [f"{one.token} in {one.place}" for one in done.found]
    return {
        "erased": done.counts,
        "searched": done.searched,
        "found": len(done.found),
        "places": places,
        "published": done.published,
        "compacted": done.compacted,
    }


def _said(done: Erased) -> str:
    lines = [
        f"Erased {done.contact}: {_words(done.counts)}.",
        f"Searched for {done.searched} values everywhere, found {len(done.found)}.",
    ]
    lines += [f"  still there: what was {one.token}, in {one.place}" for one in done.found]
    lines += [f"  published in the help centre: what was {one}" for one in done.published]
    if not done.compacted:
        lines.append("Another process has the database open; sealed remains go when it lets go.")
    return "\n".join(lines)


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing"
