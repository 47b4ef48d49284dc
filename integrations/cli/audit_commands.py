"""The commands about the audit log; every body imports what it needs."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.options import Brand, Json

audit = typer.Typer(help="Who did what, sealed entry by entry.", no_args_is_help=True)


@audit.command("verify")
def audit_verify(
    seal: Annotated[
        str, typer.Option(help="A seal you noted; says whether what it sealed is unchanged.")
    ] = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Check every seal; exit 1 when an entry was changed or taken out."""
    from integrations.cli.audit import verify

    verify(seal, brand, json)


@audit.command("export")
def audit_export(
    out: Annotated[Path | None, typer.Option(help="A file; left out, standard output.")] = None,
    brand: Brand = None,
) -> None:
    """Write all entries, one JSON object a line, oldest first."""
    from integrations.cli.audit import export

    export(out, brand)
