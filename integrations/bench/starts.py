"""Time a fresh process: the help text, and the first reply from cold."""

import subprocess
import sys
from statistics import median
from time import perf_counter
from typing import Any


def measured() -> dict[str, Any]:
    """Return medians; a first run that is not counted builds what is missing."""
    say = ["say", "how much is the Team plan?", "--json"]
    _seconds(say)
    return {
        "help_seconds": round(median(_seconds(["--help"]) for _ in range(5)), 3),
        "say_seconds": round(median(_seconds(say) for _ in range(3)), 3),
    }


def _seconds(words: list[str]) -> float:
    began = perf_counter()
    command = [sys.executable, "-m", "integrations.cli", *words]
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - began
