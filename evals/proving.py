"""Plant values in a house that keeps everything in one folder, and search for them everywhere."""

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from agents.agent import Agent
from evals.invented import Inventor, Plant
from evals.planting import Planted, Planter
from evals.play import BRAND
from evals.tracks import Searcher, Track, left
from integrations.models.scripted import ScriptedModel
from integrations.settings import Settings
from integrations.store.vault_schema import vault
from integrations.wiring import House, wire
from knowledge.documents.library import Library
from knowledge.language.reader import Reader

COPIES = "requests/"  # what a customer asked for lies here, with their own values
COMMANDS = (
    ("drafts", "--json"), ("drafts",), ("handoffs", "--json"), ("handoffs",), ("gaps", "--json"),
    ("tasks", "--json"), ("requests", "--json"), ("doctor", "--json"),
)  # fmt: skip
LOGGERS = {"": logging.DEBUG, "sqlalchemy": logging.INFO}  # statements and values, not rows
ITS_LINE = "the line that was kept of it"


@dataclass(frozen=True)
class Proof:
    """What was planted, what was found of it, and what the vault holds."""

    planted: list[Planted]
    tracks: list[Track]
    held: int
    searched: list[str]

    @property
    def found(self) -> set[int]:
        """Return the places of the values that were found, as a whole or in part."""
        return {track.planted for track in self.tracks}


def prove(
    folder: Path,
    plants: Iterable[Plant],
    settings: Settings,
    reader: Reader | None = None,
    library: Library | None = None,
    commands: bool = False,
) -> Proof:
    """Plant values in a house that keeps everything in a folder, then search."""
    settings = settings.model_copy(update={"data": folder, "brand": BRAND, "model": ""})
    with _everything_logged(folder / "debug.log"):
        house = wire(settings, reader=reader, library=library)
        model = ScriptedModel()
        planter = Planter(house, _with_model(settings, house, model))
        asyncio.run(_planted(planter, plants))
        planter.heard["model prompts"] += model.prompts
        with house.vault.engine.connect() as db:
            held = int(db.execute(select(func.count()).select_from(vault)).scalar_one())
        tracks = list(dict.fromkeys(search(folder, planter)))
        house.close()
    if commands:  # of other processes, so not before this one has let go of the database
        planter.heard["command line"] += list(_printed(planter, folder))
        tracks = list(dict.fromkeys([*tracks, *search(folder, planter)]))
    searched = [*planter.heard, *(one.name for one in folder.iterdir())]
    return Proof(planter.done, tracks, held, searched)


def _with_model(settings: Settings, house: House, model: ScriptedModel) -> Agent:
    """Wire a twin that asks a model which never answers: what matters is what it is asked."""
    return wire(settings, model=model, reader=house.reader, library=house.library).agent


async def _planted(planter: Planter, plants: Iterable[Plant]) -> None:
    for number, plant in enumerate(plants, 1):
        await planter.plant(plant)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number} messages")
    await planter.look()


def search(folder: Path, planter: Planter) -> Iterator[Track]:
    """Search the folder and all that was heard; a copy may hold what its customer said."""
    searcher = Searcher(planter.done)
    for place, texts in planter.heard.items():
        yield from searcher.texts(place, texts)
    with TemporaryDirectory(prefix="quiethand-copied-") as name:
        # Another process copies: whoever closes a file of SQLite drops its own process's locks.
        subprocess.run(["cp", "-R", f"{folder}/.", name], check=True)
        for track in searcher.files(Path(name)):
            exported = planter.done[track.planted].face == "export"
            if not (exported and track.place.startswith(COPIES)):
                yield track
    for at, planted in enumerate(planter.done):
        if left(planted):
            yield Track(at, ITS_LINE, True)


@contextmanager
def _everything_logged(file: Path) -> Iterator[None]:
    """Let every logger write all it knows into a file, extras and exceptions too."""
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(_Whole())
    root, loggers = logging.getLogger(), [logging.getLogger(name) for name in LOGGERS]
    before = [one.level for one in loggers]
    root.addHandler(handler)
    for one, level in zip(loggers, LOGGERS.values(), strict=True):
        one.setLevel(level)
    try:
        yield
    finally:
        root.removeHandler(handler)
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)
        handler.close()


class _Whole(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"{super().format(record)} {json.dumps(record.__dict__, default=repr)}"


def _printed(planter: Planter, folder: Path) -> Iterator[str]:
    """Yield what real commands print about this data folder."""
    inventor = Inventor(len(planter.done))
    plants = list(inventor.plants(len(planter.done) // 40 + 1))
    planter.done += [Planted(plant, "say --json") for plant in plants]
    said = "\n".join(plant.text.replace("\n", " ") for plant in plants)
    yield _command(folder, ("say", "--json", "-"), said)
    for words in COMMANDS:
        yield _command(folder, words)


def _command(folder: Path, words: tuple[str, ...], said: str = "") -> str:
    run = subprocess.run(
        [sys.executable, "-m", "integrations.cli", *words],
        env={**os.environ, "QUIETHAND_DATA": str(folder), "QUIETHAND_MODEL": ""},
        input=said, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    if run.returncode:
        raise SystemExit(f"quiethand {' '.join(words)}: {run.stderr[-500:]}")
    return run.stdout + run.stderr


def lend_encoder(cache: Path, folder: Path) -> None:
    """Let a data folder use an encoder that was built elsewhere, but not its library."""
    (folder / "cache").mkdir()
    for built in cache.iterdir() if cache.is_dir() else ():
        if not built.name.startswith("library-"):
            (folder / "cache" / built.name).symlink_to(built.resolve())
