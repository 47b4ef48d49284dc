"""The commands about personal data and its keys; every body imports what it needs."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.options import Brand, By, Json

keys = typer.Typer(help="The master key of the vault.", no_args_is_help=True)

Only = Annotated[bool, typer.Option("--only", help="This contact, without those linked with it.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Count, and change nothing.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(keys, name="keys")
    for command in (redact, erase, export, reveal, retention):
        app.command()(command)


def redact(
    text: Annotated[str, typer.Argument(help="The text; - reads one a line from stdin.")],
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Show what of a text would be stored and read by a model; keeps nothing."""
    from integrations.cli.redact import run

    run(text, brand, json)


def erase(
    contact: Annotated[str, typer.Argument(help="A contact, or a conversation of theirs.")] = "",
    by: Annotated[str | None, typer.Option(help="Who decides; else your login name.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Dry = False,
    only: Only = False,
    listed: Annotated[bool, typer.Option("--list", help="Print what was erased, as JSON.")] = False,
    replay: Annotated[
        Path | None, typer.Option(help="Erase again what such a list names, after a backup.")
    ] = None,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Erase a person: rows, key, and a search that shows it; exit 1 when something stays."""
    from integrations.cli import erasing

    if listed:
        erasing.list_erasures(brand)
    elif replay:
        erasing.replay(replay, by, brand, json)
    else:
        erasing.erase_contact(contact, by, yes, dry_run, only, brand, json)


def export(
    contact: Annotated[str, typer.Argument(help="A contact, or a conversation of theirs.")],
    out: Annotated[Path | None, typer.Option(help="A new file; left out, the terminal.")] = None,
    by: By = "",
    only: Only = False,
    brand: Brand = None,
) -> None:
    """Give a person what is kept about them, as JSON, with their own words restored."""
    from integrations.cli.privacy import export_contact

    export_contact(contact, out, by, only, brand)


def reveal(
    conversation: str,
    token: Annotated[str, typer.Argument(help="A placeholder, as <EMAIL_1> or EMAIL_1.")],
    by: Annotated[str, typer.Option(help="Who looks, for the record.")],
    why: Annotated[str, typer.Option(help="Why, for the record; nothing personal.")],
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Show the original of one placeholder; who looked and why is kept."""
    from integrations.cli.privacy import reveal_one

    reveal_one(conversation, token, by, why, brand, json)


def retention(brand: Brand = None, dry_run: Dry = False, json: Json = False) -> None:
    """Delete what is older than the brand keeps it; it also runs by itself once a day."""
    from integrations.cli.privacy import sweep_now

    sweep_now(brand, dry_run, json)


@keys.command("new")
def keys_new(json: Json = False) -> None:
    """Print a fresh master key; keep it in a file that only you can read."""
    from integrations.cli.privacy import print_key

    print_key(json)


@keys.command("rotate")
def keys_rotate(
    newfile: Annotated[Path, typer.Argument(help="The file with the new key.")],
    brand: Brand = None,
    dry_run: Dry = False,
    json: Json = False,
) -> None:
    """Lock the vault with a new master key; the old one must still be set."""
    from integrations.cli.privacy import rotate_to

    rotate_to(newfile, brand, dry_run, json)
