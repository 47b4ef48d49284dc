"""One invented account of each kind that Meta has."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from integrations.channels.contract import Channel
from integrations.channels.meta.channel import CHANNELS
from tests.fakes.meta import (
    ACCOUNT,
    APP,
    APP_SECRET,
    NUMBER,
    PAGE,
    TOKEN,
    VERIFY_TOKEN,
    FakeMeta,
)

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
ACCOUNTS = {"messenger": PAGE, "instagram": ACCOUNT, "whatsapp": NUMBER}


def settings(kind: str, **more: Any) -> dict[str, Any]:
    given = {
        "account": ACCOUNTS[kind],
        "app_secret": APP_SECRET,
        "verify_token": VERIFY_TOKEN,
        "token": TOKEN,
    }
    return given | ({} if kind == "whatsapp" else {"app_id": APP}) | more


def account(kind: str, client: httpx.AsyncClient, **more: Any) -> Channel:
    """Return a channel with invented settings."""
    times = {name: more.pop(name) for name in ("clock", "seconds") if name in more}
    form, made = CHANNELS[kind]
    return made(form.model_validate(settings(kind, **more)), client, **times)


def at(time: datetime) -> Callable[[], datetime]:
    """Return a clock that stands still."""
    return lambda: time


def built(kind: str, meta: FakeMeta, client: httpx.AsyncClient, **more: Any) -> Channel:
    """Return a hasty channel that talks to the fake."""
    return account(kind, client, **{"url": meta.url, "clock": at(NOW), "seconds": 1.0} | more)
