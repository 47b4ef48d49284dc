"""Personal data as people write it in passing, and what only looks like it."""

import pytest

from agents.redaction.folding import fold
from agents.redaction.kinds import Kind
from tests.redaction.finding import card, digits, found, letters

CARD = card()
NUMBER = digits(7)


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        (f"my card {CARD} exp 09/28 cvv 482", "09/28", "SECRET"),
        (f"card {CARD}, 07/29, 331", "07/29, 331", "SECRET"),
        ("password: tulip anchor violin basalt", "tulip anchor violin basalt", "SECRET"),
        ("my debit card ends in 4481", "4481", "CARD"),
        ("Tel.: +49 (0) 89 / 12 34 56 - 78", "+49 (0) 89 / 12 34 56 - 78", "PHONE"),
        ("ph no 415*555*0123", "415*555*0123", "PHONE"),
        (f"Cell #{NUMBER}", NUMBER, "PHONE"),
        ("Personalausweisnr. L01X00T471", "L01X00T471", "ID"),
        ("kundennr. K-448120", "K-448120", "ID"),
        ("ni number QQ 12 34 56 C", "QQ 12 34 56 C", "ID"),
        ("BIC ABCDDEFFXXX", "ABCDDEFFXXX", "ID"),
        ("bday: 4/12/88", "4/12/88", "BIRTHDAY"),
        ("ich bin am 12.4.1988 geboren", "12.4.1988", "BIRTHDAY"),
        ("mi cumple es el 12 de abril", "12 de abril", "BIRTHDAY"),
        ("birth date => 19880412", "19880412", "BIRTHDAY"),
        ("calle Mayor 3, 28013 Madrid, DNI", "calle Mayor 3, 28013 Madrid", "LOCATION"),
        ("Parkweg 5, 10115 Berlin, Tel. 1", "Parkweg 5, 10115 Berlin", "LOCATION"),
        ("hauptstrasse 12a 8001 zürich", "hauptstrasse 12a 8001 zürich", "LOCATION"),
        ("au 3 chemin des vignes, 34000 Lyon", "3 chemin des vignes, 34000 Lyon", "LOCATION"),
        ("City: Exampleton", "Exampleton", "LOCATION"),
        ("jake_b on insta", "jake_b", "HANDLE"),
        ("add me on snap jakeb97", "jakeb97", "HANDLE"),
        ("mein insta heißt jake_b", "jake_b", "HANDLE"),
        ("kelvar @ example . io", "kelvar @ example . io", "EMAIL"),
        ("kelvar@example,com", "kelvar@example,com", "EMAIL"),
        ("k e l v a r @ g m a i l . c o m", "k e l v a r @ g m a i l . c o m", "EMAIL"),
        ("my pass is Tulip4481", "Tulip4481", "SECRET"),
        ("i tried Tulip!44 as password", "Tulip!44", "SECRET"),
        ("Bestätigungscode: 448123", "448123", "SECRET"),
        ("the code i got is 448121", "448121", "SECRET"),
        ("zoom.us/j/94812044811", "zoom.us/j/94812044811", "LINK"),
        ("ip: 203[.]0[.]113[.]45", "203[.]0[.]113[.]45", "IP"),
        ("MAC: 001b44113ab7", "001b44113ab7", "IP"),
    ],
)
def test_it_is_found_as_people_write_it(text: str, part: str, kind: Kind) -> None:
    assert part in found(fold(text).text, kind)


def test_recovery_words_are_found() -> None:
    words = "velvet orbit lunar mango pistol harbor ticket window oyster frame doctor bamboo"
    assert words in found(f"recovery phrase: {words}", "SECRET")


def test_a_town_does_not_swallow_the_word_for_a_phone() -> None:
    assert not any("Tel" in part for part in found("Parkweg 5, 10115 Berlin, Tel. 1", "LOCATION"))


@pytest.mark.parametrize(
    "text",
    [
        "the invoice 2026-0042",
        "Rechnung 2026/0042 ist falsch",
        "booking 2026-118 for us",
        "order 12-3344 is delayed",
        "Teams 24295.605.3225.8804",
        "ISSN 2049-3630",
        f"commit {letters(40, 'abcdef0123456789')}",
        "section 4.8.1.2",
        "it was born in 2019 as a startup",
        "my plan expires 12/28",
        "last four 2025 events",
        "Im Raum 12 ist kein Ton",
        "Auf der Seite 3 fehlt ein Bild",
        "sitzplatz 12 bitte",
        "via email 2 times",
        "la calle está cerrada",
        "find it @ example.com",
        "discord bot v2 integration",
        "instagram live stream 1080p60",
        "error code 500123",
        "the pass code field is empty",
        "password of 12characters",
        "city: missing in the form",
        "example.com/pricing",
        "10 - 20 - 30 - 40 seats",
    ],
)
def test_what_only_looks_like_it_is_let_be(text: str) -> None:
    assert not found(text)
