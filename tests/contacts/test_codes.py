"""A code that went to one conversation and is typed in another shows that both are one person's."""

import pytest

from integrations.store.missing import Missing
from tests.contacts.street import Street

pytestmark = pytest.mark.anyio


async def test_who_types_the_code_is_linked(street: Street) -> None:
    await street.met()
    code = await street.asked()
    assert "the code that we have just sent" in street.channel.sent[-1].text
    assert "the code is right" in await street.shop_hears(f"the code is {code.lower()}")
    [link] = street.links()
    assert (link["contact"], link["person"]) == (street.in_shop, street.in_forum)
    assert link["origin"] == "code"
    assert "Ana had asked for it" in link["shown"]


async def test_nothing_is_linked_by_asking(street: Street) -> None:
    await street.met()
    await street.asked()
    assert street.links() == []


async def test_the_code_does_not_count_where_it_was_sent(street: Street) -> None:
    await street.met()
    code = await street.asked()
    said = await street.forum_hears(code, conversation="c9", contact="kim-elsewhere")
    assert "does not count in the conversation that it was sent to" in said
    assert street.links() == []
    assert "the code is right" in await street.shop_hears(code)


async def test_another_customers_code_is_only_a_text(street: Street) -> None:
    await street.met()
    code = await street.asked()
    said = await street.shop_hears(code, conversation="c2", contact="somebody")
    assert "code" not in said
    assert street.links() == []


async def test_a_code_is_good_for_ten_minutes(street: Street) -> None:
    await street.met()
    code = await street.asked()
    street.desk.wait(minutes=10)
    assert "no longer valid" in await street.shop_hears(code)
    assert street.links() == []


async def test_a_code_is_good_for_five_tries(street: Street) -> None:
    await street.met()
    code = await street.asked()
    for _ in range(5):
        assert "That is not the code" in await street.shop_hears("BBBB-CCCC")
    assert "no longer valid" in await street.shop_hears(code)
    assert street.links() == []


async def test_a_code_counts_once(street: Street) -> None:
    await street.met()
    code = await street.asked()
    await street.shop_hears(code)
    street.people.unlink(street.links()[0]["id"], "Ana")
    assert "the code is right" not in await street.shop_hears(code)
    assert street.links() == []


async def test_a_new_code_ends_the_one_before(street: Street) -> None:
    await street.met()
    first, second = await street.asked(), await street.asked()
    assert "That is not the code" in await street.shop_hears(first)
    assert "the code is right" in await street.shop_hears(second)


async def test_a_few_codes_an_hour_are_enough(street: Street) -> None:
    await street.met()
    for _ in range(3):
        await street.asked()
    with pytest.raises(Missing, match="try again later"):
        await street.asked()
    street.desk.wait(hours=1)
    assert await street.asked()


async def test_many_who_claim_to_be_one_person_cannot_flood_them(street: Street) -> None:
    await street.met()
    for number in range(4):
        await street.shop_hears("hello", conversation=f"s{number}", contact=f"stranger-{number}")
    for number in range(3):
        street.people.ask(street.name("shop", f"stranger-{number}"), street.in_forum, "Ana")
    with pytest.raises(Missing, match="try again later"):
        street.people.ask(street.name("shop", "stranger-3"), street.in_forum, "Ana")


async def test_the_code_is_nowhere_in_plain_text(street: Street) -> None:
    await street.met()
    code = await street.asked()
    await street.shop_hears(code)
    street.close()
    files = street.desk.file.parent.glob("records.sqlite*")
    kept = b"".join(file.read_bytes() for file in files)
    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept


async def test_a_code_is_answered_while_a_person_has_the_conversation(street: Street) -> None:
    await street.met()
    street.desk.language.expect("a person, please", ("person_request", 0.9))
    await street.shop_hears("a person, please")
    code = await street.asked()
    assert "the code is right" in await street.shop_hears(code)
    assert street.people.show(street.in_shop)["contacts"][0]["conversations"][0]["owner"] == (
        "person"
    )


async def test_who_said_stop_gets_no_code(street: Street) -> None:
    await street.met()
    await street.forum_hears("stop", conversation="c9", contact="kim-elsewhere")
    with pytest.raises(Missing, match="nothing unasked"):
        street.people.ask(street.in_shop, street.in_forum, "Ana")


async def test_no_code_goes_where_others_read_it(street: Street) -> None:
    await street.met()
    await street.forum_hears("me too", conversation="c9", contact="somebody")
    with pytest.raises(Missing, match="only they read"):
        street.people.ask(street.in_shop, street.in_forum, "Ana")


async def test_no_code_goes_to_a_public_place(street: Street) -> None:
    await street.shop_hears("what does it cost?")
    said = {"conversation": "c9", "contact": "kim-elsewhere", "state": "public"}
    await street.forum_hears("what does it cost?", **said)
    with pytest.raises(Missing, match="only they read"):
        street.people.ask(street.in_shop, street.in_forum, "Ana")


async def test_a_dry_run_sends_nothing(street: Street) -> None:
    await street.met()
    before = len(street.forum.sent)
    asked = street.people.ask(street.in_shop, street.in_forum, "Ana", dry=True)
    await street.work()
    assert asked.sent_to == street.name("forum", "c9")
    assert len(street.forum.sent) == before


async def test_asking_has_a_name(street: Street) -> None:
    await street.met()
    with pytest.raises(Missing, match="--by"):
        street.people.ask(street.in_shop, street.in_forum, " ")
