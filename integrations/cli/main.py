"""The command line. Every body imports what it needs, so that --help stays quick."""

import gc
from pathlib import Path
from typing import Annotated, Literal

import typer

from integrations.cli.backup_commands import register as register_backup
from integrations.cli.bench_commands import bench
from integrations.cli.contacts_commands import contacts
from integrations.cli.documents_commands import documents, ingest
from integrations.cli.gaps_commands import gaps, tasks
from integrations.cli.options import Brand, By, Json
from integrations.cli.privacy_commands import register as register_privacy
from integrations.cli.requests_commands import requests
from integrations.cli.service_commands import register as register_service
from integrations.cli.timers_commands import register as register_timers

app = typer.Typer(
    name="quiethand",
    help="A conversational agent for social media teams, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
drafts = typer.Typer(help="Decide what waits for a person.", no_args_is_help=False)
handoffs = typer.Typer(help="Conversations that people have.")
app.add_typer(drafts, name="drafts")
app.add_typer(handoffs, name="handoffs")
app.add_typer(bench, name="bench")
app.add_typer(contacts, name="contacts")
app.add_typer(documents, name="documents")
app.add_typer(gaps, name="gaps")
app.add_typer(tasks, name="tasks")
register_timers(app)
register_privacy(app)
register_service(app)
register_backup(app)
app.add_typer(requests, name="requests")

As = Annotated[
    Literal["customer", "team"], typer.Option("--as", help="Who is writing: customer or team.")
]
Revision = Annotated[
    int | None, typer.Option(help="The revision you saw; left out, the one shown now.")
]


@app.command()
def chat(
    brand: Brand = None,
    who: As = "customer",
    conversation: Annotated[str | None, typer.Option(help="Go on with this one.")] = None,
) -> None:
    """Talk to the agent; /why explains the last turn, /help lists the rest."""
    from integrations.cli.chat import run

    run(brand, who, conversation)


@app.command()
def say(
    text: Annotated[str, typer.Argument(help="The message; - reads one a line from stdin.")],
    brand: Brand = None,
    who: As = "customer",
    conversation: Annotated[str | None, typer.Option(help="Go on with this one.")] = None,
    channel: Annotated[str, typer.Option(help="The channel it comes from.")] = "terminal",
    contact: Annotated[str, typer.Option(help="Who writes, by an id of the channel's.")] = "",
    name: Annotated[str, typer.Option(help="Their name, as the channel shows it.")] = "",
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line; placeholders stay.")
    ] = False,
) -> None:
    """Take one turn and print its outcome."""
    from integrations.cli.say import run

    run(text, brand, who, conversation, channel, contact, name, json)


@app.command()
def why(
    turn: Annotated[str, typer.Argument(help="A turn's id, as `say --json` prints it.")],
    brand: Brand = None,
    json: Json = False,
) -> None:
    """Explain a turn: what was found, which rule decided, on what evidence."""
    from integrations.cli.why import run

    run(turn, brand, json)


@app.command()
def label(
    file: Annotated[Path, typer.Argument(help="CSV, JSONL or Parquet with a column of texts.")],
    out: Annotated[Path, typer.Option(help="Where to write; the ending says the format.")],
    text_column: Annotated[str, typer.Option(help="The column to read.")] = "text",
    tasks: Annotated[str, typer.Option(help="Which labels, separated by commas.")] = (
        "sentiment,emotion,irony,abuse,intent"
    ),
    who: As = "customer",
    brand: Brand = None,
    restart: Annotated[bool, typer.Option(help="Begin anew instead of going on.")] = False,
    json: Json = False,
) -> None:
    """Add labels to every row of a file of any size; a second run goes on where one stopped."""
    from integrations.cli.label import run

    run(file, out, text_column, tasks, who, brand, restart, json)


app.command()(ingest)


@app.command()
def doctor(brand: Brand = None, json: Json = False) -> None:
    """Say what is configured, what is missing, and what to do."""
    from integrations.cli.doctor import run

    run(brand, json)


@drafts.callback(invoke_without_command=True)
def drafts_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List the drafts that wait."""
    if context.invoked_subcommand is None:
        from integrations.cli.desk import list_drafts

        list_drafts(brand, json)


@drafts.command("show")
def drafts_show(number: int, brand: Brand = None, json: Json = False) -> None:
    """Print a draft with its revisions and evidence."""
    from integrations.cli.desk import show_draft

    show_draft(number, brand, json)


@drafts.command("approve")
def drafts_approve(
    number: int, revision: Revision = None, by: By = "", brand: Brand = None, json: Json = False
) -> None:
    """Send a draft as it is."""
    from integrations.cli.desk import decide

    decide(number, "approve", revision, "", by, brand, json)


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
    from integrations.cli.desk import decide

    decide(number, "edit", revision, text, by, brand, json)


@drafts.command("reject")
def drafts_reject(
    number: int, revision: Revision = None, by: By = "", brand: Brand = None, json: Json = False
) -> None:
    """Do not send it; a person takes the conversation."""
    from integrations.cli.desk import decide

    decide(number, "reject", revision, "", by, brand, json)


@handoffs.callback(invoke_without_command=True)
def handoffs_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List the conversations that people have."""
    if context.invoked_subcommand is None:
        from integrations.cli.desk import list_handoffs

        list_handoffs(brand, json)


@handoffs.command("answer")
def handoffs_answer(
    conversation: str, text: str, by: By = "", brand: Brand = None, json: Json = False
) -> None:
    """Say something yourself, in a conversation that people have."""
    from integrations.cli.gaps import answer

    answer(conversation, text, by, brand, json)


@handoffs.command("back")
def handoffs_back(conversation: str, by: By = "", brand: Brand = None, json: Json = False) -> None:
    """Give a conversation back to the agent."""
    from integrations.cli.desk import hand_back

    hand_back(conversation, by, brand, json)


def main() -> None:
    """Run a command; a mistake of the user's is a line, not a traceback."""
    from integrations.cli.errors import friendly

    gc.freeze()
    gc.set_threshold(100_000)  # imports make many objects and hardly any garbage
    with friendly():
        app()
