"""Documents and passages in the database. What belongs together is written together."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from integrations.store.alone import upsert
from integrations.store.documents_schema import documents, generations, passages, sources
from integrations.store.reading import reading
from knowledge.documents.blocks import Kind
from knowledge.documents.document import FIELDS, About, Document
from knowledge.documents.passages import Passage, Sentence
from knowledge.documents.shelf import Entry, Kept

Matrix = NDArray[np.float32]
WIDTH = 384
MANY = 500  # rows asked for at once
GENERATION = "library"


class SqlShelf:
    """The shelf of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def generation(self) -> int:
        query = select(generations.c.number).where(generations.c.name == GENERATION)
        with reading(self._engine) as db:
            return int(db.execute(query).scalar() or 0)

    def sources(self, root: str) -> dict[str, str]:
        query = select(sources.c.source, sources.c.digest).where(sources.c.root == root)
        with reading(self._engine) as db:
            return {row.source: row.digest for row in db.execute(query)}

    def held(self, root: str, source: str) -> dict[str, str]:
        query = select(documents.c.id, documents.c.content).where(
            documents.c.root == root, documents.c.source == source
        )
        with reading(self._engine) as db:
            return {row.id: row.content for row in db.execute(query)}

    def owners(self, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        query = select(documents.c.id, documents.c.root, documents.c.source)
        found: dict[str, tuple[str, str]] = {}
        with reading(self._engine) as db:
            for start in range(0, len(ids), MANY):
                part = query.where(documents.c.id.in_(ids[start : start + MANY]))
                found |= {row.id: (row.root, row.source) for row in db.execute(part)}
        return found

    def write(
        self,
        root: str,
        source: str,
        digest: str,
        gone: Sequence[str],
        fresh: Sequence[tuple[Document, Sequence[tuple[Passage, Matrix]]]],
    ) -> tuple[list[int], list[int]]:
        with self._engine.begin() as db:
            old = _forget(db, gone)
            new = [
                number for document, parts in fresh for number in _add(db, root, document, parts)
            ]
            known = upsert(db, sources).values(root=root, source=source, digest=digest)
            db.execute(
                known.on_conflict_do_update(
                    index_elements=["root", "source"], set_={"digest": digest}
                )
            )
            if old or new:
                _advance(db)
        return old, new

    def drop(self, root: str, source: str) -> tuple[list[str], list[int]]:
        ids = sorted(self.held(root, source))
        with self._engine.begin() as db:
            numbers = _forget(db, ids)
            db.execute(delete(sources).where(sources.c.root == root, sources.c.source == source))
            _advance(db)
        return ids, numbers

    def remove(self, id: str) -> list[int] | None:
        with self._engine.begin() as db:
            found = db.execute(
                select(documents.c.root, documents.c.source).where(documents.c.id == id)
            ).first()
            if found is None:
                return None
            numbers = _forget(db, [id])
            same = (sources.c.root == found.root) & (sources.c.source == found.source)
            db.execute(update(sources).where(same).values(digest=""))  # read it again next time
            _advance(db)
        return numbers

    def documents(self) -> list[Document]:
        with reading(self._engine) as db:
            return [_document(row) for row in db.execute(select(documents).order_by("id"))]

    def document(self, id: str) -> Document | None:
        with reading(self._engine) as db:
            row = db.execute(select(documents).where(documents.c.id == id)).first()
        return _document(row) if row else None

    def passages(self, id: str) -> list[Passage]:
        query = _PASSAGES.where(passages.c.document == id).order_by(passages.c.number)
        with reading(self._engine) as db:
            return [_passage(row) for row in db.execute(query)]

    def entries(self) -> list[Entry]:
        query = select(
            passages.c.number, documents.c.audience, documents.c.product, documents.c.language,
            documents.c.valid_from, documents.c.valid_until,
        )  # fmt: skip
        query = query.join(documents).order_by(passages.c.number)
        with reading(self._engine) as db:
            return [Entry(*row) for row in db.execute(query)]

    def texts(self) -> Iterator[str]:
        with reading(self._engine) as db:
            for row in db.execute(_PASSAGES.order_by(passages.c.number)):
                passage = _passage(row)
                yield passage.words

    def read(self, numbers: Sequence[int]) -> dict[int, Kept]:
        found = {}
        query = _PASSAGES.add_columns(passages.c.vectors)
        with reading(self._engine) as db:
            for start in range(0, len(numbers), MANY):
                part = query.where(passages.c.number.in_(numbers[start : start + MANY]))
                for row in db.execute(part):
                    half = np.frombuffer(row.vectors, np.float16).reshape(-1, WIDTH)
                    found[row.number] = Kept(row.number, _passage(row), half.astype(np.float32))
        return found


_PASSAGES = select(
    passages.c.number, passages.c.document, documents.c.title, passages.c.path, passages.c.anchor,
    passages.c.start, passages.c.end, passages.c.sentences,
).join(documents)  # fmt: skip


def _advance(db: Connection) -> None:
    """Tell every process that the library changed."""
    first = upsert(db, generations).values(name=GENERATION, number=1)
    db.execute(
        first.on_conflict_do_update(
            index_elements=["name"], set_={"number": generations.c.number + 1}
        )
    )


def _forget(db: Connection, ids: Sequence[str]) -> list[int]:
    numbers: list[int] = []
    for start in range(0, len(ids), MANY):
        part = ids[start : start + MANY]
        numbers += db.scalars(select(passages.c.number).where(passages.c.document.in_(part)))
        db.execute(delete(passages).where(passages.c.document.in_(part)))
        db.execute(delete(documents).where(documents.c.id.in_(part)))
    return numbers


def _add(
    db: Connection, root: str, document: Document, parts: Sequence[tuple[Passage, Matrix]]
) -> list[int]:
    about = {name: getattr(document.about, name) for name in FIELDS}
    row = {
        "id": document.id, "root": root, "source": document.source, "content": document.content,
        "title": document.title, "text": document.text,
    }  # fmt: skip
    db.execute(insert(documents).values(row | about))
    if not parts:
        return []
    rows = [_row(passage, vectors) for passage, vectors in parts]
    query = insert(passages).returning(passages.c.number, sort_by_parameter_order=True)
    return list(db.scalars(query, rows))


def _row(passage: Passage, vectors: Matrix) -> dict[str, Any]:
    return {
        "document": passage.document,
        "path": list(passage.path),
        "anchor": passage.anchor,
        "start": passage.start,
        "end": passage.end,
        "sentences": [[s.text, s.start, s.end, s.kind, s.asked] for s in passage.sentences],
        "vectors": vectors.astype(np.float16).tobytes(),
    }


def _passage(row: Any) -> Passage:
    return Passage(
        document=row.document,
        title=row.title,
        path=tuple(row.path),
        anchor=row.anchor,
        start=row.start,
        end=row.end,
        sentences=tuple(_sentence(*cast(Any, one)) for one in row.sentences),
    )


def _document(row: Row[Any]) -> Document:
    about = About(**{name: getattr(row, name) for name in FIELDS})
    return Document(row.id, row.title, row.text, row.source, about)


def _sentence(text: str, start: int, end: int, kind: Kind, asked: list[str]) -> Sentence:
    return Sentence(text, start, end, kind, tuple(asked))
