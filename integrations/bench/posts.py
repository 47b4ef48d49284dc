"""Count how many short posts a second get every label, through the real command."""

import json
import random
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

OPENINGS = ("just tried", "so happy with", "really disappointed by", "can anyone explain",
            "never again", "loving", "not sure about", "oh great, another day with")  # fmt: skip
THINGS = ("the new summaries", "this event app", "their support", "the keynote stream",
          "my agenda", "the ticket shop", "the chat", "the update")  # fmt: skip
ENDINGS = ("after three hours 😡", "and it shows 😍", "lol", "#fail", "why though?", "!!!",
           "thanks to the team", "at @brand today", "it keeps crashing", "so good")  # fmt: skip


def measured(rows: int) -> dict[str, Any]:
    """Return posts a second and how long the posts were."""
    with TemporaryDirectory(prefix="quiethand-bench-") as folder:
        file, out = Path(folder) / "posts.jsonl", Path(folder) / "labelled.jsonl"
        posts = _posts(rows)
        file.write_text("".join(json.dumps({"text": post}) + "\n" for post in posts))
        command = [sys.executable, "-m", "integrations.cli", "label", str(file)]
        done = subprocess.run(
            [*command, "--out", str(out), "--json"], check=True, capture_output=True, text=True
        )
        seconds = json.loads(done.stdout.splitlines()[-1])["seconds"]
    return {
        "rows": rows,
        "mean_characters": round(sum(map(len, posts)) / rows, 1),
        "seconds": round(seconds, 2),
        "posts_per_second": round(rows / seconds, 1),
    }


def _posts(rows: int) -> list[str]:
    chance = random.Random(7)
    return [
        f"{chance.choice(OPENINGS)} {chance.choice(THINGS)} {chance.choice(ENDINGS)} "
        f"{chance.choice(THINGS)} no {number}"
        for number in range(rows)
    ]
