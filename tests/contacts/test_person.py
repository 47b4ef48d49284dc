"""What a link means: one person for people, for a copy and for erasing, and never for the agent."""

import json
from pathlib import Path

import pytest

from integrations.contacts import People
from integrations.erasing import VaultErasing, person
from integrations.requests import PrivacyDesk
from integrations.store.export import exported
from integrations.store.missing import Missing
from integrations.store.requests import SqlRequests
from integrations.store.schema import conversations, metadata
from tests.contacts.street import Street

pytestmark = pytest.mark.anyio


async def test_people_see_what_was_said_on_all_channels(street: Street) -> None:
    await street.linked()
    said = street.people.history(street.in_shop)
    assert {line["conversation"] for line in said} == {
        street.name("shop", "c1"),
        street.name("forum", "c9"),
    }
    assert [line["at"] for line in said] == sorted(line["at"] for line in said)


async def test_the_agent_never_gets_what_was_said_on_another_channel(street: Street) -> None:
    await street.linked()
    await street.forum_hears("my secret is blue", conversation="c9", contact="kim-elsewhere")
    await street.shop_hears("what did I tell you elsewhere?")
    message = street.desk.message("x", conversation=street.name("shop", "c1"))
    held = await street.agent.deps.records.conversation(message)
    assert "blue" not in repr(held)


async def test_whoever_is_not_linked_is_not_shown(street: Street) -> None:
    await street.met()
    found = street.people.show(street.in_shop)
    assert [one["contact"] for one in found["contacts"]] == [street.in_shop]
    assert found["links"] == []


async def test_a_link_can_be_undone_and_who_did_it_is_kept(street: Street) -> None:
    await street.linked()
    number = street.links()[0]["id"]
    assert street.people.unlink(number, "Ana", dry=True)["id"] == number
    assert len(street.links()) == 1
    street.people.unlink(number, "Ana")
    assert street.links() == []
    with pytest.raises(Missing, match="Already undone by Ana"):
        street.people.unlink(number, "Ben")
    with pytest.raises(Missing, match="no link 99"):
        street.people.unlink(99, "Ben")


async def test_undone_links_can_be_made_anew_with_proof(street: Street) -> None:
    await street.linked()
    street.people.unlink(street.links()[0]["id"], "Ana")
    assert "the code is right" in await street.shop_hears(await street.asked())
    assert len(street.links()) == 1


async def test_who_is_linked_needs_no_code(street: Street) -> None:
    await street.linked()
    with pytest.raises(Missing, match="one person already"):
        street.people.ask(street.in_forum, street.in_shop, "Ana")


async def test_a_copy_has_all_channels_unless_one_is_meant(street: Street) -> None:
    await street.linked()
    both = exported(street.vault, street.in_shop, "Ana")
    assert (both["contact"], [one["contact"] for one in both["linked"]]) == (
        street.in_shop,
        [street.in_forum],
    )
    assert both["linked"][0]["conversations"]
    assert exported(street.vault, street.in_shop, "Ana", only=True)["linked"] == []


async def test_erasing_one_erases_the_person(street: Street, tmp_path: Path) -> None:
    await street.linked()
    await street.shop_hears("stop")
    assert person(street.vault, street.in_shop, only=True) == [street.in_shop]
    assert person(street.vault, street.in_shop) == [street.in_shop, street.in_forum]
    report = VaultErasing(street.vault, tmp_path / "nothing").erase(street.in_shop, "Ana")
    assert (report["conversations"], report["found"]) == (2, 0)
    left = _rows(street, "links", "link_codes", "opt_outs", "conversations", "contacts")
    assert left == []


async def test_a_request_erases_the_person_on_all_channels(street: Street, tmp_path: Path) -> None:
    await street.linked()
    requests = SqlRequests(street.engine, street.desk.now)
    number = await requests.ask("erase", street.name("shop", "c1"), "turn-1")
    await requests.ask("export", street.name("forum", "c9"), "turn-2")
    people = PrivacyDesk(requests, VaultErasing(street.vault, tmp_path / "x"), None, tmp_path)
    await people.approve(number, "Ana")
    assert await people.waiting() == []
    assert _rows(street, "conversations") == []


async def test_a_request_outlives_its_conversation(street: Street, tmp_path: Path) -> None:
    await street.met()
    requests = SqlRequests(street.engine, street.desk.now)
    number = await requests.ask("erase", street.name("shop", "c1"), "turn-1")
    _lose(street, street.name("shop", "c1"))
    assert (await requests.open(number))["contact"] == street.in_shop
    people = PrivacyDesk(requests, VaultErasing(street.vault, tmp_path / "x"), None, tmp_path)
    done = await people.approve(number, "Ana")
    assert done.report["keys"] == 1
    assert await people.waiting() == []
    assert _rows(street, "inbox", "addresses", but=street.name("forum", "c9")) == []


async def test_a_request_of_somebody_who_is_gone_can_be_closed(
    street: Street, tmp_path: Path
) -> None:
    await street.met()
    requests = SqlRequests(street.engine, street.desk.now)
    number = await requests.ask("erase", street.name("shop", "c1"), "turn-1")
    again = await requests.ask("erase", "c-nowhere", "turn-2")
    people = PrivacyDesk(requests, VaultErasing(street.vault, tmp_path / "x"), None, tmp_path)
    assert (await people.approve(again, "Ana")).report["found"] == 0
    assert [one["number"] for one in await people.waiting()] == [number]


def test_nobody_is_shown_who_is_not_there(street: Street) -> None:
    with pytest.raises(Missing, match="no contact"):
        People(street.vault, "Brand").show("nobody")


async def test_what_is_shown_is_plain_data(street: Street) -> None:
    await street.linked()
    found = street.people.show(street.in_forum)
    assert json.loads(json.dumps(found)) == found


def _rows(street: Street, *tables: str, but: str = "") -> list[object]:
    with street.engine.begin() as db:
        return [
            row
            for name in tables
            for row in db.execute(metadata.tables[name].select())
            if but not in tuple(row) or not but
        ]


def _lose(street: Street, conversation: str) -> None:
    """Delete a conversation with what hangs on it, as an old backup may lack it."""
    with street.engine.begin() as db:
        for table in reversed(metadata.sorted_tables):
            if "conversation" in table.c and table.name not in (
                "privacy_requests",
                "inbox",
                "addresses",
            ):
                db.execute(table.delete().where(table.c.conversation == conversation))
        db.execute(conversations.delete().where(conversations.c.id == conversation))
