"""Erasing and collecting as a privacy request needs them, from the vault and its database."""

from pathlib import Path
from typing import Any

from integrations.store.erasure import erase
from integrations.store.export import exported
from integrations.store.vault import Vault


class VaultErasing:
    """What is kept about contacts in one vault's database and data folder."""

    def __init__(self, vault: Vault, folder: Path) -> None:
        self._vault, self._folder = vault, folder

    def erase(self, contact: str, by: str) -> dict[str, Any]:
        """Erase a contact; the report counts what went, and what a search still found."""
        done = erase(self._vault, contact, by, self._folder)
        return {**done.counts, "values searched for": done.searched, "found": len(done.found)}

    def export(self, contact: str, by: str) -> dict[str, Any]:
        """Collect what is kept about a contact."""
        return exported(self._vault, contact, by)
