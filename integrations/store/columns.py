"""Columns that several tables have."""

from typing import Any

from sqlalchemy import Column, Integer, String, Text


def leasing() -> list[Column[Any]]:
    """Return the columns of rows that workers lease."""
    return [
        Column("run_at", String(40), nullable=False, server_default=""),
        Column("lease_until", String(40), nullable=False, server_default=""),
        Column("worker", String(100), nullable=False, server_default=""),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("error", Text, nullable=False, server_default=""),
    ]
