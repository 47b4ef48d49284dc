"""The documents that are there: listed, shown, taken out and checked."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from integrations.cli.terminal import plain, progress
from integrations.library import open_library
from integrations.settings import Settings, read
from integrations.store.records import Missing
from knowledge.documents.document import Document
from knowledge.documents.library import Library
from knowledge.documents.passages import Passage


def list_documents(brand: str | None, as_json: bool) -> None:
    """Print a line a document."""
    found = _library(brand).documents()
    for document in found:
        if as_json:
            sys.stdout.write(json.dumps(_head(document)) + "\n")
        else:
            sys.stdout.write(f"{document.id}: {plain(document.title)} ({_about(document)})\n")
    if not found and not as_json:
        sys.stdout.write("No document is there; `quiethand ingest` brings some in.\n")


def show(id: str, brand: str | None, as_json: bool) -> None:
    """Print a document with the anchors of its passages."""
    library = _library(brand)
    if (document := library.document(id)) is None:
        raise _missing(id)
    passages = library.passages(id)
    if as_json:
        parts = [_part(passage) for passage in passages]
        whole = _head(document) | {"text": document.text, "passages": parts}
        sys.stdout.write(json.dumps(whole) + "\n")
        return
    sys.stdout.write(f"{plain(document.title)}\n{id} ({_about(document)})\n")
    for passage in passages:
        place = " > ".join(passage.path) or passage.title
        sys.stdout.write(f"\n#{passage.anchor} {plain(place)} ({passage.start}-{passage.end})\n")
        text = document.text[passage.start : passage.end].strip("\n")
        sys.stdout.write(f"{plain(text, lines=True)}\n")


def remove(id: str, brand: str | None, as_json: bool) -> None:
    """Take a document out, until its source is ingested again."""
    library = _library(brand)
    document = library.document(id)
    if document is None or not library.remove(id):
        raise _missing(id)
    if as_json:
        sys.stdout.write(json.dumps({"id": id, "removed": True, "source": document.source}) + "\n")
        return
    sys.stdout.write(
        f"{id} is removed. It comes back when {plain(document.source)} is read again, as the "
        "brand's own articles are at each start; delete that too if it shall stay away.\n"
    )


def check(brand: str | None, as_json: bool) -> None:
    """Print what is wrong with the documents; the exit code says whether something is."""
    from knowledge.documents.checking import check as look_through
    from knowledge.language.encoder import Encoder

    settings = _settings(brand)
    encoder = Encoder(settings.cache, settings.threads)
    documents = open_library(settings, progress, encoder).documents()
    found = look_through(documents, encoder.meaning, datetime.now(UTC).date())
    for one in found:
        if as_json:
            sys.stdout.write(json.dumps(asdict(one)) + "\n")
        else:
            sys.stdout.write(f"{one.kind}: {one.document}: {plain(one.detail)}\n")
    if found:
        sys.exit(1)
    if not as_json:
        sys.stdout.write(f"{len(documents):,} documents, nothing to complain about.\n")


def _settings(brand: str | None) -> Settings:
    settings = read()
    return settings.model_copy(update={"brand": brand}) if brand else settings


def _library(brand: str | None) -> Library:
    return open_library(_settings(brand), progress)


def _missing(id: str) -> Missing:
    return Missing(f"There is no document {plain(id)!r}; `quiethand documents list` lists them.")


def _head(document: Document) -> dict[str, Any]:
    known = asdict(document.about)
    days = {name: day and day.isoformat() for name, day in known.items() if "_" in name}
    days["reviewed"] = known["reviewed"] and known["reviewed"].isoformat()
    return {"id": document.id, "title": document.title, "source": document.source, **known, **days}


def _about(document: Document) -> str:
    known = asdict(document.about)
    parts = [f"source: {document.source}"]
    parts += [f"{name.replace('_', ' ')}: {value}" for name, value in known.items() if value]
    return plain(", ".join(parts))


def _part(passage: Passage) -> dict[str, Any]:
    return {
        "anchor": passage.anchor,
        "path": list(passage.path),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }
