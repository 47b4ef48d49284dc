"""The record of a turn: enough to explain it later, and no more."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from agents.state import Intent, Kind, State, Step, Turn
from agents.understanding.readable import unquoted
from knowledge.language.found import READ
from prompts.loader import noting_files
from tools.model import Use, noting_uses


@dataclass(frozen=True)
class Noted:
    """What was used on the way: text files with their fingerprints, and calls of a model."""

    prompts: Mapping[str, str] = field(default_factory=dict)
    models: Sequence[Use] = ()


@contextmanager
def noting() -> Iterator[Noted]:
    """Note what is used inside the block."""
    with noting_files() as prompts, noting_uses() as models:
        yield Noted(prompts, models)


def record(
    kind: Kind, state: State, steps: Sequence[Step], total: float, noted: Noted | None = None
) -> Turn:
    """Write down what came of an event and why."""
    noted = noted or Noted()
    answer, verdict = state.get("answer"), state["verdict"]
    said = state.get("outcome", {}).get("text", "")
    shown = answer and answer["text"] and answer["text"] in said
    turn = Turn(
        id=state["turn"],
        conversation=state["conversation"]["id"],
        episode=state["conversation"]["episode"],
        kind=kind,
        outcome=verdict,
        text=state.get("outcome", {}).get("text", ""),
        route=state.get("route", ""),
        intents=_wishes(state),
        signals=dict(state.get("signals", {})),
        evidence=answer["evidence"] if answer and shown else [],
        verdict=verdict,
        reason=state["reason"],
        risk=state.get("risk", "low"),
        team=state.get("team", "") if verdict == "handoff" else "",
        draft=None,
        steps=list(steps),
        timings={**{step["name"]: step["ms"] for step in steps}, "total": round(total, 2)},
        prompts=dict(sorted(noted.prompts.items())),
        models=list(noted.models),
    )
    if state.get("outcome", {}).get("disclosed"):
        turn["discloses"] = True
    return turn


def _wishes(state: State) -> list[Intent]:
    """Return what was wanted; the message itself is kept with the conversation, not here."""
    said, wishes = state.get("considered", ""), list[Intent]()
    whole = {text[:READ] for text in (said, unquoted(said))}
    for intent in state.get("intents", []):
        wish = Intent(name=intent["name"], confidence=round(intent["confidence"], 4))
        if intent["text"][:READ] not in whole:
            wish["text"] = intent["text"]
        wishes.append(wish)
    return wishes


def found(written: State) -> str:
    """Say in a word or two what a step found."""
    if "intents" in written:
        best = written["intents"][:1]
        return " ".join(f"{i['name']} {i['confidence']:.2f}" for i in best) or "nothing"
    if "answer" in written:
        return f"{len(written['answer']['evidence'])} sources"
    return str(written.get("reason") or written.get("route") or "")
