"""The audit log in the terminal: checked, and written out."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from integrations.cli.up import of_brand
from integrations.store.audit import Audit
from integrations.store.database import open_database
from integrations.store.places import place_of
from knowledge.brands.brand import load

SHORT = 12  # characters that a noted seal must have at least


@contextmanager
def _log(brand: str | None) -> Iterator[Audit]:
    settings = of_brand(brand)
    engine = open_database(place_of(settings, load(settings.brand).folder.name))
    try:
        yield Audit(engine)
    finally:
        engine.dispose()


def verify(seal: str, brand: str | None, as_json: bool) -> None:
    """Say whether every entry fits its seal, and whether a noted seal is still there."""
    with _log(brand) as log:
        broken, last = log.verify(), log.last()
        kept = not seal or (len(seal) >= SHORT and log.holds(seal))
    count, newest = (last.id, last.digest) if last else (0, "")
    if as_json:
        row = {"broken": broken, "entries": count, "seal": newest, "kept": kept}
        sys.stdout.write(json.dumps(row) + "\n")
    elif broken is not None:
        sys.stdout.write(f"Entry {broken} does not fit its seal: it, or one before it, changed.\n")
    elif not kept:
        sys.stdout.write("That seal is not in the log: entries were taken out, or it is another.\n")
    else:
        sys.stdout.write(f"{count} entries, each fits its seal. The newest seal: {newest}\n")
    if broken is not None or not kept:
        sys.exit(1)


def export(out: Path | None, brand: str | None) -> None:
    """Write all entries."""
    with _log(brand) as log:
        lines = (json.dumps(one.plain(), ensure_ascii=False) + "\n" for one in log.export())
        if out is None:
            sys.stdout.writelines(lines)
            return
        with out.open("w", encoding="utf-8") as file:
            file.writelines(lines)
