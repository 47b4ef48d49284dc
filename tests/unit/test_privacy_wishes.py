"""What a customer wants done with their data, by phrases; and what counts as a yes."""

import pytest

from tools.privacy.wishes import confirms, wish


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("wipe my account data", "erase"),
        ("Could you please delete all the info you have on me?", "erase"),
        ("I want my data deleted from your systems", "erase"),
        ("GDPR: I want my data", "export"),
        ("What do you have stored about me?", "export"),
        ("delete my data and send me a copy first", "other"),
        ("delete my event", "other"),
        ("delete my data from the attendee list", "other"),
        ("remove me from your mailing list", "other"),
        ("please don't delete my data", "other"),
        ("have you deleted my data yet", "other"),
        ("My son registered, delete everything about me and his data", "other"),
        ("how do I delete my account?", "other"),
    ],
)
def test_what_is_wanted(text: str, kind: str) -> None:
    assert wish(text) == kind


@pytest.mark.parametrize(
    ("text", "what", "holds"),
    [
        ("Yes.", "erase", True),
        ("YES, I am sure, delete it", "erase", True),
        ("yes send me the copy", "export", True),
        ("yes, delete everything, <EMAIL_1>", "erase", True),
        ("YES\n<PERSON_1>, <EMAIL_1>.", "erase", True),
        ("yes name@example", "export", True),
        ("yes, delete <PERSON_1>", "erase", False),
        ("yes, <EMAIL_1> but not now", "erase", False),
        ("<EMAIL_1>", "erase", False),
        ("yes" + " please" * 100, "erase", False),
        ("yes send me the copy", "erase", False),
        ("yes delete it", "export", False),
        ("yes or no", "erase", False),
        ("yeah", "erase", False),
        ("", "erase", False),
    ],
)
def test_only_a_plain_yes_confirms(text: str, what: str, holds: bool) -> None:
    assert confirms(text, what) == holds


@pytest.mark.parametrize("part", ["my data ", "everything you ", "x've ", "how can i get ", "not "])
def test_a_hostile_message_is_read_to_its_end(part: str) -> None:
    assert wish(part * 2000) == "other"


@pytest.mark.parametrize("part", ["<EMAIL_1>, ", "a@b ", " ,", "<A_", ",,@"])
def test_a_hostile_yes_is_read_to_its_end(part: str) -> None:
    assert not confirms("yes" + part * 60 + "x y", "erase")
