"""A delivery that its platform did not sign, just so and just now, leaves nothing behind."""

import json
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import quote

import httpx
import pytest

from tests.security.exposed import PLATFORMS, Exposed, Platform

pytestmark = pytest.mark.anyio
MADE_UP = ("", "x", "sha256=", "v1=", "sha256=" + "0" * 64, "v1=" + "0" * 64, "é" * 20, "a" * 6000)
CUTS = (slice(0, -1), slice(1, None), slice(0, 20), slice(None, None, -1))
NOWHERE = ("nobody", "../shop", "..", "shop%00", "shop\r\nX-A: 1", "ｓhop", "' OR 1=1--", "%2f%2e")


def every(platforms: list[Platform]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("platform", platforms, ids=lambda one: one.kind)


async def refused(
    web: httpx.AsyncClient,
    platform: Platform,
    headers: Mapping[str, str | bytes],
    more: bytes = b"",
) -> None:
    plain = [(name.encode(), one if isinstance(one, bytes) else one.encode())
             for name, one in headers.items()]  # fmt: skip
    answer = await web.post(platform.path, content=platform.message + more, headers=plain)
    assert (answer.status_code, answer.json()) == (401, {"error": "The signature does not fit."})


async def left_nothing(house: Exposed) -> None:
    await house.work()
    assert house.rows() == {}


@every(PLATFORMS)
async def test_what_is_signed_is_taken_and_answered_once(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    headers = platform.sign(platform.message, house.desk.time)
    for stored in (1, 0, 0):  # the same again changes nothing
        answer = await web.post(platform.path, content=platform.message, headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"stored": stored})
    await house.work()
    assert house.rows()["inbox"] == house.rows()["turns"] == 1


@every(PLATFORMS)
async def test_no_signature_or_a_made_up_one_is_refused(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    headers = platform.sign(platform.message, house.desk.time)
    signature = headers.pop(platform.header)
    await refused(web, platform, headers)
    for made_up in MADE_UP:
        await refused(web, platform, {**headers, platform.header: made_up.encode()})
    for cut in CUTS:
        await refused(web, platform, {**headers, platform.header: signature[cut]})
    for other in PLATFORMS:
        if other.header != platform.header:
            await refused(web, platform, other.sign(platform.message, house.desk.time))
    await left_nothing(house)


@every([one for one in PLATFORMS if one.signs_body])
async def test_the_signature_of_another_body_is_none(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    await refused(web, platform, platform.sign(platform.message, house.desk.time), more=b" ")
    await left_nothing(house)


@every([one for one in PLATFORMS if one.signs_body])
async def test_a_body_that_was_taken_does_not_come_again_under_another_id(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    headers = platform.sign(platform.message, house.desk.time)
    await web.post(platform.path, content=platform.message, headers=headers)
    again = json.dumps(json.loads(platform.message) | {"id": "another"}).encode()
    answer = await web.post(platform.path, content=again, headers=headers)
    assert (answer.status_code, house.rows()["inbox"]) == (401, 1)


@every([one for one in PLATFORMS if one.signs_time])
async def test_a_delivery_out_of_its_time_is_refused_and_one_a_little_late_taken(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    for seconds in (-301, 301, 3600, -3600):
        at = house.desk.time + timedelta(seconds=seconds)
        await refused(web, platform, platform.sign(platform.message, at))
    await left_nothing(house)
    late = platform.sign(platform.message, house.desk.time - timedelta(seconds=299))
    answer = await web.post(platform.path, content=platform.message, headers=late)
    assert answer.json() == {"stored": 1}


@every([one for one in PLATFORMS if one.signs_time])
async def test_a_time_that_is_none_is_refused(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    headers = platform.sign(platform.message, house.desk.time)
    name = next(name for name in headers if name.lower().endswith("timestamp"))
    for time in ("", "x", "-1", "1e9", "٣", "9" * 400, "1.5", "0x10", "NaN"):
        await refused(web, platform, {**headers, name: time.encode()})
    await left_nothing(house)


@every(PLATFORMS)
async def test_another_address_than_one_that_is_set_up_is_not_there(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    headers = platform.sign(platform.message, house.desk.time)
    account = platform.path.split("/")[3]
    for part in (quote(one, safe="%") for one in NOWHERE):
        for path in (f"/channels/{platform.kind}/{part}", f"/channels/{part}/{account}"):
            answer = await web.post(path, content=platform.message, headers=headers)
            assert answer.status_code in (404, 405)
            assert "x-a" not in answer.headers
    await left_nothing(house)


async def test_a_bot_that_is_polled_takes_no_webhooks(
    web: httpx.AsyncClient, house: Exposed
) -> None:
    bot = next(one for one in PLATFORMS if one.kind == "telegram")
    headers = bot.sign(bot.message, house.desk.time)
    answer = await web.post("/channels/telegram/polled", content=bot.message, headers=headers)
    assert answer.status_code == 401
    await left_nothing(house)


async def test_a_secret_of_the_address_cannot_be_sent_as_a_header(
    web: httpx.AsyncClient, house: Exposed
) -> None:
    bot = next(one for one in PLATFORMS if one.kind == "chatwoot")
    path, _, secret = bot.path.rpartition("/")
    headers = {**bot.sign(bot.message, house.desk.time), "X-Quiethand-Path-Secret": secret}
    answer = await web.post(path, content=bot.message, headers=headers)
    assert answer.status_code == 401
    await left_nothing(house)
