"""The commands about privacy requests; every body imports what it needs."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.options import Brand, By, Json

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
    by: By = "",
    out: Annotated[Path | None, typer.Option(help="Where to write an export.")] = None,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Carry a request out: erase, or write the file that you send."""
    from integrations.cli.requests import approve_request

    approve_request(number, by, out, brand, json)


@requests.command("reject")
def requests_reject(
    number: int,
    why: Annotated[str, typer.Option(help="What the customer is told.")],
    by: By = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Close a request without carrying it out, and tell the customer why."""
    from integrations.cli.requests import reject_request

    reject_request(number, why, by, brand, json)
