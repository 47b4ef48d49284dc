"""What personal data there is, and where it was found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "PERSON",
    "HANDLE",  # a name on a platform
    "LOCATION",  # places and street addresses
    "EMAIL",
    "PHONE",
    "CARD",
    "IBAN",
    "ID",  # what an office or a company calls a person: social security, passport, plate
    "BIRTHDAY",
    "IP",
    "LINK",  # an address that carries a token or a person
    "SECRET",  # keys, tokens, passwords
    "CRYPTO",
    "ORDER",  # an order or ticket of the brand
    "NUMBER",  # seven digits or more that nothing else explains
    "MESSAGE",  # a text that could not be checked, or the rest of one with no end of finds
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, order=True)
class Find:
    """One piece of personal data in a text."""

    start: int
    end: int
    kind: Kind
    score: float = 1.0


Look = Callable[[str], Iterable[Find]]
