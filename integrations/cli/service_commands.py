"""The commands of the running service; every body imports what it needs."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.options import Brand, By, Json

deadletters = typer.Typer(help="What could not be handled or sent.", no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(up)
    app.add_typer(deadletters, name="deadletters")


def up(
    brand: Brand = None,
    host: Annotated[str, typer.Option(help="Where to listen; others than you need more.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8321,
    workers: Annotated[int, typer.Option("--workers", "-n", min=1, max=64)] = 2,
    channels: Annotated[
        Path | None, typer.Option(help="Left out, channels.toml in the data folder.")
    ] = None,
) -> None:
    """Run everything in one process: web, workers, senders, listeners."""
    from integrations.cli.up import run

    run(brand, host, port, workers, channels)


@deadletters.callback(invoke_without_command=True)
def deadletters_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List what needs a person: arrivals that failed, sends that failed or are unknown."""
    if context.invoked_subcommand is None:
        from integrations.cli.deadletters import list_dead

        list_dead(brand, json)


@deadletters.command("replay")
def deadletters_replay(
    letter: Annotated[str, typer.Argument(help="As the list names it: in:7 or out:12.")],
    by: By = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Try one again; a send that may have gone out is only tried again when you ask for it."""
    from integrations.cli.deadletters import replay

    replay(letter, by, brand, json)
