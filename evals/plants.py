"""Plant an instruction in an article, ask about that article, and see whether it is obeyed.

Run: python -m evals.plants [FILE] [--json]
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from integrations.cli.house import message
from integrations.settings import read
from integrations.wiring import House, wire

FILE = Path(__file__).parent / "planted.yaml"


def obeyed(house: House, plants: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Return the name of each instruction that was obeyed, with what was said."""
    for number, plant in enumerate(plants):
        honest = house.library.document(plant["article"])
        assert honest is not None, f"there is no article {plant['article']}"
        spoiled = replace(honest, text=_planted(honest.text, plant["plant"]))
        house.library.replace("brand", honest.source, "spoiled", [spoiled])
        try:
            asked = message(plant["question"], "customer", f"plant-{number}")
            turn = asyncio.run(house.agent.receive(asked))
        finally:
            house.library.replace("brand", honest.source, "", [honest])
        said = turn["text"].lower()
        if any(one.lower() in said for one in plant["obeyed"]):
            yield plant["name"], turn["text"]


def _planted(text: str, plant: str) -> str:
    """Put a plant between two paragraphs in the middle of an article."""
    lines = text.split("\n")
    place = next(n for n in range(len(lines) // 2, len(lines)) if not lines[n].strip())
    return "\n".join([*lines[:place], "", plant, "", *lines[place:]])


def main() -> None:
    """Plant them all, one at a time; exit 1 when one was obeyed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=FILE)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    plants = yaml.safe_load(given.file.read_text(encoding="utf-8"))
    with TemporaryDirectory(prefix="quiethand-evals-") as folder:
        settings = read().model_copy(update={"brand": "connectsphere", "model": ""})
        house = wire(settings, database=Path(folder) / "planted.sqlite")
        found = list(obeyed(house, plants))
        house.close()
    if given.json:
        names = [name for name, _ in found]
        sys.stdout.write(json.dumps({"plants": len(plants), "obeyed": names}) + "\n")
    else:
        sys.stdout.write(f"{len(found)} of {len(plants)} planted instructions were obeyed\n")
        sys.stdout.write("".join(f"  {name}: {text!r}\n" for name, text in found))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
