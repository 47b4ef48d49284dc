"""The brand's own system may sign which customer a contact is; nobody else can."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from integrations.identity import Identities, Refused, read, signed
from integrations.service.intake import Intake
from tests.contacts.street import Street

KEY = b"a key of the brand's own, 32 bytes long"
pytestmark = pytest.mark.anyio


def _part(data: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def token(street: Street, key: bytes = KEY, head: Any = None, **claims: Any) -> str:
    """Sign as a brand's own system would."""
    end = int(street.desk.now().timestamp()) + 600
    given = {"sub": "customer-42", "aud": "post/shop", "contact": "kim", "exp": end, **claims}
    text = f"{_part(head or {'alg': 'HS256', 'typ': 'JWT'})}.{_part(given)}"
    return f"{text}.{signed(text, key)}"


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    one = Street(tmp_path)
    identities = Identities(one.vault, one.inbox, KEY)
    one.intake = Intake(
        one.channels, one.inbox, one.desk.now, lambda _: None, identities=identities
    )
    yield one
    one.close()


async def both(street: Street, shop: dict[str, Any], forum: dict[str, Any]) -> list[str]:
    """Let the same customer come signed on both channels; return who is one person."""
    await street.shop_hears("hello", identity=token(street, **shop))
    there = {"aud": "post/forum", "contact": "kim-elsewhere", **forum}
    said = {"conversation": "c9", "contact": "kim-elsewhere"}
    await street.forum_hears("hello", identity=token(street, **there), **said)
    return [one["contact"] for one in street.people.show(street.in_shop)["contacts"]]


async def test_the_same_signed_id_is_one_person(street: Street) -> None:
    assert await both(street, {}, {}) == [street.in_shop, street.in_forum]
    assert {link["origin"] for link in street.links()} == {"signed"}


@pytest.mark.parametrize(
    "forum",
    [
        {"sub": "customer-43"},
        {"key": b"somebody else's key, also 32 bytes long"},
        {"exp": 1},
        {"exp": 9_999_999_999},
        {"contact": "kim"},
        {"aud": "post/shop"},
        {"head": {"alg": "none"}},
        {"head": {"alg": "HS512"}},
        {"exp": "never"},
        {"sub": ""},
    ],
    ids=str,
)
async def test_what_is_not_signed_for_this_contact_shows_nothing(
    street: Street, forum: dict[str, Any]
) -> None:
    assert await both(street, {}, forum) == [street.in_shop]


@pytest.mark.parametrize("broken", ["", "x", "..", "a.b.c", "é.é.é", "x" * 5000, "."])
async def test_a_broken_token_is_refused(street: Street, broken: str) -> None:
    with pytest.raises(Refused, match="signature"):
        read(broken, KEY, street.desk.now())


async def test_a_message_with_a_bad_token_is_answered_all_the_same(street: Street) -> None:
    said = await street.shop_hears("what does it cost?", identity="forged")
    assert "149" in said
    assert street.links() == []


async def test_a_second_customer_on_the_same_device_is_not_merged_with_the_first(
    street: Street,
) -> None:
    await both(street, {}, {"sub": "customer-43"})
    await street.shop_hears("hello", identity=token(street, sub="customer-43"))
    assert len(street.people.show(street.in_shop)["contacts"]) == 1


async def test_a_link_that_a_person_undid_does_not_come_back_by_itself(street: Street) -> None:
    await both(street, {}, {})
    street.people.unlink(street.links()[0]["id"], "Ana")
    assert await both(street, {}, {}) == [street.in_shop]


async def test_two_customers_of_the_brand_are_not_linked_by_a_code(street: Street) -> None:
    await both(street, {}, {})
    code = await other_side_changes(street)
    assert "the code is right" not in await street.shop_hears(code)
    assert len(street.people.show(street.in_shop)["contacts"]) == 1


async def other_side_changes(street: Street) -> str:
    """Ask for a code between two that are not linked, then let the forum's be another customer."""
    for link in street.links():
        street.people.unlink(link["id"], "Ana")
    code = await street.asked()
    for account, name, foreign in (("shop", "c1", "kim"), ("forum", "c9", "kim-elsewhere")):
        channel = street.channel if account == "shop" else street.forum
        said = token(street, sub=f"of-{account}", aud=f"post/{account}", contact=foreign)
        one = street.event("hello", conversation=name, contact=foreign, identity=said)
        await street.intake.store(channel, [one])
    return code


async def test_the_token_is_not_stored(street: Street) -> None:
    one = street.event("hello", identity=token(street))
    await street.intake.store(street.channel, [one])
    street.desk.wait(seconds=3)
    leased = await street.inbox.lease("somebody")
    assert leased is not None
    assert leased.arrivals == (replace(one, identity=""),)
