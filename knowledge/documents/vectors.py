"""The vectors of passages in Chroma, which finds the near ones among many."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHAPE: Any = {"hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 120}}
Matrix = NDArray[np.float32]


def embedded(folder: Path) -> Callable[[], Any]:
    """Return what opens Chroma in a folder; each time anew, so that it sees others' changes."""

    def connect() -> Any:
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        folder.mkdir(parents=True, exist_ok=True)
        SharedSystemClient.clear_system_cache()
        return chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))

    return connect


class Vectors:
    """One collection; a vector is named by its passage's number."""

    def __init__(self, connect: Callable[[], Any], name: str) -> None:
        self._connect, self._name = connect, name
        self._opened: Any = None

    @property
    def _collection(self) -> Any:
        if self._opened is None:
            self._opened = self._connect().get_or_create_collection(
                self._name, embedding_function=None, configuration=SHAPE
            )
        return self._opened

    def reopen(self) -> None:
        """Look again: another process wrote."""
        self._opened = None

    def add(self, numbers: Sequence[int], vectors: Matrix) -> None:
        """Keep vectors."""
        for start in range(0, len(numbers), 2000):
            part = slice(start, start + 2000)
            names = [str(number) for number in numbers[part]]
            self._collection.upsert(ids=names, embeddings=vectors[part])

    def remove(self, numbers: Sequence[int]) -> None:
        """Forget vectors."""
        for start in range(0, len(numbers), 2000):
            self._collection.delete(ids=[str(one) for one in numbers[start : start + 2000]])

    def near(self, asked: Matrix, most: int) -> list[list[int]]:
        """Return, a question, the numbers of the nearest, nearest first."""
        found = self._collection.query(query_embeddings=asked, n_results=most, include=[])
        return [[int(name) for name in names] for names in found["ids"]]

    def numbers(self) -> set[int]:
        """Return what is kept."""
        return {int(name) for name in self._collection.get(include=[])["ids"]}

    def count(self) -> int:
        """Return how many are kept."""
        return int(self._collection.count())
