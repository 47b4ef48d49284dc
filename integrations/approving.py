"""Whose yes a draft needs, and who has said it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.brands.reviewing import ApprovalStep


@dataclass(frozen=True)
class Yes:
    """Somebody's approval of the words as they are now."""

    by: str
    role: str

    def is_named(self, name: str) -> bool:
        """Say whether it is this person's."""
        return self.by.casefold() == name.casefold()

    def is_one(self, name: str) -> bool:
        """Say whether it is this person's, or somebody's in this role."""
        return self.is_named(name) or self.role.casefold() == name.casefold()


def missing(steps: Sequence[ApprovalStep], said: Sequence[Yes]) -> list[str]:
    """Return whose yes the first open step waits for; each yes counts for one step."""
    left = list(said)
    for step in steps:
        if step.any and not _taken(left, step.any):
            return step.any
        if absent := _absent(left, step.all):
            return absent
    return []


def may(steps: Sequence[ApprovalStep], said: Sequence[Yes], one: Yes) -> bool:
    """Say whether this yes is one that the open step waits for."""
    return any(one.is_one(name) for name in missing(steps, said))


def words(names: Sequence[str], every: bool = False) -> str:
    """Return names as a reviewer reads them."""
    return (" and " if every else " or ").join(names)


def waits_for(steps: Sequence[ApprovalStep], said: Sequence[Yes]) -> str:
    """Say in words whose yes is missing next."""
    names = missing(steps, said)
    return words(names, every=not any(step.any == names for step in steps))


def _taken(left: list[Yes], names: Sequence[str]) -> bool:
    found = next((one for one in left if any(one.is_one(name) for name in names)), None)
    if found:
        left.remove(found)
    return found is not None


def _absent(left: list[Yes], names: Sequence[str]) -> list[str]:
    """Return who of all has not said yes; whoever is meant by name is not taken for a role."""
    absent = list(names)
    for fits in (Yes.is_named, Yes.is_one):
        for name in list(absent):
            found = next((one for one in left if fits(one, name)), None)
            if found:
                left.remove(found)
                absent.remove(name)
    return absent
