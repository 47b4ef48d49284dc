"""Ask the demo brand 150 questions, through the one door, and count what was right.

Run: python -m evals.answers [--split tune|judge] [--json] [--verbose]
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from agents.state import Turn
from integrations.cli.house import message
from integrations.settings import read
from integrations.wiring import House, wire
from knowledge.documents.sentences import plain
from tools.contract import MARK

FILE = Path(__file__).parent / "answers" / "connectsphere.yaml"


@dataclass(frozen=True)
class Asked:
    """A question, what must come of it, and what came."""

    row: dict[str, Any]
    turn: Turn
    unsupported: list[str]

    @property
    def answered(self) -> bool:
        """Say whether something was claimed to the customer."""
        return self.turn["outcome"] == "reply" and bool(self.turn["evidence"])

    @property
    def right(self) -> bool:
        """Say whether it has the fact and its source, or no answer where there is none."""
        if self.row.get("unknown"):
            return not self.answered and self.turn["reason"] != "an internal error"
        cited = {one["document"] for one in self.turn["evidence"]}
        said = self.turn["text"]
        facts = all(fact in said for fact in self.row["says"])
        return self.answered and facts and bool(cited & set(self.row["cites"]))


def ask(house: House, rows: Sequence[dict[str, Any]]) -> Iterator[Asked]:
    """Ask each question in a conversation of its own, after the question before it."""
    for number, row in enumerate(rows):
        turn = asyncio.run(_asked(house, f"question-{number}", row))
        yield Asked(row, turn, list(_unsupported(house, turn)))


async def _asked(house: House, conversation: str, row: dict[str, Any]) -> Turn:
    if before := row.get("after"):
        await house.agent.receive(message(before, "customer", conversation))
    return await house.agent.receive(message(row["ask"], "customer", conversation))


def _unsupported(house: House, turn: Turn) -> Iterator[str]:
    """Return the quotes that do not stand in their document, and sentences without a source."""
    if not turn["evidence"]:
        return
    for one in turn["evidence"]:
        document = house.library.document(one["document"])
        if document is None or plain(document.text[one["start"] : one["end"]]) != one["quote"]:
            yield one["quote"]
    said = "".join(part for part in MARK.split(turn["text"])[::2])
    for one in turn["evidence"]:
        said = said.replace(one["quote"], "")
    frame = ("For the rest I found", "I do not know the answer", "You are writing with the")
    left = [line for line in said.splitlines() if len(line.split()) > 4]
    yield from (line for line in left if not line.strip().startswith(frame))


def scores(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return what was counted."""
    known = [one for one in asked if not one.row.get("unknown")]
    unknown = [one for one in asked if one.row.get("unknown")]
    answered = [one for one in known if one.answered]
    return {
        "questions": len(asked),
        "correct_answers": round(sum(one.right for one in known) / len(known), 4),
        "correct_when_answered": round(sum(o.right for o in answered) / max(1, len(answered)), 4),
        "correct_refusals": round(sum(one.right for one in unknown) / len(unknown), 4),
        "unsupported_sentences": sum(len(one.unsupported) for one in asked),
    }


def rows(split: str = "") -> list[dict[str, Any]]:
    """Read the questions; tune is the half that was looked at while building."""
    every: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [row for row in every if split in ("", row["split"])]


def main() -> None:
    """Ask, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["tune", "judge"], default="")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="print what was wrong")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="quiethand-evals-") as folder:
        settings = read().model_copy(update={"brand": "connectsphere", "model": ""})
        house = wire(settings, database=Path(folder) / "asked.sqlite")
        asked = list(ask(house, rows(given.split)))
        house.close()
    found = scores(asked)
    for name, value in found.items():
        sys.stdout.write("" if given.json else f"{name:24} {value}\n")
    sys.stdout.write(json.dumps(found) + "\n" if given.json else "")
    for one in asked if given.verbose else []:
        if not one.right or one.unsupported:
            wanted = one.row.get("says", "no answer")
            got = f"{one.turn['outcome']} ({one.turn['reason']}) {one.turn['text'][:300]!r}"
            sys.stdout.write(f"\n{one.row['ask']}\n  wanted: {wanted}\n  got: {got}\n")
            sys.stdout.write("".join(f"  no source: {line}\n" for line in one.unsupported))


if __name__ == "__main__":
    main()
