"""Channels in the terminal."""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from integrations.channels.contract import (
    Asks,
    Capabilities,
    Channel,
    Registers,
    SendError,
    Standing,
    Unregisters,
)
from integrations.channels.registry import open_channels
from integrations.cli.privacy import show
from integrations.cli.terminal import plain
from integrations.settings import SettingsError, read
from integrations.store.missing import Missing
from integrations.web_client import open_client

SECONDS = 20.0
PUBLIC = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?(/[\w./-]*)?", re.ASCII)
NONE = "No channels are set up: see integrations/channels/README.md."
Result = TypeVar("Result")


def list_accounts(file: Path | None, as_json: bool) -> None:
    """Print every account with its state, and with what its platform allows."""
    found = _opened(file, _stand)
    for channel, standing in found:
        allowed = channel.capabilities
        lines = [_line(channel, standing), f"  {_allowed(allowed)}", *_todo(standing)]
        show(_row(channel, standing) | asdict(allowed), as_json, "\n".join(lines))
    if not found and not as_json:
        show({}, False, NONE)


def check(file: Path | None, as_json: bool) -> None:
    """Print what every platform says of us, and what to do; exit 1 when something is wrong."""
    found = _opened(file, _stand)
    for channel, standing in found:
        lines = [_line(channel, standing), *_todo(standing)]
        show(_row(channel, standing), as_json, "\n".join(lines))
    if not found and not as_json:
        show({}, False, NONE)
    if any(standing and not standing.fine for _, standing in found):
        sys.exit(1)


def register(
    kind: str, account: str, url: str, dry: bool, file: Path | None, as_json: bool
) -> None:
    """Tell a platform where to deliver, or say what would be called."""
    address = _address(kind, account, url)

    async def work(channels: list[Channel]) -> list[str]:
        return await _registered(_named(channels, kind, account), address, dry)

    calls = _opened(file, work)
    row = {"kind": kind, "account": account, "address": address, "calls": calls, "dry_run": dry}
    said = "\n".join([f"would call {one}" for one in calls])
    show(row, as_json, said if dry else f"{kind} {account} delivers to {address} now.")


def unregister(kind: str, account: str, file: Path | None, as_json: bool) -> None:
    """Tell a platform to deliver no more."""

    async def work(channels: list[Channel]) -> None:
        channel = _named(channels, kind, account)
        if not isinstance(channel, Unregisters):
            raise SettingsError(f"{kind}: that is done on the platform's own pages.")
        try:
            await channel.unregister()
        except SendError as error:
            raise SettingsError(f"{kind} {account}: {error}.") from error

    _opened(file, work)
    row = {"kind": kind, "account": account, "address": ""}
    show(row, as_json, f"{kind} {account} delivers nowhere now.")


def _named(channels: list[Channel], kind: str, account: str) -> Channel:
    for one in channels:
        if (one.kind, one.account) == (kind, account):
            return one
    raise Missing(f"There is no channel {kind} {account}; `quiethand channels` lists them.")


async def _registered(channel: Channel, address: str, dry: bool) -> list[str]:
    if not isinstance(channel, Registers):
        polled = "it is asked by us, and needs no public address"
        why = polled if hasattr(channel, "listen") else "that is set up on the platform's own pages"
        where = f"integrations/channels/{type(channel).__module__.split('.')[-2]}/README.md"
        raise SettingsError(f"{channel.kind}: nothing to register, {why}: see {where}.")
    try:
        calls = channel.registering(address)
        if not dry:
            await channel.register(address)
    except SendError as error:
        raise SettingsError(f"{channel.kind} {channel.account}: {error}.") from error
    return calls


def _address(kind: str, account: str, url: str) -> str:
    if not PUBLIC.fullmatch(url):
        raise SettingsError(f"{url}: platforms deliver to https://HOST only.")
    return f"{url.rstrip('/')}/channels/{kind}/{account}"


async def _stand(channels: list[Channel]) -> list[tuple[Channel, Standing | None]]:
    """Ask all platforms at once."""
    return list(zip(channels, await asyncio.gather(*map(_asked, channels)), strict=True))


async def _asked(channel: Channel) -> Standing | None:
    if not isinstance(channel, Asks):
        return None
    try:
        return await channel.standing()
    except SendError as error:
        return Standing(False, str(error))


def _opened(file: Path | None, work: Callable[[list[Channel]], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        async with open_client(SECONDS) as client:
            found = open_channels(file or read().data / "channels.toml", client)
            return await work(list(found.values()))

    return asyncio.run(run())


def _row(channel: Channel, standing: Standing | None) -> dict[str, Any]:
    known = asdict(standing) if standing else {"fine": None, "found": "", "arrives": "", "todo": ""}
    return {"kind": channel.kind, "account": channel.account, **known}


def _line(channel: Channel, standing: Standing | None) -> str:
    name = f"{channel.kind} {channel.account}"
    if standing is None:
        return f"--  {name}: nothing to ask; it shows with the first message"
    said = "; ".join(plain(part) for part in (standing.found, standing.arrives) if part)
    return f"{'ok ' if standing.fine else 'NO '} {name}: {said}"


def _todo(standing: Standing | None) -> list[str]:
    return [f"    -> {plain(standing.todo)}"] if standing and standing.todo else []


def _allowed(allowed: Capabilities) -> str:
    window = "answers at any time"
    if allowed.window_hours:
        people = allowed.window_for_people_hours or allowed.window_hours
        window = f"answers for {allowed.window_hours:g} h, what a person approved for {people:g} h"
    rates = f"{allowed.account_per_second:g}/s, {allowed.recipient_per_second:.2g}/s to one person"
    return f"{window}; {allowed.longest:,} {allowed.counted_in} a message; {rates}"
