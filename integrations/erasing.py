"""Erasing and collecting as a privacy request needs them, from the vault and its database."""

from collections import Counter
from pathlib import Path
from typing import Any

from integrations.store.erasure import erase
from integrations.store.export import exported, whole
from integrations.store.missing import Missing
from integrations.store.reading import reading
from integrations.store.vault import Vault


def person(vault: Vault, name: str, only: bool = False) -> list[str]:
    """Return the contact that a name means and those linked with it; nobody, where none is left."""
    with reading(vault.engine) as db:
        try:
            return whole(db, name, only)
        except Missing:
            return []


class VaultErasing:
    """What is kept about people in one vault's database and data folder."""

    def __init__(self, vault: Vault, folder: Path) -> None:
        self._vault, self._folder = vault, folder

    def erase(self, contact: str, by: str) -> dict[str, Any]:
        """Erase a person; the report counts what went, and what a search still found."""
        report: Counter[str] = Counter({"values searched for": 0, "found": 0})
        for one in person(self._vault, contact):
            done = erase(self._vault, one, by, self._folder)
            report.update(done.counts)
            report.update({"values searched for": done.searched, "found": len(done.found)})
        return dict(report)

    def export(self, contact: str, by: str) -> dict[str, Any]:
        """Collect what is kept about a person."""
        return exported(self._vault, contact, by)
