"""The commands about the brand's voice; every body imports what it needs."""

from typing import Annotated

import typer

from integrations.cli.options import Brand, By, Json

voice = typer.Typer(help="How the brand sounds, and what edits teach about it.")
Network = Annotated[str, typer.Option(help="A network such as linkedin; left out, messages.")]


@voice.callback(invoke_without_command=True)
def voice_show_first(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """Show the rules of the voice."""
    if context.invoked_subcommand is None:
        from integrations.cli.voice import show

        show("", brand, json)


@voice.command("show")
def voice_show(network: Network = "", brand: Brand = None, json: Json = False) -> None:
    """Print the rules that hold, and those that wait for a decision."""
    from integrations.cli.voice import show

    show(network, brand, json)


@voice.command("learn")
def voice_learn(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look, and keep nothing.")] = False,
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Look for rules in the edits that people approved."""
    from integrations.cli.voice import learn

    learn(dry_run, brand, json)


@voice.command("check")
def voice_check(
    text: Annotated[str, typer.Argument(help="The text; - reads it from stdin.")],
    network: Network = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Score a text, say why, and what could stand there."""
    from integrations.cli.voice import check

    check(text, network, brand, json)


@voice.command("approve")
def voice_approve(number: int, by: By = "", brand: Brand = None, json: Json = False) -> None:
    """Let a proposed rule hold from now on."""
    from integrations.cli.voice import decide

    decide("approve", number, by, brand, json)


@voice.command("refuse")
def voice_refuse(number: int, by: By = "", brand: Brand = None, json: Json = False) -> None:
    """Let a proposed rule not hold."""
    from integrations.cli.voice import decide

    decide("refuse", number, by, brand, json)


@voice.command("undo")
def voice_undo(number: int, by: By = "", brand: Brand = None, json: Json = False) -> None:
    """Take back what was decided about a rule."""
    from integrations.cli.voice import decide

    decide("undo", number, by, brand, json)
