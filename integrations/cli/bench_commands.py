"""The commands that measure; every body imports what it needs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from integrations.cli.options import Json

bench = typer.Typer(help="Measure what we promise, on your data.", no_args_is_help=True)


@bench.command("intents")
def bench_intents(
    train: Annotated[Path, typer.Option(help='Rows {"text","label"} to learn from.')],
    test: Annotated[Path, typer.Option(help="Rows to judge by.")],
    oos: Annotated[Path | None, typer.Option(help="Rows labelled oos.")] = None,
    json: Json = False,
) -> None:
    """Train our classifier on rows of yours and judge it on others."""
    from integrations.cli.bench import intents

    intents(train, test, oos, json)


@bench.command("signals")
def bench_signals(
    task: Annotated[Literal["sentiment", "emotion", "irony", "abuse"], typer.Option()],
    test: Annotated[Path, typer.Option(help='Rows {"text","label"}.')],
    json: Json = False,
) -> None:
    """Judge the shipped heads on rows of yours."""
    from integrations.cli.bench import signals

    signals(task, test, json)


@bench.command("turn")
def bench_turn(
    turns: Annotated[int, typer.Option(help="How many turns to time.")] = 100, json: Json = False
) -> None:
    """Time whole turns, also in a conversation of 500 messages; and memory."""
    from integrations.cli.bench import turn

    turn(turns, json)


@bench.command("start")
def bench_start(json: Json = False) -> None:
    """Time --help and the first reply from cold."""
    from integrations.cli.bench import start

    start(json)


@bench.command("service")
def bench_service(
    messages: Annotated[int, typer.Option(help="How many to deliver, 200 a second.")] = 2000,
    workers: Annotated[int, typer.Option("-n", help="Worker processes.")] = 2,
    json: Json = False,
) -> None:
    """Load the whole service: start, rest, acknowledgements, turns a second."""
    from integrations.cli.bench import service

    service(messages, workers, json)


@bench.command("console")
def bench_console(
    drafts: Annotated[int, typer.Option(help="How many there are, half of them open.")] = 10_000,
    messages: Annotated[int, typer.Option(help="How many were said.")] = 100_000,
    json: Json = False,
) -> None:
    """Time every page of a busy brand's console, and how soon others see a decision."""
    from integrations.cli.bench import console

    console(drafts, messages, json)


@bench.command("label")
def bench_label(
    rows: Annotated[int, typer.Option(help="How many short posts.")] = 2000, json: Json = False
) -> None:
    """Measure posts a second with all labels."""
    from integrations.cli.bench import label as measure

    measure(rows, json)


@bench.command("retrieval")
def bench_retrieval(
    documents: Annotated[Path, typer.Option(help='Rows {"id","text"} with or without "title".')],
    questions: Annotated[Path, typer.Option(help='Rows {"id","text","relevant":[ids]}.')],
    json: Json = False,
) -> None:
    """Index your documents and judge how well questions find them."""
    from integrations.cli.bench import retrieval

    retrieval(documents, questions, json)


@bench.command("answers")
def bench_answers(
    documents: Annotated[Path, typer.Option(help='Rows {"id","text"} with or without "title".')],
    questions: Annotated[Path, typer.Option(help='Rows {"id","text","is_impossible","answers"}.')],
    json: Json = False,
) -> None:
    """Judge what is answered from your documents, and what is refused."""
    from integrations.cli.bench import answers

    answers(documents, questions, json)


@bench.command("library")
def bench_library(
    passages: Annotated[int, typer.Option(help="Passages to search among; 0 leaves it out.")] = 0,
    pages: Annotated[int, typer.Option(help="Pages to read in; 0 leaves it out.")] = 1000,
    json: Json = False,
) -> None:
    """Time searches in a large library, and reading pages in."""
    from integrations.cli.bench import library

    library(passages, pages, json)


@bench.command("redaction")
def bench_redaction(
    data: Annotated[Path, typer.Option(help='Rows {"text","spans"} or {"tokens","tags"}.')],
    map: Annotated[Path, typer.Option(help="JSON: each type to a kind, to kinds, or to null.")],
    against: Annotated[Literal["presidio"] | None, typer.Option(help="Also judge this.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name each mistake.")] = False,
    json: Json = False,
) -> None:
    """Judge how much personal data is found in rows of yours."""
    from integrations.cli.bench_redaction import redaction

    redaction(data, map, against, verbose, json)


@bench.command("all")
def bench_all(
    data: Annotated[Path | None, typer.Option(help="Folder with the public data sets.")] = None,
    json: Json = False,
) -> None:
    """Print every bar beside what was measured."""
    from integrations.cli.bench import every

    every(data, json)
