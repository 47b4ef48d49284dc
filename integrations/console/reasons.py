"""Why a turn came out as it did, as a page tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHOWN = 4  # intents


@dataclass(frozen=True)
class Why:
    """What was found and what was decided, in order."""

    turn: str
    outcome: str
    reason: str
    risk: str
    route: str
    intents: list[tuple[str, float]]
    signals: list[tuple[str, str]]
    steps: list[tuple[str, float, str]]
    total: float
    models: list[str]


def why(record: Mapping[str, Any]) -> Why | None:
    """Return the reasons of a turn; older records tell less, and none tells nothing."""
    if "verdict" not in record:
        return None
    steps = [(s["name"], s["ms"], s["found"]) for s in record.get("steps", [])]
    return Why(
        turn=record["id"],
        outcome=record["verdict"],
        reason=record.get("reason", ""),
        risk=record.get("risk", ""),
        route=record.get("route", ""),
        intents=[(one["name"], one["confidence"]) for one in record.get("intents", [])[:SHOWN]],
        signals=_signals(record.get("signals", {})),
        steps=steps,
        total=record.get("timings", {}).get("total", 0.0),
        models=[use["model"] for use in record.get("models", [])],
    )


def _signals(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was noticed, in words; what was not found says nothing."""
    nothing: tuple[Any, ...] = ([], "", 0.0, "text")  # it is readable text: not worth a word
    return [(name, _words(value)) for name, value in found.items() if value not in nothing]


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return f"{value:.2f}" if isinstance(value, float) else str(value)
