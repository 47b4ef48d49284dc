"""Names, places, links, handles and secrets are found by what stands around them."""

import base64

import pytest

from agents.redaction.kinds import Kind
from tests.redaction.finding import digits, found, letters

KEY = letters(36)
HIDDEN = base64.b64encode(b"Jane Roe Doe").decode()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("my name is Jane Roe and I wait", "Jane Roe"),
        ("my name is jane roe", "jane roe"),
        ("Hi, I'm Jane, where is it?", "Jane"),
        ("This is Jane Roe from the venue", "Jane Roe"),
        ("Ich heiße Johanna Muster", "Johanna Muster"),
        ("je m'appelle Jeanne Dupont", "Jeanne Dupont"),
        ("me llamo Juana García-López", "Juana García-López"),
        ("It broke again.\n\nKind regards,\nJane Roe", "Jane Roe"),
        ("Viele Grüße\nJohanna", "Johanna"),
        ("No way.\n- Jane", "Jane"),
        ("Thanks, Jane", "Jane"),
        ("Hello Jane,\nwhere is it?", "Jane"),
        ("Dr. Roe and others", "Roe"),
        ("ask Mr and Mrs Roe", "Roe"),
        ("Frau von der Tann war da", "von der Tann"),
        ("Mme Dupont et Sra. García", "Dupont"),
        ("Patient Jane Roe came", "Jane Roe"),
        ("?name=Jane Roe&x", "Jane Roe"),
        ('{"patient_name": "Jane Roe"}', "Jane Roe"),
        ("User profile: Jane Roe | x", "Jane Roe"),
        ("record: J*** R***, mail", "J*** R***"),
        ("please forward it to 太郎 例 at once", "太郎 例"),
    ],
)
def test_a_name_is_found(text: str, part: str) -> None:
    assert part in found(text, "PERSON")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("I live at 12 Park Lane, Exampleton", "12 Park Lane, Exampleton"),
        ("ship it to 6750 Koskikatu 25 Apt. 864\nTown\n, CO\n Uruguay 64677",
         "6750 Koskikatu 25 Apt. 864\nTown\n, CO\n Uruguay 64677"),
        ("Parkweg 12, 12345 Musterstadt bitte", "Parkweg 12, 12345 Musterstadt"),
        ("an Lange Straße 5a geschickt", "Lange Straße 5a"),
        ("au 12 rue de la Paix, 75002 Paris.", "12 rue de la Paix, 75002 Paris"),
        ("en Calle de Alcalá 99, Madrid", "Calle de Alcalá 99, Madrid"),
        ("at P.O. Box 123", "P.O. Box 123"),
        ("PSC 3117, Box 0609\nAPO AA 44332", "PSC 3117, Box 0609\nAPO AA 44332"),
        ("it is Suite 501", "Suite 501"),
        ("my zip code is 94107", "94107"),
        ("in CA 94107-1234", "CA 94107-1234"),
        ("near SW1A 1AA", "SW1A 1AA"),
        ("I live in Exampleton.", "Exampleton"),
        ("we are at 48.1374, 11.5755", "48.1374, 11.5755"),
    ],
)  # fmt: skip
def test_a_place_is_found(text: str, part: str) -> None:
    assert part in found(text, "LOCATION")


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        ("write to joe.doe+x@mail.example.com.", "joe.doe+x@mail.example.com", "EMAIL"),
        ("?email=joe@example.com&x=1", "joe@example.com", "EMAIL"),
        ("from 203.0.113.9 today", "203.0.113.9", "IP"),
        ("from 2001:db8::7:1", "2001:db8::7:1", "IP"),
        ("mac 00:1A:2b:3c:4D:5e", "00:1A:2b:3c:4D:5e", "IP"),
        ("see https://example.com/reset?token=abc123.", "https://example.com/reset?token=abc123",
         "LINK"),
        ("https://joe:pw@example.com/", "https://joe:pw@example.com/", "LINK"),
        ("https://example.com/orders/48213", "https://example.com/orders/48213", "LINK"),
        ("ask @jane_roe", "@jane_roe", "HANDLE"),
        ("hey @ jane_roe ok", "@ jane_roe", "HANDLE"),
        ("I am u/jane_roe there", "u/jane_roe", "HANDLE"),
        ("t.me/janeroe", "t.me/janeroe", "HANDLE"),
        ("https://www.linkedin.com/in/jane-roe", "https://www.linkedin.com/in/jane-roe", "HANDLE"),
        ("my insta is jane.roe", "jane.roe", "HANDLE"),
        ("my insta is janeroe", "janeroe", "HANDLE"),
        (f"key sk-{KEY}", f"sk-{KEY}", "SECRET"),
        (f"Authorization: Bearer {KEY}1", f"{KEY}1", "SECRET"),
        ("my password is hunter2!", "hunter2", "SECRET"),
        ("Passwort: sonnenblume", "sonnenblume", "SECRET"),
        ("your verification code is 482913", "482913", "SECRET"),
        (f"id {HIDDEN}", HIDDEN,
         "SECRET"),
        ("pay 0x" + "ab12" * 10, "0x" + "ab12" * 10, "CRYPTO"),
        ("born on 3 March 1990", "3 March 1990", "BIRTHDAY"),
        ("DOB: 03/04/1990", "03/04/1990", "BIRTHDAY"),
        ("geboren am 3. März 1990", "3. März 1990", "BIRTHDAY"),
        ("née le 3 mars 1990", "3 mars 1990", "BIRTHDAY"),
        ("nacido el 3 de marzo de 1990", "3 de marzo de 1990", "BIRTHDAY"),
    ],
)  # fmt: skip
def test_it_is_found(text: str, part: str, kind: Kind) -> None:
    assert part in found(text, kind)


def test_a_private_key_is_found_even_without_its_end() -> None:
    block = f"-----BEGIN RSA PRIVATE KEY-----\n{letters(64)}\n{letters(64)}"
    assert block in found(f"here: {block}", "SECRET")


def test_a_verification_code_is_found() -> None:
    code = digits(6)
    assert code in found(f"The OTP is {code}.", "SECRET")


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry about that",
        "I'm using Chrome on Windows",
        "I'm Sorry, this is Important",
        "my name is not shown",
        "my name is spelled wrong on the badge",
        "name: required",
        "Thanks, that helps",
        "Hi team, how are you?",
        "Hello there, Support",
        "Dear Sir or Madam,",
        "the North Stage is full",
        "call quality is bad",
        "api v2 and section 3.1.4",
        "my password is wrong",
        "my password is not working, password reset",
        "password: at least 8 characters",
        "the code is broken",
        "https://example.com/help",
        "see https://example.com/blog/how-to-host-10-events?utm_source=mail2",
        "www.example.com/pricing",
        "use @media or @import",
        "see you @ 10:30 @ the venue",
        "my insta is hacked",
        "my username is taken",
        "we met on 3 March 1990",
        "the company was founded in 1990",
        "on 12 March 2026 we need 5 rooms and 3 stages",
        "localhost is 127.0.0.1",
        "std::vector at 10:30:45",
        "notifications and internationalisation",
        "12 people on the way to the street party",
        "a 30 day trial, 5 seats, 2 rooms",
        "Please send 5 invoices to us",
        "Delivery in 3 to 5 days",
        "Is it A**?",
        "F*** this, I want Jane's refund back",
        "COVID-19 rules, USB-C 3 cable",
    ],
)
def test_an_ordinary_message_is_let_be(text: str) -> None:
    assert not found(text)
