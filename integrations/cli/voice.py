"""The brand's voice in the terminal: shown, learned, held against a text."""

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from integrations.cli.terminal import plain
from integrations.cli.up import of_brand
from integrations.opening import now
from integrations.store.database import open_database
from integrations.store.places import place_of
from integrations.store.voice import KeptRule
from integrations.voicing import Voicing
from knowledge.brands.brand import load
from knowledge.voice.check import Checked, checked
from knowledge.voice.learning.edits import LEAST, Proposal
from knowledge.voice.ruling import rules
from knowledge.voice.suggest import suggested
from knowledge.voice.voice import FILE, Place

SHOWN = 10  # numbers of edits in a line
DECIDED = {
    "approved": "Rule {id} holds from now on: {says} `quiethand voice undo {id}` takes that back.",
    "refused": "Rule {id} will not be proposed again. `quiethand voice undo {id}` takes that back.",
    "undone": "Rule {id} holds no longer: {says}",
    "proposed": "Rule {id} is proposed again: {says}",
}


@contextmanager
def _voicing(brand: str | None) -> Iterator[Voicing]:
    settings = of_brand(brand)
    folder = load(settings.brand).folder
    engine = open_database(place_of(settings, folder.name))
    try:
        yield Voicing(engine, folder, now)
    finally:
        engine.dispose()


def show(network: str, brand: str | None, as_json: bool) -> None:
    """Print what holds, then what waits."""
    with _voicing(brand) as voicing:
        holding = rules(voicing.voices.of(network), _place(network), network)
        waiting, version = voicing.rules.all("proposed"), voicing.rules.version()
    if as_json:
        rows = [{"name": name, "rule": r.model_dump(mode="json")} for name, r in holding]
        proposals = [_public(one) for one in waiting]
        _print({"version": version, "rules": rows, "proposed": proposals})
        return
    if not holding:
        _print(f"No rules yet. Write them at the top of {FILE} in the brand's folder.")
    for name, rule in holding:
        learned = f"  ({name})" if name.startswith("learned") else ""
        _print(f"{plain(rule.says)}{learned}")
    if waiting:
        _print(f"\nProposed ({len(waiting)}), for `quiethand voice approve N` or `refuse N`:")
        _print("\n".join(_line(one) for one in waiting))


def learn(dry_run: bool, brand: str | None, as_json: bool) -> None:
    """Print the rules that edits show."""
    with _voicing(brand) as voicing:
        found = voicing.learning()
        kept = [] if dry_run else voicing.rules.propose(found.proposals)
    if as_json:
        rows = [_row(one, "found") for one in found.proposals] if dry_run else map(_public, kept)
        for row in [*rows, *(_row(one, "held") for one in found.held)]:
            _print(row)
        return
    lines = [_found(one) for one in found.proposals] if dry_run else [_line(one) for one in kept]
    _print("\n".join(lines) or _nothing(found.edits))
    for one in found.held:
        _print(f"holds already: {plain(one.rule.says)} ({one.support} edits)")
    if kept:
        _print("Next: quiethand voice approve N, or refuse N; /desk/voice shows the edits.")


def check(text: str, network: str, brand: str | None, as_json: bool) -> None:
    """Print the score of a text, its findings, and what would be suggested."""
    text = sys.stdin.read() if text == "-" else text
    with _voicing(brand) as voicing:
        voice = voicing.voices.of(network)
    place = _place(network)
    result = checked(text, voice, place, network)
    better = suggested(text, voice, place, network, learned=False)
    if as_json:
        _print({"score": result.score, "findings": result.findings, "suggestion": better})
        return
    _print(f"{result.score:.0%} in the voice of the brand")
    _print("\n".join(_findings(text, result)) or "Nothing to mend.")
    if better != text:
        _print(f"\nSuggestion:\n{plain(better, lines=True)}")


def decide(
    action: Literal["approve", "refuse", "undo"],
    number: int,
    by: str,
    brand: str | None,
    as_json: bool,
) -> None:
    """Decide about one rule."""
    with _voicing(brand) as voicing:
        one: KeptRule = getattr(voicing.rules, action)(number, by or getpass.getuser())
    if as_json:
        _print(_public(one))
        return
    _print(DECIDED[one.state].format(id=one.id, says=plain(one.rule.says)))


def _place(network: str) -> Place:
    return "social_post" if network and network != "direct_message" else "direct_message"


def _findings(text: str, result: Checked) -> Iterator[str]:
    for one in result.findings:
        words = plain(text[one["start"] : one["end"]])[:60]
        yield f"  {one['start']:>4}  {plain(one['says'])}" + (f"  «{words}»" if words else "")


def _line(one: KeptRule) -> str:
    return f"{one.id:>4}  {plain(one.rule.says)}{_where(one.network)}  {_edits(one.edits)}"


def _found(one: Proposal) -> str:
    return f"   -  {plain(one.rule.says)}{_where(one.network)}  {_edits(one.edits)}"


def _edits(edits: tuple[int, ...]) -> str:
    numbers = ", ".join(map(str, edits[:SHOWN])) + (" ..." if len(edits) > SHOWN else "")
    return f"({len(edits)} edits: drafts {numbers})"


def _where(network: str) -> str:
    return (
        f" [{network.replace('_', ' ')}s]"
        if network == "direct_message"
        else (f" [{network}]" if network else "")
    )


def _nothing(edits: int) -> str:
    return (
        f"No new rule in {edits} edits. A rule needs {LEAST} edits that show it; edit drafts with "
        "`quiethand drafts edit` or at /desk, then look again."
    )


def _public(one: KeptRule) -> dict[str, Any]:
    about = {"state": one.state, "by": one.decided_by, "at": one.decided_at, "version": one.version}
    return {"id": one.id, **_shown(one.rule, one.network, one.edits), **about}


def _row(one: Proposal, state: str) -> dict[str, Any]:
    return {**_shown(one.rule, one.network, one.edits), "kept": len(one.kept), "state": state}


def _shown(rule: Any, network: str, edits: tuple[int, ...]) -> dict[str, Any]:
    kept = rule.model_dump(mode="json")
    about = {"network": network, "support": len(edits), "edits": list(edits)}
    return {"says": rule.says, "kind": rule.kind, "rule": kept, **about}


def _print(what: str | dict[str, Any]) -> None:
    line = what if isinstance(what, str) else json.dumps(what, ensure_ascii=False)
    sys.stdout.write(line + "\n")
