"""The sending edge: here, and nowhere else, originals go back into a text."""

import asyncio
from dataclasses import dataclass

from integrations.store.desk import SqlDesk
from integrations.store.restoring import UnknownPlaceholder
from integrations.store.vault import Vault


@dataclass(frozen=True)
class Parcel:
    """A message on its way out, or why it stays."""

    id: int
    kept: str  # with placeholders
    text: str  # as the customer reads it; empty when it stays
    problem: str = ""


async def packed(desk: SqlDesk, vault: Vault, conversation: str) -> list[Parcel]:
    """Return what is to be said in a conversation, restored; what cannot be is blocked."""
    waiting = await desk.unsent(conversation)
    parcels = [await asyncio.to_thread(_packed, vault, conversation, *one) for one in waiting]
    if stuck := [parcel.id for parcel in parcels if parcel.problem]:
        await desk.blocked(stuck)
    return parcels


async def sent(desk: SqlDesk, parcels: list[Parcel]) -> None:
    """Mark what went out."""
    await desk.sent([parcel.id for parcel in parcels if not parcel.problem])


def _packed(vault: Vault, conversation: str, id: int, kept: str) -> Parcel:
    try:
        return Parcel(id, kept, vault.restore(conversation, kept))
    except UnknownPlaceholder as error:
        return Parcel(id, kept, "", str(error))
