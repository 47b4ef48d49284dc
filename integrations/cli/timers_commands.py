"""The commands about conversations that wait; every body imports what it needs."""

from typing import Annotated

import typer

from integrations.cli.options import Brand, By, Json

timers = typer.Typer(help="What is due later.", no_args_is_help=False)
Conversation = Annotated[str, typer.Argument(help="As `quiethand handoffs` names it.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (snooze, unsnooze, handback):
        app.command()(command)
    app.add_typer(timers, name="timers")


def snooze(
    conversation: Conversation,
    until: Annotated[str, typer.Option(help="2026-11-23T09:00, in the brand's time.")] = "",
    lasting: Annotated[str, typer.Option("--for", help="30m, 2h or 3d.")] = "",
    by: By = "",
    why: Annotated[str, typer.Option(help="For whoever sees it come back.")] = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Put a conversation away; it is back on the list then, or when the customer writes."""
    from integrations.cli.timers import snooze

    snooze(conversation, until, lasting, by, why, brand, json)


def unsnooze(
    conversation: Conversation, by: By = "", brand: Brand = None, json: Json = False
) -> None:
    """Take a conversation back on the list before its time."""
    from integrations.cli.timers import unsnooze

    unsnooze(conversation, by, brand, json)


def handback(
    conversation: Conversation, by: By = "", brand: Brand = None, json: Json = False
) -> None:
    """Give a conversation back to the agent; the same as `handoffs back`."""
    from integrations.cli.desk import hand_back

    hand_back(conversation, by, brand, json)


@timers.callback(invoke_without_command=True)
def timers_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List what is due later, the next first."""
    if context.invoked_subcommand is None:
        from integrations.cli.timers import list_timers

        list_timers(brand, json)


@timers.command("retry")
def timers_retry(number: int, brand: Brand = None, json: Json = False) -> None:
    """Try one again that failed too often."""
    from integrations.cli.timers import retry

    retry(number, brand, json)
