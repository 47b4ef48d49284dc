"""Bank accounts by their international number."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find

_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,4})?"
    r"(?![A-Za-z0-9])"
)
_BANK = re.compile(
    r"\b(?:[Bb][Ii][Cc]|[Ss][Ww][Ii][Ff][Tt])(?:[ -][Cc]ode)?[:\s]{1,3}"
    r"([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?!\w)"
)
_COUNTRIES_WORDS = """
AD AE AL AT AZ BA BE BG BH BR BY CH CR CY CZ DE DJ DK DO EE EG ES FI FO FR GB GE GI GL GR GT HR
HU IE IL IQ IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MR MT MU NL NO OM PK PL PS PT QA RO
RS SA SC SE SI SK SM TL TN TR UA VA VG XK
"""
_COUNTRIES = frozenset(_COUNTRIES_WORDS.split())
_SEPARATORS = re.compile(r"[ -]")
_SHORTEST, _LONGEST = 15, 34


def ibans(text: str) -> Iterator[Find]:
    """Find IBANs, and what looks like one with a mistyped digit."""
    for bank in _BANK.finditer(text):
        yield Find(*bank.span(1), "ID", 0.7)
    at = 0
    while found := _IBAN.search(text, at):
        end, score = _measure(found[0])
        if score:
            yield Find(found.start(), found.start() + end, "IBAN", score)
        at = found.start() + max(end, 4)


def _measure(candidate: str) -> tuple[int, float]:
    """Return how far the number goes and how sure that is; a word may follow it directly."""
    if candidate[:2].upper() not in _COUNTRIES:
        return 0, 0.0
    ends = [*(gap.start() for gap in _SEPARATORS.finditer(candidate)), len(candidate)]
    for end in reversed(ends):
        plain = _SEPARATORS.sub("", candidate[:end]).upper()
        if _SHORTEST <= len(plain) <= _LONGEST and proven(plain):
            return end, 1.0
    plain = _SEPARATORS.sub("", candidate)
    digits = sum(map(str.isdigit, plain))
    likely = plain[:2].isupper() and len(plain) >= _SHORTEST and digits >= 10
    return (len(candidate), 0.6) if likely else (0, 0.0)


def proven(plain: str) -> bool:
    """Say whether the check digits of an IBAN without gaps are right."""
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1
