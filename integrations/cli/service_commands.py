"""The commands of the running service; every body imports what it needs."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from integrations.cli.channels_commands import channels
from integrations.cli.options import Brand, By, Json

if TYPE_CHECKING:
    from integrations.service.nursery import Born

deadletters = typer.Typer(help="What could not be handled or sent.", no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (up, serve, worker):
        app.command()(command)
    app.add_typer(deadletters, name="deadletters")
    app.add_typer(channels, name="channels")


Host = Annotated[str, typer.Option(help="Where to listen; others than you need more.")]
Port = Annotated[int, typer.Option(min=1, max=65535)]
Channels = Annotated[Path | None, typer.Option(help="Left out, channels.toml in the data folder.")]


def up(
    brand: Brand = None,
    host: Host = "127.0.0.1",
    port: Port = 8321,
    workers: Annotated[
        int,
        typer.Option("--workers", "-n", min=0, max=64, help="Processes; 0 works in this one."),
    ] = 2,
    channels: Channels = None,
) -> None:
    """Run everything: web, senders, listeners, and workers that take turns."""
    with _nursery(workers) as born:
        from integrations.cli.up import Options, run

        run(Options(brand, host, port, workers, workers == 0, channels, born))


def serve(
    brand: Brand = None, host: Host = "127.0.0.1", port: Port = 8321, channels: Channels = None
) -> None:
    """Run only what speaks with the world; turns are taken by `quiethand worker`."""
    with _nursery(0):
        from integrations.cli.up import Options, run

        run(Options(brand, host, port, 0, False, channels))


def worker(
    brand: Brand = None,
    workers: Annotated[int, typer.Option("-n", min=1, max=64, help="Processes.")] = 1,
) -> None:
    """Take turns, for a web face that runs elsewhere."""
    with _nursery(workers - 1) as born:
        from integrations.cli.worker import run

        run(brand, workers, born)


@contextmanager
def _nursery(others: int) -> "Iterator[Born | None]":
    """Start what imports for other processes before anything is imported here."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until we serve, it ends us without a word
    if not others:
        yield None
        return
    from integrations.service.nursery import nursery

    with nursery() as born:
        yield born


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
    """Try one again; a send then counts as approved by you, even one that may have gone out."""
    from integrations.cli.deadletters import replay

    replay(letter, by, brand, json)
