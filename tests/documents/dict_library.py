"""A library in a dictionary, which records what was done to it."""

from collections.abc import Sequence

from knowledge.documents.document import Changes, Document


class DictLibrary:
    def __init__(self) -> None:
        self.held: dict[tuple[str, str], tuple[str, list[Document]]] = {}
        self.calls: list[tuple[str, str]] = []

    def sources(self, root: str) -> dict[str, str]:
        return {source: held[0] for (top, source), held in self.held.items() if top == root}

    def replace(
        self, root: str, source: str, digest: str, documents: Sequence[Document]
    ) -> Changes:
        self.calls.append(("replace", source))
        _, before = self.held.get((root, source), ("", []))
        old = {document.id: document.content for document in before}
        self.held[root, source] = (digest, list(documents))
        new = {document.id: document.content for document in documents}
        return Changes(
            added=[id for id in new if id not in old],
            changed=[id for id in new if id in old and new[id] != old[id]],
            unchanged=[id for id in new if old.get(id) == new[id]],
            removed=[id for id in old if id not in new],
        )

    def drop(self, root: str, source: str) -> list[str]:
        self.calls.append(("drop", source))
        return [document.id for document in self.held.pop((root, source))[1]]

    def documents(self) -> list[Document]:
        return [document for _, documents in self.held.values() for document in documents]

    @property
    def ids(self) -> list[str]:
        return sorted(document.id for document in self.documents())
