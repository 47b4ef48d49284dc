"""Whoever says stop, and nothing else, hears nothing unasked; what they ask is still answered."""

import pytest

from knowledge.language.opting import opted
from tests.contacts.street import Street

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("stop", "en"),
        ("STOP!", "en"),
        ("  Unsubscribe. ", "en"),
        ("Abmelden", "de"),
        ("arrêter", "fr"),
        ("ＳＴＯＰ", "en"),
        ("st\u200bop", "en"),
        ("baja", "es"),
        ("stop\nStop", "en"),
    ],
)
async def test_a_listed_word_alone_is_a_stop(street: Street, text: str, language: str) -> None:
    said = await street.shop_hears(text)
    found = opted(text.replace("\u200b", ""), ["en"], {"out": [], "in": []})
    assert found is not None
    assert found.language == language
    assert "START" in said
    assert not street.may_write_first(street.in_shop)


@pytest.mark.parametrize(
    "text",
    [
        "how do I stop a recording?",
        "stop it",
        "please do not stop",
        "unsubscribe does not work",
        "my stop",
        "stop\nwhat does it cost?",
        "",
    ],
)
async def test_a_word_inside_a_sentence_is_no_stop(street: Street, text: str) -> None:
    await street.shop_hears(text)
    assert street.may_write_first(street.in_shop)


async def test_the_confirmation_is_in_the_words_own_language(street: Street) -> None:
    assert "nicht mehr unaufgefordert" in await street.shop_hears("abmelden")


async def test_a_stop_is_confirmed_once(street: Street) -> None:
    assert await street.shop_hears("stop")
    assert await street.shop_hears("stop") == ""
    assert not street.may_write_first(street.in_shop)


async def test_what_they_ask_later_is_answered(street: Street) -> None:
    await street.shop_hears("stop")
    assert "149" in await street.shop_hears("what does it cost?")


async def test_start_undoes_it(street: Street) -> None:
    await street.shop_hears("stop")
    assert "STOP" in await street.shop_hears("start")
    assert street.may_write_first(street.in_shop)


async def test_start_is_a_word_like_others_where_there_was_no_stop(street: Street) -> None:
    assert "may write to you first again" not in await street.shop_hears("start")


async def test_a_stop_while_a_person_has_the_conversation_counts(street: Street) -> None:
    street.desk.language.expect("a person, please", ("person_request", 0.9))
    await street.shop_hears("a person, please")
    assert await street.shop_hears("stop") == ""
    assert not street.may_write_first(street.in_shop)


async def test_a_stop_on_one_channel_counts_on_all_that_are_linked(street: Street) -> None:
    await street.linked()
    await street.shop_hears("stop")
    assert not street.may_write_first(street.in_forum)
    await street.forum_hears("start", conversation="c9", contact="kim-elsewhere")
    assert street.may_write_first(street.in_shop)


async def test_a_strangers_stop_in_the_same_thread_is_their_own(street: Street) -> None:
    await street.shop_hears("what does it cost?")
    await street.shop_hears("stop", contact="somebody")
    assert street.may_write_first(street.in_shop)
    assert not street.may_write_first(street.name("shop", "somebody"))


async def test_a_stop_in_one_go_with_a_question_counts_and_both_are_answered(
    street: Street,
) -> None:
    for text in ("stop", "what does it cost?"):
        await street.take(street.event(text))
    street.desk.wait(seconds=3)
    await street.work()
    assert "149" in street.channel.sent[-1].text
    assert "START" in street.channel.sent[-1].text
    assert not street.may_write_first(street.in_shop)
    assert len(street.channel.sent) == 1


async def test_only_the_listed_word_is_kept(street: Street) -> None:
    await street.shop_hears("*** Stop ***")
    with street.engine.begin() as db:
        assert db.exec_driver_sql("SELECT said FROM opt_outs").scalar() == "stop"


def test_a_brand_may_add_words() -> None:
    own = opted("Basta!", ["it"], {"out": ["basta"], "in": []})
    assert own is not None
    assert (own.way, own.word, own.language) == ("out", "basta", "it")
    assert opted("Basta!", ["it"], {"out": [], "in": []}) is None


def test_a_word_of_many_languages_is_read_in_the_brands() -> None:
    found = [opted("stop", [language], {"out": [], "in": []}) for language in ("nl", "fr", "ja")]
    assert [one.language for one in found if one] == ["nl", "fr", "en"]
