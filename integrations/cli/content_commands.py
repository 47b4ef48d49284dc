"""The commands about what is published; every body imports what it needs."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.options import Brand, Json


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(draft)
    app.command()(calendar)
    app.command()(curate)


def draft(
    text: Annotated[str, typer.Argument(help='As in "three LinkedIn posts about summaries".')],
    brand: Brand = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it and keep nothing.")] = False,
    json: Json = False,
) -> None:
    """Draft posts, replies, briefs or a plan from your own articles; people approve them."""
    from integrations.cli.content import draft as run

    run(text, brand, dry_run, json)


def calendar(
    about: Annotated[str, typer.Option(help="Draft a plan about this topic first.")] = "",
    weeks: Annotated[int, typer.Option(min=1, max=6, help="How many weeks.")] = 1,
    starts: Annotated[str, typer.Option(help="The first day; left out, next Monday.")] = "",
    csv: Annotated[Path | None, typer.Option(help="Write the plan into this table.")] = None,
    ical: Annotated[Path | None, typer.Option(help="Write the plan into this calendar.")] = None,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Show the posts that are planned, and hand them out as CSV or iCal."""
    from integrations.cli.content import plan

    plan(about, weeks, starts, brand, csv, ical, json)


def curate(
    feeds: Annotated[
        list[str] | None, typer.Argument(help="Addresses of RSS or Atom feeds.")
    ] = None,
    about: Annotated[str, typer.Option(help="The topic; left out, what the brand is about.")] = "",
    most: Annotated[int, typer.Option(min=1, max=50, help="How many.")] = 10,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Pick what is worth sharing from feeds, with why, how fresh, and whom to credit."""
    from integrations.cli.curate import run

    run(feeds or [], about, most, brand, json)
