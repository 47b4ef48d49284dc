"""Take personal data out before anything stores or reads a message.

A plain function call and not a step of the graph: a step would come too late, the run's input
would already hold the original.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from agents.redaction.kinds import Find
from agents.redaction.placeholders import Placeholders, escaped

log = logging.getLogger(__name__)


class Finds(Protocol):
    """Says where personal data stands in a text."""

    def find(self, text: str, known: Iterable[str] = ()) -> list[Find]: ...


@dataclass(frozen=True)
class Clean:
    """A text without personal data, and what was taken out."""

    text: str
    placeholders: dict[str, str]  # all of the conversation, by a keyed digest of the original
    originals: dict[str, str]  # of this text, by placeholder: for the vault and nothing else
    checked: bool = True


class Redactor:
    """Replaces personal data by placeholders that stay the same throughout a conversation."""

    def __init__(self, finds: Finds, secret: bytes) -> None:
        self._finds, self._secret = finds, secret

    def clean(self, text: str, placeholders: Mapping[str, str], known: Iterable[str] = ()) -> Clean:
        """Clean what a customer wrote; what looks like a placeholder of ours is made harmless."""
        return self._clean(escaped(text), Placeholders(placeholders, self._secret), known)

    def clean_own(self, text: str, placeholders: Mapping[str, str]) -> Clean:
        """Clean what a colleague wrote, who may use the conversation's placeholders."""
        ours = Placeholders(placeholders, self._secret)
        return self._clean(escaped(text, but=ours.tokens()), ours, ())

    def _clean(self, text: str, placeholders: Placeholders, known: Iterable[str]) -> Clean:
        checked = True
        try:
            finds = self._finds.find(text, known)
        except Exception as error:  # noqa: BLE001 - what was not checked is not let through
            _tell(error)
            finds, checked = [Find(0, len(text), "MESSAGE")] if text else [], False
        originals: dict[str, str] = {}
        parts: list[str] = []
        end = 0
        for find in finds:
            original = text[find.start : find.end]
            token = placeholders.token(find.kind, original)
            originals.setdefault(token, original)
            parts += [text[end : find.start], token]
            end = find.end
        return Clean("".join([*parts, text[end:]]), placeholders.known, originals, checked)


def _tell(error: Exception) -> None:
    """Log that a text was not checked; never the error's words, which may quote it."""
    log.error("not checked: %s", type(error).__name__, extra={"action": "not_checked"})
