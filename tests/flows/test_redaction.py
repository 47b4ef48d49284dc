"""Personal data stops at the door: nothing behind it has the original."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from agents.redaction.finder import Finder
from agents.redaction.kinds import Find
from agents.redaction.redact import Redactor
from tests.desk import Desk, NoNames

SECRETS = {
    "EMAIL": "kim.example@example.org",
    "PHONE": "+49 555 010 1234",
    "IBAN": "DE00 5550 1000 0000 0012 34",
}


@pytest.fixture
def redactor() -> Redactor:
    return Redactor(Finder(NoNames(), ["Acme Live"], [r"CS-\d{6}"]), b"key")


class Broken:
    """A finder that fails, as a regular expression that ran out of time would."""

    def find(self, text: str, known: Iterable[str] = ()) -> list[Find]:
        raise TimeoutError(text)


@pytest.mark.parametrize("kind", SECRETS)
def test_the_same_value_keeps_its_placeholder(redactor: Redactor, kind: str) -> None:
    value = SECRETS[kind]
    first = redactor.clean(f"it is {value}", {})
    again = redactor.clean(f"again {value}, not the other", first.placeholders)
    assert (first.text, again.text) == (f"it is <{kind}_1>", f"again <{kind}_1>, not the other")
    assert first.originals == {f"<{kind}_1>": value}
    assert value not in repr(again.placeholders)


def test_two_values_have_two_placeholders(redactor: Redactor) -> None:
    assert redactor.clean("a@example.org or b@example.org", {}).text == "<EMAIL_1> or <EMAIL_2>"


@pytest.mark.parametrize("forged", ["<EMAIL_1>", "< email_1 >", "&lt;EMAIL_1&gt;", "**<EMAIL_1>**"])
def test_a_forged_placeholder_is_not_ours(redactor: Redactor, forged: str) -> None:
    known = redactor.clean("a@example.org", {}).placeholders
    assert "<EMAIL_1>" not in redactor.clean(f"send it to {forged}", known).text


def test_a_colleague_may_use_the_placeholders_of_the_conversation(redactor: Redactor) -> None:
    known = redactor.clean("a@example.org", {}).placeholders
    assert redactor.clean_own("sent to <EMAIL_1>", known).text == "sent to <EMAIL_1>"
    assert redactor.clean_own("sent to <EMAIL_2>", known).text == "sent to (EMAIL_2)"


@pytest.mark.parametrize("text", ["call me at 9", "#48213", "1,000 people", "Acme Live is down"])
def test_ordinary_words_and_numbers_stay(redactor: Redactor, text: str) -> None:
    assert redactor.clean(text, {}).text == text


def test_orders_of_the_brand_are_found(redactor: Redactor) -> None:
    assert redactor.clean("order CS-204815 is late", {}).text == "order <ORDER_1> is late"


def test_the_name_that_the_channel_tells_is_found(redactor: Redactor) -> None:
    text = redactor.clean("zara quill here. It is Zara's, not will", {}, ["Zara Quill"]).text
    assert text == "<PERSON_1> here. It is <PERSON_1>'s, not will"


def test_two_people_with_one_first_name_stay_two(redactor: Redactor) -> None:
    text = redactor.clean("Dear Mrs. Zara Quill, dear Mrs. Zara Vance", {}).text
    assert text == "Dear Mrs. <PERSON_1>, dear Mrs. <PERSON_2>"


@pytest.mark.anyio
async def test_nothing_on_disk_has_the_original(desk: Desk) -> None:
    for value in SECRETS.values():
        turn = await desk.say(f"what does it cost? I am {value}")
        assert value not in repr(turn)
    kept = b"".join(file.read_bytes() for file in desk.file.parent.iterdir() if file.is_file())
    assert b"what does it cost? I am <EMAIL_1>" in kept
    for value in SECRETS.values():
        assert value.encode() not in kept


@pytest.mark.anyio
async def test_what_could_not_be_checked_goes_to_a_person_and_nowhere_else(tmp_path: Path) -> None:
    desk = Desk(tmp_path, finder=Broken())
    turn = await desk.say("I live in Quillbury")
    assert turn["outcome"] == "handoff"
    assert turn["reason"] == "the message could not be checked for personal data"
    assert desk.language.seen == []
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"Quillbury" not in kept


@pytest.mark.anyio
async def test_the_name_of_a_contact_is_kept_nowhere(desk: Desk) -> None:
    await desk.agent.receive(desk.message("hello", name="Zara Quill", contact="c-1"))
    kept = b"".join(file.read_bytes() for file in desk.file.parent.iterdir() if file.is_file())
    assert b"Quill" not in kept
    assert b"c-1" in kept
