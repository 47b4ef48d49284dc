"""The commands about gaps and tasks; every body imports what it needs."""

import typer

from integrations.cli.options import Brand, By, Json

gaps = typer.Typer(help="Questions that we could not answer.")
tasks = typer.Typer(help="Promises that somebody has to keep.")


@gaps.callback(invoke_without_command=True)
def gaps_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List the questions that no article answers, in groups."""
    if context.invoked_subcommand is None:
        from integrations.cli.gaps import list_gaps

        list_gaps(brand, json)


@gaps.command("draft")
def gaps_draft(number: int, brand: Brand = None, json: Json = False) -> None:
    """Outline an article from what colleagues answered by hand."""
    from integrations.cli.gaps import draft_gap

    draft_gap(number, brand, json)


@gaps.command("approve")
def gaps_approve(number: int, brand: Brand = None, json: Json = False) -> None:
    """Put the article into the help centre, and ask the questions again."""
    from integrations.cli.gaps import approve_gap

    approve_gap(number, brand, json)


@gaps.command("dismiss")
def gaps_dismiss(number: int, brand: Brand = None, json: Json = False) -> None:
    """Close a group of questions without an article."""
    from integrations.cli.gaps import dismiss_gap

    dismiss_gap(number, brand, json)


@tasks.callback(invoke_without_command=True)
def tasks_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List the promises that wait."""
    if context.invoked_subcommand is None:
        from integrations.cli.gaps import list_tasks

        list_tasks(brand, json)


@tasks.command("done")
def tasks_done(number: int, by: By = "", brand: Brand = None, json: Json = False) -> None:
    """Tick a promise off."""
    from integrations.cli.gaps import task_done

    task_done(number, by, brand, json)
