"""Explain a turn."""

import asyncio
import json
import sys
from collections.abc import Iterator
from typing import Any

from agents.state import Turn
from integrations.cli.house import public
from integrations.cli.terminal import plain
from integrations.settings import read
from integrations.store.database import open_database
from integrations.store.desk import SqlDesk
from integrations.store.places import place_of
from integrations.store.records import Missing
from knowledge.brands.brand import load

TRACE = ("kind", "episode", "steps", "prompts", "models")


def run(id: str, brand: str | None, as_json: bool) -> None:
    """Look the turn up and print it."""
    settings = read()
    name = load(brand or settings.brand).folder.name
    desk = SqlDesk(open_database(place_of(settings, name)))
    turn = asyncio.run(desk.turn(id))
    if turn is None:
        raise Missing(f"There is no turn {id!r}; `quiethand say --json` prints the id of each.")
    sys.stdout.write((json.dumps(traced(turn)) if as_json else explained(turn)) + "\n")


def traced(turn: Turn) -> dict[str, Any]:
    """Return everything that is kept about a turn; older turns kept less."""
    kept = dict(turn)
    return {**public(turn), **{key: kept[key] for key in TRACE if key in kept}}


def explained(turn: Turn) -> str:
    """Return why a turn came out as it did."""
    intents = ", ".join(f"{i['name']} {i['confidence']:.2f}" for i in turn["intents"][:4])
    signals = {key: value for key, value in turn["signals"].items() if value not in ([], "", 0.0)}
    lines = [
        f"turn       {turn['id']} (episode {turn['episode']} of {turn['conversation']})",
        f"intents    {intents or 'none'}",
        f"signals    {', '.join(f'{k} {v}' for k, v in signals.items()) or 'none'}",
        f"route      {turn['route'] or 'none'}",
        f"verdict    {turn['verdict']} because: {turn['reason']}",
        f"risk       {turn['risk']}" + (f", team {turn['team']}" if turn["team"] else ""),
    ]
    for item in turn["evidence"]:
        lines.append(f'evidence   [{item["number"]}] {item["document"]}: "{item["quote"]}"')
    return "\n".join(plain(line, lines=True) for line in [*lines, *_way(turn)])


def _way(turn: Turn) -> Iterator[str]:
    """Tell the steps with their times, and what was used on the way."""
    for step in turn["steps"]:
        yield f"step       {step['name']} {step['ms']:.1f} ms {step['found']}".rstrip()
    yield f"time       {turn['timings']['total']:.1f} ms"
    for file, fingerprint in turn.get("prompts", {}).items():
        yield f"text       prompts/{file}.md {fingerprint}"
    for use in turn.get("models", []):
        tokens = f"{use['tokens_in']} tokens in, {use['tokens_out']} out"
        yield f"model      {use['model']} {use['result']} in {use['seconds']:.2f} s, {tokens}"
