"""A platform has one address for all accounts of an app: each account gets its own part."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from integrations.channels.contract import BadPayload, Forged
from integrations.service.intake import Intake
from integrations.store.traffic_schema import inbox
from tests.channels.every import opened
from tests.fakes.meta import APP_SECRET, NUMBER, PAGE, fixture, signed
from tests.fakes.x import OWN, signature
from tests.fakes.x import fixture as of_x
from tests.service.stand import Stand

pytestmark = pytest.mark.anyio
OTHER = "900800700"


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    one = Stand(tmp_path)
    yield one
    one.close()


def intake(stand: Stand, client: httpx.AsyncClient, kind: str, **accounts: str) -> Intake:
    """Return an intake for accounts of one kind, by the secrets of their apps."""
    names = {"x": "consumer_secret"}
    found = {}
    for account, secret in accounts.items():
        number = account.removeprefix("a")
        more: dict[str, Any] = {"account": number, names.get(kind, "app_secret"): secret}
        found[kind, number] = opened(kind, client, "https://platform.example", **more)
    return Intake(found, stand.inbox, stand.desk.now, lambda _: None)


def pages(*accounts: str) -> bytes:
    """Return a delivery with an entry for each page."""
    content = json.loads(fixture("messenger__message"))
    entry = content["entry"][0]
    content["entry"] = [json.loads(json.dumps(entry).replace(PAGE, one)) for one in accounts]
    for number, one in enumerate(content["entry"]):
        one["messaging"][0]["message"]["mid"] = f"m_{number}"
    return json.dumps(content).encode()


def numbers(*accounts: str) -> bytes:
    """Return a delivery with a change for each phone number."""
    content = json.loads(fixture("whatsapp__message"))
    change = content["entry"][0]["changes"][0]
    changes = [json.loads(json.dumps(change).replace(NUMBER, one)) for one in accounts]
    for number, one in enumerate(changes):
        one["value"]["messages"][0]["id"] = f"wamid.{number}"
    content["entry"][0]["changes"] = changes
    return json.dumps(content).encode()


def stored(stand: Stand) -> list[str]:
    with stand.engine.begin() as db:
        return list(db.scalars(select(inbox.c.account).order_by(inbox.c.id)))


@pytest.mark.parametrize(
    ("kind", "own", "made"), [("messenger", PAGE, pages), ("whatsapp", NUMBER, numbers)]
)
async def test_each_entry_reaches_its_own_account(
    stand: Stand, client: httpx.AsyncClient, kind: str, own: str, made: Any
) -> None:
    raw = made(OTHER, own, OTHER)
    both = intake(stand, client, kind, **{f"a{own}": APP_SECRET, f"a{OTHER}": APP_SECRET})
    assert await both.deliver(kind, own, raw, signed(raw)) == 3
    assert sorted(stored(stand)) == sorted([own, OTHER, OTHER])
    assert await both.deliver(kind, OTHER, raw, signed(raw)) == 0  # whichever address is called


async def test_an_account_that_is_not_set_up_is_left_out_and_named(
    stand: Stand, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    alone = intake(stand, client, "messenger", **{f"a{PAGE}": APP_SECRET})
    raw = pages(PAGE, OTHER)
    with caplog.at_level(logging.WARNING):
        assert await alone.deliver("messenger", PAGE, raw, signed(raw)) == 1
    assert stored(stand) == [PAGE]
    assert f"messenger {OTHER} is not set up here" in caplog.text


async def test_an_app_cannot_speak_for_the_accounts_of_another_app(
    stand: Stand, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    apps = {f"a{PAGE}": APP_SECRET, f"a{OTHER}": "another-invented-secret"}
    two = intake(stand, client, "messenger", **apps)
    raw = pages(PAGE, OTHER)
    assert await two.deliver("messenger", PAGE, raw, signed(raw)) == 1
    assert stored(stand) == [PAGE]
    assert "of another app" in caplog.text
    with pytest.raises(Forged):
        await two.deliver("messenger", OTHER, raw, signed(raw))


async def test_a_broken_part_does_not_hold_up_the_others(
    stand: Stand, client: httpx.AsyncClient
) -> None:
    both = intake(stand, client, "messenger", **{f"a{PAGE}": APP_SECRET, f"a{OTHER}": APP_SECRET})
    content = json.loads(pages(PAGE, OTHER))
    content["entry"][0]["messaging"][0]["timestamp"] = "soon"
    raw = json.dumps(content).encode()
    assert await both.deliver("messenger", PAGE, raw, signed(raw)) == 1
    assert stored(stand) == [OTHER]
    content["entry"][1]["messaging"][0]["timestamp"] = "soon"
    raw = json.dumps(content).encode()
    with pytest.raises(BadPayload, match="timestamp"):
        await both.deliver("messenger", PAGE, raw, signed(raw))


async def test_x_has_one_address_for_an_app_too(stand: Stand, client: httpx.AsyncClient) -> None:
    both = intake(stand, client, "x", **{f"a{OWN}": "one-secret", "a7000009": "one-secret"})
    raw = of_x("received").replace(OWN.encode(), b"7000009")
    headers = {"x-twitter-webhooks-signature": signature(raw, "one-secret")}
    assert await both.deliver("x", OWN, raw, headers) == 1
    assert stored(stand) == ["7000009"]
