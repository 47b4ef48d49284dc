"""Personal data stops at the door: nothing behind it has the original."""

import pytest

from agents.redaction.redact import redact
from tests.desk import Desk

SECRETS = {
    "EMAIL": "kim.example@example.org",
    "NUMBER": "+49 555 010 1234",
    "IBAN": "DE00 5550 1000 0000 0012 34",
}


@pytest.mark.parametrize("kind", SECRETS)
def test_the_same_value_keeps_its_placeholder(kind: str) -> None:
    value = SECRETS[kind]
    text, known = redact(f"it is {value}", {}, b"key")
    again, known = redact(f"again {value}, not the other", known, b"key")
    assert (text, again) == (f"it is <{kind}_1>", f"again <{kind}_1>, not the other")
    assert value not in repr(known)


def test_two_values_have_two_placeholders() -> None:
    text, _ = redact("a@example.org or b@example.org", {}, b"key")
    assert text == "<EMAIL_1> or <EMAIL_2>"


def test_a_forged_placeholder_is_not_ours() -> None:
    assert redact("send it to <EMAIL_1>", {}, b"key")[0] == "send it to (EMAIL_1)"


@pytest.mark.parametrize("text", ["order CS-204815", "call me at 9", "#1234567", "1,000 people"])
def test_ordinary_numbers_stay(text: str) -> None:
    assert redact(text, {}, b"key")[0] == text


@pytest.mark.anyio
async def test_nothing_on_disk_has_the_original(desk: Desk) -> None:
    for value in SECRETS.values():
        turn = await desk.say(f"what does it cost? I am {value}")
        assert value not in repr(turn)
    kept = b"".join(file.read_bytes() for file in desk.file.parent.iterdir() if file.is_file())
    assert b"what does it cost? I am <EMAIL_1>" in kept
    for value in SECRETS.values():
        assert value.encode() not in kept
