"""The commands about who is whom; every body imports what it needs."""

from typing import Annotated

import typer

from integrations.cli.options import Brand, By, Json

contacts = typer.Typer(help="Who is whom on several channels.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A contact, or a conversation of theirs.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Look, and change nothing.")]


@contacts.command("show")
def contacts_show(name: Name, brand: Brand = None, json: Json = False) -> None:
    """List a person's contacts and conversations, and what shows that they are one person."""
    from integrations.cli.contacts import show_person

    show_person(name, brand, json)


@contacts.command("history")
def contacts_history(name: Name, brand: Brand = None, json: Json = False) -> None:
    """Print what was said on all of a person's channels; placeholders stay."""
    from integrations.cli.contacts import show_history

    show_history(name, brand, json)


@contacts.command("link")
def contacts_link(
    contact: Name,
    other: Annotated[str, typer.Argument(help="The contact or conversation that gets the code.")],
    by: By = "",
    dry_run: Dry = False,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Send a code to OTHER; typed in CONTACT's conversation, it shows that both are one person."""
    from integrations.cli.contacts import ask

    ask(contact, other, by, dry_run, brand, json)


@contacts.command("unlink")
def contacts_unlink(
    link: Annotated[int, typer.Argument(help="The link's number, as `contacts show` prints it.")],
    by: By = "",
    dry_run: Dry = False,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Take a link away; the same signed id does not bring it back."""
    from integrations.cli.contacts import unlink

    unlink(link, by, dry_run, brand, json)
