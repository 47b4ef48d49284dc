"""The commands about privacy requests; every body imports what it needs."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.options import Brand, Json

Decider = Annotated[
    str | None, typer.Option("--by", help="Who decides, for the record; else your login name.")
]
requests = typer.Typer(help="What customers asked about their personal data.")


@requests.callback(invoke_without_command=True)
def requests_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List the requests that wait for a person."""
    if context.invoked_subcommand is None:
        from integrations.cli.requests import list_requests

        list_requests(brand, json)


@requests.command("approve")
def requests_approve(
    number: int,
    by: Decider = None,
    out: Annotated[Path | None, typer.Option(help="Where to write an export.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, and change nothing.")] = False,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Carry a request out: erase, after a question, or write the file that you send."""
    from integrations.cli.erasing import decider
    from integrations.cli.privacy import cellar
    from integrations.cli.requests import agreed_to, approve_request

    by, open_ = decider(by), cellar(brand)
    if agreed_to(open_, number, yes, dry_run, json):
        approve_request(open_, number, by, out, json)


@requests.command("reject")
def requests_reject(
    number: int,
    why: Annotated[str, typer.Option(help="What the customer is told.")],
    by: Decider = None,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Close a request without carrying it out, and tell the customer why."""
    from integrations.cli.erasing import decider
    from integrations.cli.requests import reject_request

    reject_request(number, why, decider(by), brand, json)
