"""The way of a privacy request: confirmed by a customer, approved by a person, carried out."""

import asyncio
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from agents.deps import Conflict
from agents.state import Turn
from integrations.store.missing import Missing
from integrations.store.requests import DONE, REJECTED, PrivacyRequest, SqlRequests


class Erasing(Protocol):
    """Erases or collects what is kept about a contact; a repeat is harmless."""

    def erase(self, contact: str, by: str) -> dict[str, Any]: ...

    def export(self, contact: str, by: str) -> dict[str, Any]: ...


class Speaker(Protocol):
    """Says a person's words in a conversation that people have."""

    async def speak(self, conversation: str, text: str, by: str) -> Turn: ...


@dataclass(frozen=True)
class Approved:
    """What carrying out a request came to."""

    request: PrivacyRequest
    report: dict[str, Any]  # of an erasure: what was erased, counted
    file: Path | None = None  # of an export: what the person sends


@dataclass(frozen=True)
class Rejected:
    """A closed request, and why the customer could not be told, if so."""

    request: PrivacyRequest
    untold: str = ""


class PrivacyDesk:
    """Where a person decides what customers asked about their data."""

    def __init__(
        self, requests: SqlRequests, erasing: Erasing, speaker: Speaker | None, folder: Path
    ) -> None:
        self._requests, self._erasing = requests, erasing
        self._speaker, self._folder = speaker, folder

    async def waiting(self) -> list[PrivacyRequest]:
        """Return the open requests, oldest first."""
        return await self._requests.waiting()

    async def approve(self, number: int, by: str, out: Path | None = None) -> Approved:
        """Carry out a request, then close it; what breaks in between leaves it open."""
        _named(by)
        request = await self._requests.open(number)
        contact = _known(request)
        if request["kind"] == "erase":
            settled = await self._requests.alike(contact)
            for row in settled:  # a copy that was written for them earlier
                self._file(row["number"]).unlink(missing_ok=True)
            report = await asyncio.to_thread(self._erasing.erase, contact, by)
            await self._requests.erased(settled, by)
            return Approved({**request, "conversation": "", "contact": ""}, report)
        file = out or self._file(number)
        _written(file, await asyncio.to_thread(self._erasing.export, contact, by))
        await self._requests.close(number, DONE, by)
        return Approved(request, {}, file)

    async def reject(self, number: int, by: str, why: str) -> Rejected:
        """Close a request and tell the customer why, where they can still be told."""
        _named(by)
        if not why.strip():
            raise Missing("Say why with --why; the customer reads it.")
        if self._speaker is None:
            raise Missing("Nobody is here who could tell the customer.")
        request = await self._requests.open(number)
        await self._requests.close(number, REJECTED, by)
        try:
            turn = await self._speaker.speak(request["conversation"], why, by)
        except (Missing, Conflict) as error:
            return Rejected(request, str(error))
        await self._requests.because(number, turn["text"])
        return Rejected(request)

    def _file(self, number: int) -> Path:
        return self._folder / f"{number}.json"


def _known(request: PrivacyRequest) -> str:
    if not request["contact"]:  # from before we kept it, and its conversation is gone
        raise Missing("Nobody knows any more whose request it is; reject it to close it.")
    return request["contact"]


def _named(by: str) -> None:
    if not by.strip():
        raise Missing("Say who decides: --by NAME.")


def _written(file: Path, data: dict[str, Any]) -> None:
    """Write for the owner's eyes only, whatever was there before."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(data, out, ensure_ascii=False, indent=2)
        out.write("\n")
