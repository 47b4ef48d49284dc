"""The commands of backups; every body imports what it needs."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.options import Brand, Json

Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Check everything, and change nothing.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="A new file, as backup.tar.gz.")],
    brand: Brand = None,
    channels: Annotated[
        Path | None, typer.Option(help="Left out, channels.toml in the data folder.")
    ] = None,
    force: Force = False,
    dry_run: Dry = False,
    json: Json = False,
) -> None:
    """Store everything that cannot be built again, while the service runs; never the master key."""
    from integrations.cli.backup import make

    make(file, brand, channels, force, dry_run, json)


def restore(
    file: Annotated[Path, typer.Argument(help="What `quiethand backup` wrote.")],
    brand: Brand = None,
    erasures: Annotated[
        Path | None, typer.Option(help="A list of `quiethand erase --list`, newer than the backup.")
    ] = None,
    force: Force = False,
    dry_run: Dry = False,
    json: Json = False,
) -> None:
    """Bring a backup back; who was erased since is erased again. Stop the service first."""
    from integrations.cli.backup import bring_back

    bring_back(file, brand, erasures, force, dry_run, json)
