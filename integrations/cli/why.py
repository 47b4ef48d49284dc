"""Explain a turn."""

import asyncio
import json
import sys

from agents.state import Turn
from integrations.cli.house import public
from integrations.settings import read
from integrations.store.database import open_database
from integrations.store.desk import SqlDesk
from integrations.store.records import Missing
from knowledge.brands.brand import load


def run(id: str, brand: str | None, as_json: bool) -> None:
    """Look the turn up and print it."""
    settings = read()
    name = load(brand or settings.brand).folder.name
    desk = SqlDesk(open_database(settings.data / f"{name}.sqlite"))
    turn = asyncio.run(desk.turn(id))
    if turn is None:
        raise Missing(f"There is no turn {id!r}; `quiethand say --json` prints the id of each.")
    sys.stdout.write(json.dumps(public(turn)) + "\n" if as_json else explained(turn) + "\n")


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
    steps = ", ".join(f"{step['name']} {step['ms']:.0f} ms" for step in turn["steps"])
    return "\n".join([*lines, f"steps      {steps}"])
