"""The commands about drafts and conversations that wait; every body imports what it needs."""

from typing import Annotated

import typer

from integrations.cli.options import Brand, By, Json

drafts = typer.Typer(help="Decide what waits for a person.", no_args_is_help=False)
handoffs = typer.Typer(help="Conversations that people have.")
Revision = Annotated[
    int | None, typer.Option(help="The revision you saw; left out, the one shown now.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(drafts, name="drafts")
    app.add_typer(handoffs, name="handoffs")


@drafts.callback(invoke_without_command=True)
def drafts_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List the drafts that wait."""
    if context.invoked_subcommand is None:
        from integrations.cli.desk import list_drafts

        list_drafts(brand, json)


@drafts.command("show")
def drafts_show(number: int, brand: Brand = None, json: Json = False) -> None:
    """Print a draft with its revisions, evidence and decisions."""
    from integrations.cli.desk import show_draft

    show_draft(number, brand, json)


@drafts.command("approve")
def drafts_approve(
    number: int, revision: Revision = None, by: By = "", brand: Brand = None, json: Json = False
) -> None:
    """Send a draft as it is; for a few seconds `undo` takes it back."""
    from integrations.cli.deciding import decide

    decide(number, "approve", revision, "", "", by, brand, json)


@drafts.command("edit")
def drafts_edit(
    number: int,
    text: str,
    revision: Revision = None,
    by: By = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Send your own words instead."""
    from integrations.cli.deciding import decide

    decide(number, "edit", revision, text, "", by, brand, json)


@drafts.command("reject")
def drafts_reject(
    number: int,
    why: Annotated[
        str, typer.Option(help="wrong, tone, unsafe, not_ours, duplicate or other: and words.")
    ] = "",
    revision: Revision = None,
    by: By = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Do not send it; a person takes the conversation."""
    from integrations.cli.deciding import decide

    decide(number, "reject", revision, "", why, by, brand, json)


@drafts.command("rewrite")
def drafts_rewrite(
    number: int,
    wish: Annotated[str, typer.Argument(help="shorter, no exclamation marks, more formal ...")],
    revision: Revision = None,
    by: By = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Ask for other words; the draft waits with them as its next revision."""
    from integrations.cli.deciding import decide

    decide(number, "rewrite", revision, "", wish, by, brand, json)


@drafts.command("take")
def drafts_take(
    number: int, revision: Revision = None, by: By = "", brand: Brand = None, json: Json = False
) -> None:
    """Take the conversation over instead of sending a draft."""
    from integrations.cli.deciding import decide

    decide(number, "take_over", revision, "", "", by, brand, json)


@drafts.command("undo")
def drafts_undo(number: int, by: By = "", brand: Brand = None, json: Json = False) -> None:
    """Take back what was approved, while it has not left."""
    from integrations.cli.deciding import undo

    undo(number, by, brand, json)


@drafts.command("snooze")
def drafts_snooze(
    number: int,
    until: Annotated[str, typer.Option(help="2026-11-23T09:00, in the brand's time.")] = "",
    lasting: Annotated[str, typer.Option("--for", help="30m, 2h or 3d.")] = "",
    why: Annotated[str, typer.Option(help="For whoever sees it come back.")] = "",
    by: By = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Put a draft away until a time."""
    from integrations.cli.deciding import snooze

    snooze(number, until, lasting, why, by, brand, json)


@drafts.command("assign")
def drafts_assign(
    number: int,
    to: Annotated[str, typer.Argument(help="Whose it is; - is nobody's.")],
    by: By = "",
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Give a draft to a colleague."""
    from integrations.cli.deciding import assign

    assign(number, "" if to == "-" else to, by, brand, json)


@handoffs.callback(invoke_without_command=True)
def handoffs_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List the conversations that people have."""
    if context.invoked_subcommand is None:
        from integrations.cli.desk import list_handoffs

        list_handoffs(brand, json)


@handoffs.command("take")
def handoffs_take(conversation: str, by: By = "", brand: Brand = None, json: Json = False) -> None:
    """Take a conversation that the agent has."""
    from integrations.cli.deciding import take_over

    take_over(conversation, by, brand, json)


@handoffs.command("answer")
def handoffs_answer(
    conversation: str, text: str, by: By = "", brand: Brand = None, json: Json = False
) -> None:
    """Say something yourself, in a conversation that people have."""
    from integrations.cli.gaps import answer

    answer(conversation, text, by, brand, json)


@handoffs.command("note")
def handoffs_note(
    conversation: str, text: str, by: By = "", brand: Brand = None, json: Json = False
) -> None:
    """Keep a note beside a conversation; it is never sent."""
    from integrations.cli.deciding import note

    note(conversation, text, by, brand, json)


@handoffs.command("back")
def handoffs_back(conversation: str, by: By = "", brand: Brand = None, json: Json = False) -> None:
    """Give a conversation back to the agent."""
    from integrations.cli.desk import hand_back

    hand_back(conversation, by, brand, json)
