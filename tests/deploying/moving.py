"""A data folder with people in it, and another one to bring it back to."""

from pathlib import Path

from integrations.backup.archive import Manifest
from integrations.backup.making import Source, backup
from integrations.backup.restoring import Recorded, Restored, Target, restore
from integrations.settings import Settings
from integrations.store.sealing import MasterKey, written
from knowledge.brands.brand import load
from tests.privacy.safe import Safe

BRAND = load("connectsphere")


def silent(_: str) -> None:
    """Hear nothing."""


def settings(folder: Path, master: MasterKey) -> Settings:
    return Settings(data=folder, master_key=written(master.secret))  # type: ignore[arg-type]


class Place:
    """One machine's data folder."""

    def __init__(self, folder: Path, master: MasterKey | None = None) -> None:
        folder.mkdir(exist_ok=True)
        self.safe = Safe(folder, master, name="connectsphere.sqlite")
        self.folder, self.settings = folder, settings(folder, self.safe.master)

    def back_up(self, out: Path, force: bool = False) -> Manifest:
        channels = self.folder / "channels.toml"
        source = Source(self.settings, BRAND, self.safe.engine, channels)
        return backup(source, out, self.safe.now(), force, silent)

    def restore(self, file: Path, recorded: Recorded | None = None, **how: bool) -> Restored:
        self.safe.engine.dispose()
        target = Target(self.settings, BRAND, self.safe.now(), recorded or [], **how)
        return restore(file, target, silent)

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        found = self.safe.rows()
        self.safe.engine.dispose()
        return found


def bring_to(file: Path, folder: Path, like: Place, **how: bool) -> Restored:
    """Restore into an empty folder with the same master key."""
    given = settings(folder, like.safe.master)
    return restore(file, Target(given, BRAND, like.safe.now(), [], **how), silent)
