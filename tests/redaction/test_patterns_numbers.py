"""Cards, accounts, phones and identities are told apart, and counts and dates are let be."""

import pytest

from agents.redaction.kinds import Find, Kind
from agents.redaction.patterns.accounts import ibans
from agents.redaction.patterns.numbers import numbers
from agents.redaction.patterns.orders import orders
from tests.redaction.finding import card, digits, found, iban, spanish_identity

CARD = card()


@pytest.mark.parametrize(
    ("sentence", "value", "kind"),
    [
        ("my card is {}", card(), "CARD"),
        ("{} was charged twice", card(12), "CARD"),
        ("{} was charged twice", card(19), "CARD"),
        ("pay with {} please", "-".join(CARD[at : at + 4] for at in (0, 4, 8, 12)), "CARD"),
        ("visa {}", digits(17), "CARD"),
        ("Call me on {}", "+49 170 " + digits(7), "PHONE"),
        ("{} is my office", f"+1 (423) 996-{digits(4)}", "PHONE"),
        ("{} fax", f"+46 (0)8 928 {digits(3)} 38", "PHONE"),
        ("Desk: {}", f"(898)666-{digits(4)}x0135", "PHONE"),
        ("reach me at {}", f"0490 75 40 {digits(2)}", "PHONE"),
        ("{} after six", f"(99) 645-{digits(3)}", "PHONE"),
        ("{} office", f"416 60 {digits(3)}", "PHONE"),
        ("Mobile: {}", f"03.93.92.16.{digits(2)}", "PHONE"),
        ("{} is mine", f"07700 900{digits(3)}", "PHONE"),
        ("my tel is {}", digits(8), "PHONE"),
        ("{} it says", digits(9), "NUMBER"),
        ("it ends\n{}", f"12\n{digits(3)}\n{digits(3)}\n12 99 1 2 88 {digits(3)}", "NUMBER"),
        ("SSN: {}", f"{digits(3)}-{digits(2)}-{digits(4)}", "ID"),
        ("on file: {}.", f"539-46-19{digits(2)}", "ID"),
        ("my NINO is {}", f"AB {digits(2)} {digits(2)} {digits(2)} C", "ID"),
        ("it says {}", f"MRN-{digits(7)}", "ID"),
        ("passport number is {}", f"C01X{digits(5)}", "ID"),
        ("Steuer-ID: {}", f"{digits(2)} {digits(3)} {digits(3)} {digits(3)}", "ID"),
        ("Mi DNI es {}", spanish_identity(), "ID"),
        ("account number {}", digits(6), "ID"),
        ("I parked the B-AB {}", digits(4), None),
        ("license plate {}", f"AB{digits(2)} CDE", "ID"),
    ],
)  # fmt: skip
def test_a_number_is_found(sentence: str, value: str, kind: Kind | None) -> None:
    covering = found(sentence.format(value), kind)
    assert any(value in piece for piece in covering)


@pytest.mark.parametrize(("country", "length"), [("DE", 18), ("GB", 18), ("FR", 23), ("ES", 20)])
def test_an_account_is_proven(country: str, length: int) -> None:
    number = iban(country, length)
    spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    assert list(ibans(f"to {number}")) == [Find(3, 3 + len(number), "IBAN", 1.0)]
    assert list(ibans(f"to {spaced} today")) == [Find(3, 3 + len(spaced), "IBAN", 1.0)]


def test_a_mistyped_account_is_found_all_the_same() -> None:
    number = iban()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert [find.score for find in ibans(wrong)] == [0.6]


def test_a_word_of_the_same_shape_is_no_account() -> None:
    assert not list(ibans("see AB12CDEFGHIJKLMNOP and IT2026 plans for DE12"))


@pytest.mark.parametrize(("text", "part"), [("0171 55", "0171 55"), (" 833-64 1\n", "833-64 1")])
def test_a_piece_of_a_number_alone_is_found(text: str, part: str) -> None:
    assert found(text) == {part}


@pytest.mark.parametrize(
    "text",
    [
        "250",
        "2026",
        "12/05",
        "10-20",
        "24/7",
        "4.50",
        "2019-2020",
        "I'm on the Team plan, 250 attendees, error 403 at 10:30",
        "version 4.2.1 on Windows 11",
        "Windows 10.0.19045.3803 with Chrome/120.0.6099.130",
        "ticket #48213",
        "see section 3.1.4",
        "room 12",
        "Q3 2026 numbers",
        "from 2026-11-21 to 2026-11-23 10:30",
        "21.11.2026, 21/11/2026 and 2026/11/21",
        "2019 2020 2021 2022",
        "1920x1080 at 60 fps",
        "10,000 attendees or 1 000 000 views",
        "it costs $1.200.000 or 1234567 EUR",
        "1 2 3 4 5 6 7 8",
        "0.123456789",
        "2026-11-21T10:30:00Z",
        "error 0x80070005",
    ],
)
def test_a_number_that_is_nobodys_is_let_be(text: str) -> None:
    assert not found(text)


def test_the_brands_orders_are_found() -> None:
    find = orders([r"QH-\d{6}", r"T\d{5}"])
    text = "orders QH-123456, T12345 and XT12345"
    assert [text[hit.start : hit.end] for hit in find(text)] == ["QH-123456", "T12345"]
    assert {hit.kind for hit in find(text)} == {"ORDER"}


def test_without_a_pattern_there_is_no_order() -> None:
    assert not list(orders([])("order 48213"))


def test_a_long_number_is_found_whole() -> None:
    number = digits(300)
    assert [(hit.start, hit.end) for hit in numbers(f"see {number}")] == [(4, 304)]
