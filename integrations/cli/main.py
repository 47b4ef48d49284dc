"""The command line. Every body imports what it needs, so that --help stays quick."""

import gc
from pathlib import Path
from typing import Annotated, Literal

import typer

from integrations.cli.audit_commands import audit
from integrations.cli.backup_commands import register as register_backup
from integrations.cli.bench_commands import bench
from integrations.cli.contacts_commands import contacts
from integrations.cli.content_commands import register as register_content
from integrations.cli.desk_commands import register as register_desk
from integrations.cli.documents_commands import documents, ingest
from integrations.cli.gaps_commands import gaps, tasks
from integrations.cli.options import Brand, Json
from integrations.cli.privacy_commands import register as register_privacy
from integrations.cli.requests_commands import requests
from integrations.cli.service_commands import register as register_service
from integrations.cli.timers_commands import register as register_timers
from integrations.cli.users_commands import users
from integrations.cli.voice_commands import voice

app = typer.Typer(
    name="quiethand",
    help="A conversational agent for social media teams, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
register_desk(app)
app.add_typer(bench, name="bench")
app.add_typer(contacts, name="contacts")
app.add_typer(documents, name="documents")
app.add_typer(gaps, name="gaps")
app.add_typer(tasks, name="tasks")
app.add_typer(voice, name="voice")
register_timers(app)
register_privacy(app)
register_service(app)
register_backup(app)
register_content(app)
app.add_typer(requests, name="requests")
app.add_typer(users, name="users")
app.add_typer(audit, name="audit")

As = Annotated[
    Literal["customer", "team"], typer.Option("--as", help="Who is writing: customer or team.")
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


def main() -> None:
    """Run a command; a mistake of the user's is a line, not a traceback."""
    from integrations.cli.errors import friendly

    gc.freeze()
    gc.set_threshold(100_000)  # imports make many objects and hardly any garbage
    with friendly():
        app()
