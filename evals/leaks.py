"""Plant personal data through every face, and search for it everywhere outside the vault.

Run: python -m evals.leaks [--messages 1000] [--seed N] [--json] [--verbose]
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.invented import Inventor
from evals.proving import Proof, lend_encoder, prove
from integrations.settings import read

EXAMPLES = 3


def public(proof: Proof, *, verbose: bool = False) -> dict[str, Any]:
    """Return the numbers, by kind and in all; values only when asked for."""
    kinds = sorted({one.plant.kind for one in proof.planted})
    back = [one.restored for one in proof.planted if one.restored is not None]
    refused = [one for one in proof.planted if one.refused]
    return {
        "planted": len(proof.planted),
        "found": len(proof.found),
        "in_the_vault": proof.held,
        "restored": sum(back),
        "restorable": len(back),
        "faces": dict(Counter(one.face for one in proof.planted)),
        "refused": dict(Counter(f"{one.face}: {one.refused}" for one in refused)),
        "searched": proof.searched,
        "kinds": {kind: _kind(proof, kind, verbose) for kind in kinds},
    }


def _kind(proof: Proof, kind: str, verbose: bool) -> dict[str, Any]:
    mine = [at for at, one in enumerate(proof.planted) if one.plant.kind == kind]
    found = [at for at in mine if at in proof.found]
    shown = found if verbose else found[:EXAMPLES]
    return {
        "planted": len(mine),
        "found": len(found),
        "examples": [_example(proof, at, verbose) for at in shown],
    }


def _example(proof: Proof, at: int, verbose: bool) -> dict[str, Any]:
    planted, mine = proof.planted[at], [one for one in proof.tracks if one.planted == at]
    row = {"face": planted.face, "places": sorted({one.place for one in mine})}
    row["how"] = "whole" if any(not one.partly for one in mine) else "in part"
    if verbose:
        row |= {"value": planted.plant.value, "text": planted.plant.text, "kept": planted.kept}
    return row


def shown(row: dict[str, Any]) -> str:
    """Return the report as people read it."""
    lines = [f"{row['planted']} values planted, {row['found']} found outside the vault"]
    lines.append(f"the vault holds {row['in_the_vault']} values")
    lines.append(f"restored: {row['restored']} of {row['restorable']}")
    for kind, one in row["kinds"].items():
        lines.append(f"  {kind:24} {one['planted']:5} planted {one['found']:5} found")
        lines += [f"      {json.dumps(example, ensure_ascii=False)}" for example in one["examples"]]
    return "\n".join(lines)


def main() -> int:
    """Return 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m evals.leaks", description=__doc__)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="print the values, too")
    given = parser.parse_args()
    settings = read()
    with TemporaryDirectory(prefix="quiethand-leaks-") as name:
        lend_encoder(settings.cache, Path(name))
        plants = Inventor(given.seed).plants(given.messages)
        proof = prove(Path(name), plants, settings, commands=True)
    row = public(proof, verbose=given.verbose)
    sys.stdout.write((json.dumps(row) if given.json else shown(row)) + "\n")
    return int(bool(proof.found))


if __name__ == "__main__":
    sys.exit(main())
