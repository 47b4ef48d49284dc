"""Values made up for tests, and what the patterns find in a text."""

import random

from agents.redaction.kinds import Kind
from agents.redaction.patterns.accounts import proven
from agents.redaction.patterns.every import PATTERNS
from agents.redaction.patterns.numbers import luhn

_CHANCE = random.Random(4)


def found(text: str, kind: Kind | None = None) -> set[str]:
    """Return the pieces of a text that the patterns find, of one kind or of all."""
    finds = [find for pattern in PATTERNS for find in pattern(text)]
    return {text[find.start : find.end] for find in finds if kind in (None, find.kind)}


def digits(count: int) -> str:
    """Return some digits that do not begin with a zero."""
    return str(_CHANCE.randrange(10 ** (count - 1), 10**count))


def card(length: int = 16) -> str:
    """Return a card number whose last digit is right."""
    start = "4" + digits(length - 2)
    return next(start + last for last in "0123456789" if luhn(start + last))


def iban(country: str = "DE", length: int = 18) -> str:
    """Return an account number whose check digits are right."""
    rest = digits(length)
    tries = (f"{country}{check:02}{rest}" for check in range(2, 99))
    return next(number for number in tries if proven(number))


def letters(
    count: int, alphabet: str = "abcdefghkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
) -> str:
    """Return some letters and digits without an order."""
    return "".join(_CHANCE.choice(alphabet) for _ in range(count))


def spanish_identity() -> str:
    """Return eight digits and the letter that proves them."""
    number = digits(8)
    return number + "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]
