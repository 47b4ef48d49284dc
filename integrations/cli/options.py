"""Options that several commands have."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Brand = Annotated[str | None, typer.Option(help="A bundled brand or a brand folder.")]
By = Annotated[str, typer.Option(help="Who decides, for the record.")]
