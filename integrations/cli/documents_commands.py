"""The commands around documents; every body imports what it needs."""

from typing import Annotated

import typer

from integrations.cli.options import Brand, Json

documents = typer.Typer(help="What the agent may quote.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="A document's id, as `documents list` prints it.")]


def ingest(
    what: Annotated[
        list[str],
        typer.Argument(help="Files, folders, zips, pages, sitemaps, or lists of addresses."),
    ],
    dry_run: Annotated[bool, typer.Option(help="Say what would happen; change nothing.")] = False,
    max_mb: Annotated[float, typer.Option(help="The largest file that is read.", min=0.001)] = 50,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Bring documents in; a second run reads what is new or changed, and drops what is gone."""
    from integrations.cli.ingest import run

    run(what, brand, dry_run, max_mb, json)


@documents.command("list")
def documents_list(brand: Brand = None, json: Json = False) -> None:
    """List the documents."""
    from integrations.cli.documents import list_documents

    list_documents(brand, json)


@documents.command("show")
def documents_show(id: Id, brand: Brand = None, json: Json = False) -> None:
    """Print a document with the anchors of its passages."""
    from integrations.cli.documents import show

    show(id, brand, json)


@documents.command("remove")
def documents_remove(id: Id, brand: Brand = None, json: Json = False) -> None:
    """Take a document out, until its source is ingested again."""
    from integrations.cli.documents import remove

    remove(id, brand, json)


@documents.command("check")
def documents_check(brand: Brand = None, json: Json = False) -> None:
    """Find what is stale, ownerless, expired, doubled, contradicting or planted."""
    from integrations.cli.documents import check

    check(brand, json)
