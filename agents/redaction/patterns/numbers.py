"""Cards, phones, social security numbers, and digit runs that nothing else explains."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find
from agents.redaction.patterns.runs import FILED, Run, runs

_DIGIT = re.compile(r"\d")
_SECURITY = re.compile(r"\d{3}([- ])\d{2}\1\d{4}")
_CARD_WORDS = re.compile(
    r"\b(?:card|visa|master ?card|maestro|amex|american express|discover|diners|jcb|cc|credit|debit"
    r"|(?:kredit|ec-?|bank)?karten?(?:nummer)?|carte|tarjeta|carta)\b",
    re.IGNORECASE,
)
_PHONE_WORDS = re.compile(
    r"\b(?:phone|tel|telephone|telefon(?:nummer)?|teléfono|téléphone|mobile|mob|cell|handy"
    r"(?:nummer)?|fax"
    r"|desk|office|direct|call|ring|text|sms|whats ?app|signal|reach|answering at|messages to"
    r"|number is"
    r"|rufen|anrufen|ruf|appel\w*|llam\w+|portable|móvil|numéro|rückruf|hotline|dial)\b",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"\b(?:invoice|rechnung(?:s-?nr\.?)?|facture|factura|ticket|case|booking|buchung|reservation"
    r"|quote|offer|angebot|order|bestellung|po|confirmation|claim|bug|issue|vorgang)"
    r"[\s:#.]{0,3}(?:(?:no|nr|number|id|is|n°|nº)[\s:#.]{0,3}){0,2}$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:tel|phone|ph|mobile|mob|cell|num(?:ber)?|fax|whats ?app)(?: ?(?:no|nr|num|number))?"
    r"[\s:=#.]{1,4}(?P<value>\+?\d[\d*_.#~ -]{5,24}\d)(?![\w-])|\bext\.? ?(?P<short>\d{3,5})(?!\w)"
    r"|\bmy (?:#|num(?:ber)?|nr)[\s:]{1,3}(?P<mine>\d(?:[ -]{1,3}\d){6,14})(?!\w)",
    re.IGNORECASE,
)
_NEAR = 40
_LONG = 7
_ALONE = re.compile(r"\s*\+?\(?\d[\d\s().\-/]{1,200}[\d)]\s*")
_SHORT_HARMLESS = re.compile(
    r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{1,6}[./-]\d{1,6}|24/7(?:/365)?"
    r"|(?:19|20)\d\d\D{1,3}(?:19|20)\d\d|\d{1,3}(?:[. ]\d{3})+|\d{4}-\d\d-\d\d|\d{1,3}"
    r"|[1-9](?:\s+\d{1,2}){1,2}"
)


def numbers(text: str) -> Iterator[Find]:
    """Find cards, phones, social security numbers and other long runs of digits."""
    if not _DIGIT.search(text):
        return
    for run in runs(text):
        if not _filed(run, text):
            yield _named(run, text)
    yield from _asked(text)
    yield from _alone(text)


def luhn(digits: str) -> bool:
    """Say whether the last digit proves the others."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0 and int(digits) > 0


def _filed(run: Run, text: str) -> bool:
    """Say whether this numbers a paper and nobody's phone."""
    before = text[max(0, run.start - _NEAR) : run.start]
    if run.extended or max(map(len, run.groups)) >= _LONG:
        return False
    paper = bool(_PAPERS.search(before)) and run.text[0] not in "+("
    return paper or bool(FILED.fullmatch(run.text) and not _PHONE_WORDS.search(before))


def _asked(text: str) -> Iterator[Find]:
    """Find a phone in a shape of its own after the word for it."""
    for found in _ASKED.finditer(text):
        value = found["value"] or found["short"] or found["mine"]
        if found["short"] or sum(map(str.isdigit, value)) >= _LONG:
            yield Find(*found.span(found.lastgroup or 0), "PHONE", 0.7)


def _named(run: Run, text: str) -> Find:
    before = text[max(0, run.start - _NEAR) : run.start]
    if _SECURITY.fullmatch(run.text):
        return Find(run.start, run.end, "ID", 0.85)
    if card := _card(run, before):
        return Find(run.start, run.end, "CARD", card)
    if phone := _phone(run, before, text[run.end : run.end + 12]):
        return Find(run.start, run.end, "PHONE", phone)
    return Find(run.start, run.end, "NUMBER", 0.5)


def _card(run: Run, before: str) -> float:
    if not 12 <= len(run.digits) <= 19 or run.text[0] in "+(" or run.extended:
        return 0.0
    if luhn(run.digits):
        return 0.95
    return 0.6 if len(run.digits) > 12 and _CARD_WORDS.search(before) else 0.0


def _phone(run: Run, before: str, after: str) -> float:
    if run.extended or (run.text.startswith(("+", "00")) and len(run.digits) <= 16):
        return 0.9
    if len(run.digits) > 13:
        return 0.0
    if _PAPERS.search(before) and len(run.groups) == 1:
        return 0.0
    if _PHONE_WORDS.search(before) or _PHONE_WORDS.search(after):
        return 0.8
    parted = 1 < len(run.groups) <= 6
    trunk = run.text.startswith("0") and len(run.digits) in (9, 10, 11, 12)
    return 0.6 if parted or trunk else 0.0


def _alone(text: str) -> Iterator[Find]:
    """Find a message that is nothing but digits in groups: a part of a number sent in pieces."""
    whole = _ALONE.fullmatch(text) if len(text) <= 200 else None
    plain = text.strip()
    if whole and not plain.isdigit() and not _SHORT_HARMLESS.fullmatch(plain):
        start = len(text) - len(text.lstrip())
        digits = sum(map(str.isdigit, plain))
        if 3 <= digits < 7:
            yield Find(start, start + len(plain), "NUMBER", 0.5)
