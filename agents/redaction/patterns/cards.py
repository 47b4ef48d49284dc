"""What stands beside a card: when it expires, and how it ends."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find

_CARD = re.compile(
    r"\b(?:card|visa|master ?card|maestro|amex|cvv2?|cvc|(?:kredit|bank)?karten?|carte|tarjeta)\b"
    r"|\d{4}[ -]?\d{4}[ -]?\d{4}|\d{4} \d{6} \d{5}",
    re.IGNORECASE,
)
_EXPIRES = re.compile(
    r"\b(?:exp(?:\.|iry|ires|iration)?(?: date)?|(?:valid|good) (?:thru|through|until|till|to)"
    r"|gültig bis|ablauf\w{0,6}|expire(?: le)?|validité|válida hasta|cad(?:uca|ucidad)?)"
    r"[\s:.=-]{0,4}(?P<date>\d{1,2}\s?[/-]\s?\d{2}(?:\d\d)?)(?![\d/-])",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:(?:card|visa|master ?card|maestro|amex|debit|account|iban|karte|konto|carte|tarjeta)"
    r" (?:that |die |qui |que )?(?:ends?|ending|endet|finissant|terminad[ao]|termina)"
    r"(?: (?:in|with|on|auf|mit|par|en))?"
    r"|last (?:4|four)(?: digits?| of| on| is| are|:)(?: of)?(?: (?:my|the) (?:social|ssn|card"
    r"|account|visa))?"
    r"(?: (?:is|are))?)[\s:]{1,2}(?:\*{2,4} ?)?(?P<tail>\d{4})(?!\d)",
    re.IGNORECASE,
)

_BESIDE = re.compile(
    r"(?:\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}|\d{4} \d{6} \d{5})[\s,;|]{1,3}"
    r"(?P<date>\d{2}\s?/\s?\d{2}(?:\d\d)?(?:[\s,;|]{1,3}\d{3,4})?)(?![\d/-])"
)
_PROVES = re.compile(
    r"\b(?:prüf(?:nummer|ziffer|code)|kartenprüf\w{0,8}|crypto(?:gramme)?|código de seguridad"
    r"|sicherheitscode)[\s:]{1,3}(?P<date>\d{3,4})(?!\d)",
    re.IGNORECASE,
)


def cards(text: str) -> Iterator[Find]:
    """Find when a card expires and its last four digits."""
    for found in _ENDS.finditer(text):
        yield Find(*found.span("tail"), "CARD", 0.7)
    if not _CARD.search(text):
        return
    for shape in (_EXPIRES, _BESIDE, _PROVES):
        for found in shape.finditer(text):
            yield Find(*found.span("date"), "SECRET", 0.7)
