"""What the agent may quote, as rows: articles, where they came from, and their passages."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from integrations.store.schema import metadata

documents = Table(
    "documents",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("root", Text, nullable=False),  # the folder, file or address that was ingested
    Column("source", Text, nullable=False),  # where below the root
    Column("content", String(64), nullable=False),  # of what it says
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("reviewed", Date),
    Column("audience", String(20), nullable=False),
    Column("product", String(200), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("language", String(20), nullable=False),
    Index("documents_by_source", "root", "source"),
)

sources = Table(
    "sources",
    metadata,
    Column("root", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("digest", String(64), nullable=False),  # of the bytes that were read
)

passages = Table(
    "passages",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document", ForeignKey("documents.id"), nullable=False),
    Column("path", JSON, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentences", JSON, nullable=False),  # text, start, end, kind, asked
    Column("vectors", LargeBinary, nullable=False),  # half precision; see shelf.Kept
    Index("passages_of_document", "document", "number"),
    sqlite_autoincrement=True,  # a number is never given twice
)

generations = Table(
    "generations",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("number", Integer, nullable=False),
)
