"""A library that says what would happen and changes nothing."""

from collections.abc import Sequence
from typing import Protocol

from knowledge.documents.document import Changes, Document


class Library(Protocol):
    """Where documents go."""

    def sources(self, root: str) -> dict[str, str]:
        """Return the digest of each source that was read below a root."""

    def replace(
        self, root: str, source: str, digest: str, documents: Sequence[Document]
    ) -> Changes:
        """Let a source hold these documents and no others."""

    def drop(self, root: str, source: str) -> list[str]:
        """Forget a source; return the ids that went with it."""

    def documents(self) -> list[Document]:
        """Return every document."""


class Rehearsal:
    """Answers as a library would."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._held: dict[str, dict[str, Document]] = {}
        for document in library.documents():
            self._held.setdefault(document.source, {})[document.id] = document

    def sources(self, root: str) -> dict[str, str]:
        return self._library.sources(root)

    def replace(
        self, root: str, source: str, digest: str, documents: Sequence[Document]
    ) -> Changes:
        known = source in self._library.sources(root)
        held = self._held.get(source, {}) if known else {}
        changes = Changes(removed=sorted(set(held) - {document.id for document in documents}))
        for document in documents:
            before = held.get(document.id)
            if before is None:
                changes.added.append(document.id)
            elif before.content == document.content:
                changes.unchanged.append(document.id)
            else:
                changes.changed.append(document.id)
        return changes

    def drop(self, root: str, source: str) -> list[str]:
        return sorted(self._held.get(source, {}))

    def documents(self) -> list[Document]:
        return self._library.documents()
