"""Passwords and codes as people write them in passing."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find

_I = re.IGNORECASE
_HINTS: tuple[str, ...] = (
    "pass",
    "texted",
    "sent",
    "geschickt",
    "envoyé",
    "enviado",
    "pw",
    "mdp",
    "kennwort",
    "contra",
    "clave",
    "code",
    "código",
    "codigo",
    "otp",
)
_HINTS += ("pin", "phrase", "words", "key", "tan")
_WORD = (
    r"(?:pass(?:word|wd|phrase|code|wort)?|pwd?|kennwort|mot de passe|mdp|contra(?:seña|sena)?"
    r"|clave|(?:aws|rtmp|ingest|secret[ _-]?access)[ _-]?key)"
)
_MIXED = r"(?=[^\s\"']{0,40}\d)(?=[^\s\"']{0,40}[A-Za-z])[^\s\"'<>,;]{6,60}+"
_AFTER = re.compile(
    rf"(?<![^\W_]){_WORD}(?:'s)?(?!\w)(?: (?!is |was )[a-z]{{1,8}}){{0,3}}?"
    r"(?:\s{0,2}[:=]\s{0,3}|\s{1,2}(?:(?:is|was|to|ist|auf|zu|est|es|lautet|war|en|a|c'est)\s)?)"
    rf"[\"'`]?({_MIXED})",
    _I,
)
_BEFORE = re.compile(
    rf"(?<!\S)[\"']?({_MIXED})[\"']? (?:as|for|als|comme|como) (?:(?:my|the|a|mein|mon"
    rf"|mi) )?{_WORD}"
    r"(?!\w)",
    _I,
)
_QUOTED = re.compile(
    rf"(?<!\w){_WORD}\s{{0,2}}(?:is|to|[:=])?\s{{0,2}}[\"']([^\"'\n]{{6,80}})[\"']", _I
)
_CODE = re.compile(
    r"(?<![^\W_])(?P<which>(?:[^\W\d_]{2,14} |[^\W\d_]{2,16}-?)?(?:codes?|código|codigo|otp|tan)"
    r"|(?:my |sim |card |karten-?|mein )?pin(?:[ -]?(?:code|nummer|number))?)"
    r"(?: (?:(?:i|we|you|it|ich|de) )?(?:got|received|see|says|sent|vérification|verificación"
    r"|confirmation|confirmación|sécurité|seguridad|bekommen))?"
    r"(?P<link>\s{0,2}[:=#-]\s{0,2}|\s{1,2}(?:(?:is|was|ist|war|est|es)\s)?)"
    r"(?P<value>\d{3}[ -]\d{3}|\d{4,8})(?![\w/]|[.,:-]\d)",
    _I,
)
_TEXTED = re.compile(
    r"(?:texted|sent|sms'?e?d|emailed|geschickt|envoyé|enviado) (?:me |us )?(?:the "
    r"|a )?(\d{6})(?!\w)",
    _I,
)
_OTHER = re.compile(
    r"error|exit|status|zip|post|area|country|event|promo|discount|sort|room|qr|source|http|voucher"
    r"|response|fehler|rabatt|gutschein|dress|bar|colou?r|referral|tracking|vanity|reason|unicode",
    _I,
)
_BACKUP = re.compile(
    r"(?:backup|recovery|wiederherstellungs|secours)[ -]?codes?\W{1,4}"
    r"([A-Za-z0-9]{3,12}(?:-[A-Za-z0-9]{3,12}){0,3}(?:[\s,;]{1,3}(?=\S{0,12}\d)"
    r"[A-Za-z0-9]{3,12}(?:-[A-Za-z0-9]{3,12}){0,3}){0,20})",
    _I,
)
_PHRASE = re.compile(
    r"(?:recovery|seed|backup|secret|wallet) (?:phrase|words?)\W{1,4}(?:is |are )?"
    r"((?:[a-z]{3,8}[ ,]{1,2}){11,23}[a-z]{3,8})(?!\w)",
    _I,
)
_CLOSING = ".,!?):]}"
_UNIT = re.compile(r"\d{1,4}[-]?(?:characters?|chars?|digits?|letters?|zeichen|days?)", _I)


def passwords(text: str) -> Iterator[Find]:
    """Find passwords that are named in a sentence, codes that were sent, and recovery words."""
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return
    for shape in (_AFTER, _BEFORE):
        for found in shape.finditer(text):
            value = found[1].rstrip(_CLOSING)
            if len(value) > 5 and "://" not in value and not _UNIT.match(value):
                yield Find(found.start(1), found.start(1) + len(value), "SECRET", 0.75)
    for found in _QUOTED.finditer(text):
        if any(map(str.isdigit, found[1])):
            yield Find(*found.span(1), "SECRET", 0.75)
    yield from _codes(text)


def _codes(text: str) -> Iterator[Find]:
    for found in _CODE.finditer(text):
        pin = found["which"].lower() != "pin" or bool(found["link"].strip())
        pin = pin and "pin" in found["which"].lower()
        digits = sum(map(str.isdigit, found["value"]))
        if not _OTHER.search(found["which"]) and (pin or digits == 6 or ":" in found["link"]):
            yield Find(*found.span("value"), "SECRET", 0.75)
    for shape in (_BACKUP, _PHRASE, _TEXTED):
        for found in shape.finditer(text):
            if shape is not _BACKUP or any(map(str.isdigit, found[1])):
                yield Find(*found.span(1), "SECRET", 0.8)
