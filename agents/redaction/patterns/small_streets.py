"""Addresses in small letters and in the fields of forms, where only their order tells."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find
from agents.redaction.patterns.name_words import is_word
from agents.redaction.patterns.streets import FIRST_WORDS, PROPER

_I = re.IGNORECASE
_W = r"[^\W\d_]{2,20}(?:[-'’][^\W\d_]{1,16})?"
_NO = r"\d{1,4}(?:[-/]\d{1,3})?(?: ?[a-z](?!\w))?"
_FLOOR = r"(?:,? ?\d{1,2} ?[ºªo°] ?(?:izq|dcha|der|esq|dto|[a-d])?\b\.?)?"
_TAIL = (
    rf"{_FLOOR}(?:[,\s]{{1,3}}(?:[A-Z]{{1,2}}-)?(?:\d{{4}} [a-z]{{2}}(?!\w)|\d{{4,5}}(?!\d)"
    rf"|[a-z]{{1,2}}\d[a-z\d]? ?\d[a-z]{{2}}(?!\w))(?: {_W})?|, {_W}(?=\s*(?:,|\n|$))){{0,2}}"
)
_ENDS = r"(?=\s{0,2}(?:[,.;)\n|]|$|\d{4}|[A-Z]{1,2}-\d))"
_ENDED = re.compile(
    r"(?<![\w-])(?!(?:sitz|steh|arbeits|park|stell|speicher|haupt)pl)[^\W\d_]{3,24}"
    r"(?:stra(?:ß|ss)e|str\.?|gasse|allee|weg|platz|straat|gracht|laan|gatan|vägen|katu|utca)"
    rf" {_NO}(?![\w:%€]|[.,]\d)",
    _I,
)
_FIRST = re.compile(
    r"(?<![\w/-])(?:calle|c/|avenida|avda\.?|plaza|paseo|camino|carrer|rua|rue|viale|piazza"
    r"|corso|via)"
    rf" ?(?:{_W} ){{1,5}}{_NO}(?![\w:%€]|[.,]\d){_ENDS}",
    _I,
)
_ROMANCE = re.compile(
    r"(?<![\w.,:/-])\d{1,4}(?: (?:bis|ter))?,? (?:(?:rue|avenue|chemin|boulevard|allée|impasse)"
    rf"|(?:place|quai|route|cours|av\.?|bd\.?)(?= {FIRST_WORDS} ))"
    rf"(?: {FIRST_WORDS}){{0,3}} {_W}(?:[ -](?!svp|merci)[^\W\d_]{{2,16}}{_ENDS}){{0,1}}",
    _I,
)
_ENGLISH = re.compile(
    rf"(?<![\w.,:/$€£-])\d{{1,5}}[a-z]? (?:{_W} ){{1,3}}"
    r"(?:street|st|ave(?:nue)?|road|rd|lane|ln|blvd|boulevard|crescent|terrace)"
    r"(?=\s{0,2}(?:[,.\n]|$|apt|flat|unit))",
    _I,
)
_SAID = re.compile(
    r"(?<!\w)(?:my addr(?:ess)?|adresse|anschrift|dirección|direccion|domicilio|indirizzo|wohne"
    r"|vivo en|abito in|woon op|j'habite(?: au)?)(?:\s?:)?\s(?:(?:is|ist|est|es|è)\s)?"
    rf"(?P<value>(?:{_W} ){{1,4}}{_NO})(?![\w:%€]|[.,]\d){_ENDS}",
    _I,
)
_FIELD = re.compile(
    r"(?<![^\W_])(?:(?P<town>city|town|(?:wohn)?ort|stadt|ville|ciudad|localidad|città)"
    r"|street|straße|strasse|calle|rue|address(?:[ _]line)?[ _]?\d?|adresse|addr|anschrift)"
    r"[\"']?\s?[:=]\s?[\"']?(?P<value>[^\"'\n,;|{}<>]{2,60})",
    _I,
)
_TOWN = re.compile(rf"(?:\d{{4,6}} )?{PROPER}(?: {PROPER}){{0,2}}\.?(?=\s*$)")
_DEGREES = re.compile(
    r"\d{1,3}° ?\d{1,2}['′] ?(?:\d{1,2}(?:\.\d{1,4})?(?:\"|″|'')? ?)?[NS][ ,]{1,3}"
    r"\d{1,3}° ?\d{1,2}['′] ?(?:\d{1,2}(?:\.\d{1,4})?(?:\"|″|'')? ?)?[EWO]"
)
_CORNER = re.compile(r"\bcorner of (?P<value>\d{1,3}(?:st|nd|rd|th) (?:and|&) [^\W\d_]{2,16})", _I)
_ZIPPED = re.compile(
    rf"(?:{PROPER} ){{1,3}}\d{{1,4}}[a-z]?, (?:\d{{4}} [A-Z]{{2}}|\d{{5}}) {PROPER}(?: {PROPER})?"
)
_TO_ONE = frozenset(["am", "an", "im", "in", "zum", "zur", "auf", "de", "del", "la", "las", "los"])
_TO_ONE |= frozenset(["el", "le", "les", "der", "den", "des", "du", "dem", "high", "main", "park"])
_TO_ONE |= frozenset(["north", "south", "east", "west", "new", "nueva", "nuevo", "unter", "santa"])
_TO_ONE |= frozenset(["en", "san", "alten", "do", "da", "dos", "das", "di", "della", "market"])
_THINGS = frozenset(["raum", "saal", "seite", "zoom", "app", "page", "room", "step", "teams"])
_AFTER = re.compile(_TAIL, _I)
_LABELS = re.compile(
    r"(?:, |\s)(?:tel|dni|nie|nif|geb|mail|email|phone|mobile|iban|please|thanks|svp)$", _I
)


def small_streets(text: str) -> Iterator[Find]:
    """Find streets without a capital, fields of an address, and positions in degrees."""
    if not any(map(str.isdigit, text)) and ":" not in text:
        return
    yield from _streets(text)
    yield from _fields(text)
    for shape in (_DEGREES, _CORNER, _ZIPPED):
        for found in shape.finditer(text):
            yield Find(*found.span(found.lastgroup or 0), "LOCATION", 0.7)


def _streets(text: str) -> Iterator[Find]:
    for shape in (_ENDED, _FIRST, _ROMANCE, _ENGLISH, _SAID):
        for found in shape.finditer(text):
            place = found.lastgroup or 0
            if _named(found[place]):
                yield Find(found.start(place), _end(text, found.end()), "LOCATION", 0.7)


def _named(street: str) -> bool:
    """Say whether no word between the numbers is one of a plain sentence."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]{2,}", street)]
    return not any((is_word(word) and word not in _TO_ONE) or word in _THINGS for word in words)


def _end(text: str, end: int) -> int:
    found = _AFTER.match(text, end)
    after = found.end() if found else end
    label = _LABELS.search(text, end, after)
    return label.start() if label else after


def _fields(text: str) -> Iterator[Find]:
    for found in _FIELD.finditer(text):
        value = found["value"].rstrip()
        town = found["town"] and _TOWN.match(value) and not is_word(value.split()[-1])
        street = not found["town"] and re.search(
            r"[^\W\d_]{3,}.{0,40}\d|\d.{0,8}[^\W\d_]{3,}", value
        )
        if (town or street) and _named(value):
            yield Find(found.start("value"), found.start("value") + len(value), "LOCATION", 0.7)
