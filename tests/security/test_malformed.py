"""A signed delivery that is broken, huge or strange is refused, or taken whole."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from integrations.service.intake import LARGEST
from tests.security.exposed import PLATFORMS, Exposed, Platform

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("platform", PLATFORMS, ids=lambda one: one.kind),
]
BROKEN = (
    b"", b"{", b"null", b"[]", b"7", b'"text"', b"{}", b"[{}]", b"NaN", b"\x00", b"\xff\xfe{}",
    b"\xef\xbb\xbf{}", b"\xed\xa0\x80", b'{"a": "\xff"}', b'{"a":1}{"a":1}', b"<a/>",
    b'{"data": {"payload": []}}', b'{"entry": [[]], "object": "page"}', b'{"message": {"id": {}}}',
    b"[" * 100_000, b'{"a":' * 100_000, b'{"data":' * 60_000 + b"1" + b"}" * 60_000,
    b'{"id": ' + b"9" * 5000 + b"}", b'{"\\ud800": "\\ud800"}',
)  # fmt: skip
DIGITS = "<digits>"  # stands for more of them than Python writes down
STRANGE: tuple[Any, ...] = (
    None, -1, 10**30, DIGITS, "", "\0", "\ud800", "x" * 10_000, [None], {"\ud800": 1},
    "0001-01-01T00:00:00+14:00",
)  # fmt: skip
KINDS = (None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data")
LONG = (
    "a." * 10_000, "\n" * 20_000, "1:" * 9_000, "\u202e\u200b\u0301" * 6_000, "@" * 20_000,
    "<PERSON_1> <EMAIL_1>", "{{7*7}} ${7*7} %s %n", "\ud800", "\0\0", "\U0001f3f4" * 5_000,
)  # fmt: skip


async def post(
    web: httpx.AsyncClient, house: Exposed, platform: Platform, raw: bytes
) -> httpx.Response:
    headers = platform.sign(raw, house.desk.time)
    return await web.post(platform.path, content=raw, headers=headers)


async def test_what_is_no_delivery_is_refused_in_plain_words(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    for raw in BROKEN:
        answer = await post(web, house, platform, raw)
        assert answer.status_code in (200, 400), raw[:40]
        assert len(answer.content) < 1000
    assert house.rows() == {}


def changed(value: Any) -> Iterator[Any]:
    """Yield a delivery with one part after the other replaced by something strange."""
    if isinstance(value, dict):
        for name in value:
            for other in (*STRANGE, *changed(value[name])):
                yield {**value, name: other}
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            for other in changed(inner):
                yield [*value[:number], other, *value[number + 1 :]]


def written(value: Any) -> bytes:
    """Write it down as a platform that means harm could, numbers of any length too."""
    return json.dumps(value).encode().replace(b'"<digits>"', b"9" * 5000)


async def test_no_part_of_a_delivery_breaks_us_whatever_stands_there(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    seen: dict[int, int] = {}
    for number, one in enumerate(changed(json.loads(platform.message))):
        raw = platform.numbered(number, written(one))
        answer = await post(web, house, platform, raw)
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
    assert set(seen) == {200, 400}, seen
    await house.work()
    assert set(house.states("inbox")) == {"done"}


async def test_the_strangest_words_of_a_person_come_to_their_turn(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    stored = 0
    for number, text in enumerate(LONG):
        answer = await post(web, house, platform, platform.another(number, text))
        assert answer.status_code in (200, 400)
        stored += answer.json().get("stored", 0)
    await house.work()
    assert stored >= len(LONG) - 2  # nothing but nulls, and half a character
    assert set(house.states("inbox")) == {"done"}


async def test_a_name_that_is_too_long_for_a_column_is_shortened_or_refused(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    long = platform.message.replace(platform.id, platform.id + b"0" * 400)
    answer = await post(web, house, platform, long)
    assert answer.status_code in (200, 400)
    assert house.longest_name() <= 300
    assert (house.longest_name() > 0) == (answer.status_code == 200)


async def test_more_than_a_delivery_may_have_is_refused_however_it_comes(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    raw = platform.message + b" " * LARGEST
    headers = platform.sign(raw, house.desk.time)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(raw), 64_000):
            yield raw[start : start + 64_000]

    for content in (raw, pieces()):
        answer = await web.post(platform.path, content=content, headers=headers)
        assert answer.status_code == 413
    assert house.rows() == {}


async def test_another_kind_of_content_is_refused(
    web: httpx.AsyncClient, house: Exposed, platform: Platform
) -> None:
    headers = platform.sign(platform.message, house.desk.time)
    headers.pop("Content-Type")
    for kind in KINDS:
        more = {} if kind is None else {"Content-Type": kind}
        answer = await web.post(platform.path, content=platform.message, headers=headers | more)
        assert (answer.status_code, house.rows()) == (415, {})
