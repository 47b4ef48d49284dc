"""Street addresses, postal boxes and postcodes; towns alone are for the tagger."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find
from agents.redaction.patterns.name_words import is_word
from agents.redaction.patterns.rooms import is_room
from agents.redaction.patterns.streets import (
    BOX,
    ENDING,
    FIRST,
    FIRST_WORDS,
    LAST,
    MILITARY,
    NUMBER,
    PROPER,
    STATES,
    UNIT,
    WORD,
)  # fmt: skip
from agents.redaction.patterns.towns import CODE, extended, town_end

_I = re.IGNORECASE
_AHEAD = r"(?<![\w#.,:/$€£-])"
_AFTER = r"(?![\w:%€$£]|[.,]\d)"
_ENGLISH = re.compile(
    rf"{_AHEAD}(?:\d{{3,5}} )?{NUMBER},? (?:(?:{PROPER}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}{LAST}"
    rf"(?!\w)"
)
_ENDED = re.compile(
    rf"(?:{_AHEAD}\d{{2,5}} )?(?<!\w)(?:{PROPER} ){{0,2}}(?:[^\W\d_a-zà-öø-ÿ][^\W\d_-]{{1,24}}"
    rf"(?:-[^\W\d_]{{2,20}}){{0,2}}?)?"
    rf"(?<=\w){ENDING},? {NUMBER}{_AFTER}"
)
_SPACED = re.compile(
    rf"(?:{_AHEAD}\d{{2,5}} )?(?<!\w){PROPER}(?: {WORD})?[ -](?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|Weg"
    rf"|Allee|Platz|Ring|gate|gade|vej|vei|katu|tie|utca|út|útja|tér|krt\.|u\.) ?{NUMBER}{_AFTER}"
)
_NAMED = re.compile(
    rf"(?:{_AHEAD}\d{{2,5}} )?(?<!\w){FIRST} ?(?:(?:{FIRST_WORDS} ?|{PROPER} |\d{{1,2}} "
    rf"(?:de )?){{1,6}}),? ?(?:n[º°o]\.? ?|nr\.? ?)?{NUMBER}{_AFTER}"
)
_ROMANCE = re.compile(
    rf"{_AHEAD}(?:\d{{3,5}} )?{NUMBER}(?: (?:bis|ter))?,? (?:[Rr]ue|[Aa]v(?:enue|\.)?|[Bb]"
    rf"(?:oulevar)?d\.?|[Cc]hemin|[Aa]llées?|[Ii]mpasse|[Qq]uai|[Rr]oute|[Cc]ours|[Pp]lace"
    rf"|[Ss]quare|[Pp]assage) "
    rf"(?:(?:{FIRST_WORDS} ?){{0,3}}{PROPER}|(?<=[Rr]ue )(?:{FIRST_WORDS} ){{1,3}}{WORD})(?: "
    rf"(?:{FIRST_WORDS} ){{0,2}}{PROPER}){{0,3}}"
)
_TWICE = re.compile(
    rf"{_AHEAD}(?!(?:19|20)\d\d (?!.{{0,60}}{UNIT}))\d{{3,5}} (?:{WORD} "
    rf"|{FIRST_WORDS} ){{1,5}}\d{{1,4}}(?: ?[A-Za-z])?{_AFTER}"
)
_KNOWN = re.compile(
    rf"(?<!\w){PROPER}(?: {PROPER}){{0,2}} (?:Street|Avenue|Road|Boulevard|Terrace|Crescent)(?!\w)"
)
_CUE = re.compile(
    r"\b(?:(?:lives?|living|located|stay(?:s|ing)?|resid(?:es?|ing)|moved|deliver(?:ed|y)?|ship"
    r"(?:ped|ping)?|send|sent|mail(?:ed)?|return|meet|meeting"
    r"|drops? (?:you|me|us) off|wohn(?:e|t|haft)|habite|vivo|vive|lebt?|restaurant is|is|are"
    r"|visit us|address) (?:(?:it|me|them|us|this|a new one|a copy|one|please) )?(?:at|to|on|is"
    r"|in|am|an der|au|à|en)"
    r"|address(?:e|es)?|anschrift|dirección|adresse|domicilio|domicile)\s{0,2}:?(?:\s"
    r"|[\"'])\s{0,2}",
    _I,
)
_AFTER_CUE = re.compile(
    rf"(?:\d{{1,5}},? )(?:{WORD} ){{1,5}}\d{{1,5}}(?: ?[A-Za-z])?{_AFTER}|"
    rf"(?:{PROPER} ){{1,4}}\d{{1,5}}(?: ?[A-Za-z])?{_AFTER}"
    rf"|(?:\d{{1,5}} )?\d{{1,5}}[A-Za-z]?,? {PROPER}(?: {PROPER}){{0,3}}(?=\s*(?:,|\n|$|[.!?]\s"
    rf"|[.!?]$))"
)
_LINE = re.compile(
    rf"(?m)^[ \t>?]{{0,8}}+((?:\d{{1,5}} )?(?:{WORD} ?){{1,6}} ?\d{{1,5}}(?: ?[A-Za-z])?"
    rf"(?:,? {UNIT})?)[ \t]{{0,3}}$"
)
_BOXES = re.compile(rf"(?<![\w-])(?:(?:\d{{2,5}} )?{BOX}|{MILITARY})(?![\w-])", _I)
_CORNER = re.compile(
    rf"\bcorner of (?:{WORD} ){{1,4}}(?:{NUMBER} )?and {PROPER}(?: {PROPER}){{0,2}}"
)
_UNITS = re.compile(rf"(?:{_AHEAD}\d{{2,5}} (?:{WORD} ?){{1,5}} )?(?<!\w){UNIT}", _I)
_SURE_UNIT = re.compile(r"(?:apt|apartment|suite|ste|flat|unit|wohnung|whg)\.? ?#?\d", _I)
_POSTCODES = re.compile(
    rf"\b(?:{STATES}),? \d{{5}}(?:-\d{{4}})?\b|\b[A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}}\b"
    rf"|\b[A-CEGHJ-NPR-TVXY]\d[A-Z] \d[A-Z]\d\b|\b\d{{4}} [A-Z]{{2}}(?= {PROPER})"
    r"|\b(?:[DFAL]|CH)-\d{4,5}\b"
)
_ZIP_CUE = re.compile(
    r"\b(?:zip(?: ?code)?|post ?code|postal code|plz|postleitzahl|code postal|código postal|cp)\b"
    r"(?:\s|[\"':=]|\b(?:is|ist|est|es|code|number)\b){1,6}+",
    _I,
)
_TOWN_CUE = re.compile(
    r"\b(?:i(?:'m| am)? (?:live|living|based|born|located) in|i(?:'m| am) (?:originally )?from"
    r"|my home ?town is|wohne in|ich komme aus|j'habite à|je vis à|vivo en|soy de)[ \t]",
    _I,
)
_POINT = re.compile(r"(?<![\w.])-?\d{1,2}\.\d{3,8},\s{0,2}-?\d{1,3}\.\d{3,8}(?![\w.])")
_MONTHS = re.compile(
    r"\b(?:jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?"
    r"(?:ember)?|o[ck]t(?:ober)?"
    r"|nov(?:ember)?|de[cz](?:ember)?|januar|februar|märz|mai|juni|juli|janvier|février|mars"
    r"|avril|juin|juillet|août|enero"
    r"|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b",
    _I,
)
_JOINS_WORDS = """
de del la las los du des le les el do da dos di della y et e al of the den der dem
"""
_JOINS = frozenset(_JOINS_WORDS.split())
_UNIT_HINTS: tuple[str, ...] = (
    "apt",
    "apart",
    "app",
    "suite",
    "ste",
    "flat",
    "unit",
    "wohn",
    "whg",
    "top",
    "stiege",
)
_UNIT_HINTS += ("piso", "pta", "esc", "étage", "lej", "leil", "lgh", "room", "fl", "bldg", "build")
_LOWER_GAP = 4

_SHAPES = (
    *((shape, 0.8) for shape in (_ENGLISH, _ENDED, _SPACED, _NAMED, _ROMANCE, _BOXES, _CORNER)),
    (_TWICE, 0.6),
)


def places(text: str) -> Iterator[Find]:
    """Find street addresses with what follows them, postcodes, boxes and coordinates."""
    yield from _without_numbers(text)
    if not any(map(str.isdigit, text)):
        return
    for start, end, score in _cores(text):
        yield Find(start, extended(text, end), "LOCATION", score)
    for shape, score in ((_POSTCODES, 0.6), (_POINT, 0.7)):
        for found in shape.finditer(text):
            yield Find(*found.span(), "LOCATION", score)
    for cue in _ZIP_CUE.finditer(text):
        if code := CODE.match(text, cue.end()):
            yield Find(*code.span(), "LOCATION", 0.8)


def _without_numbers(text: str) -> Iterator[Find]:
    for cue in _TOWN_CUE.finditer(text):
        if (end := town_end(text, cue.end())) > cue.end():
            yield Find(cue.end(), end, "LOCATION", 0.6)
    for street in _KNOWN.finditer(text):
        if not is_word(street[0].split()[0]):
            yield Find(*street.span(), "LOCATION", 0.6)


def _cores(text: str) -> Iterator[tuple[int, int, float]]:
    for shape, score in _SHAPES:
        for found in shape.finditer(text):
            if _stands(text, found) and (shape is not _TWICE or _capital(found[0])):
                yield (*found.span(), score)
    for cue in _CUE.finditer(text):
        after = _AFTER_CUE.match(text, cue.end())
        if after and not _dated(after[0]) and _spelled_out(after[0]):
            yield (*after.span(), 0.7)
    yield from _units(text)
    if "\n" in text:
        yield from _lines(text)


def _stands(text: str, found: re.Match[str]) -> bool:
    return not _dated(found[0]) and not is_room(text, *found.span())


def _spelled_out(found: str) -> bool:
    """Say whether this names a street even in small letters, and is not "3 to 5"."""
    words = [word for word in found.split() if word[0].isalpha()]
    return _capital(found) or all(len(word) > 3 for word in words)


def _units(text: str) -> Iterator[tuple[int, int, float]]:
    lower = text.lower()
    if not any(hint in lower for hint in _UNIT_HINTS):
        return
    for found in _UNITS.finditer(text):
        alone = not found[0][0].isdigit()
        if not alone or _SURE_UNIT.match(found[0]):
            yield (*found.span(), 0.7)


def _lines(text: str) -> Iterator[tuple[int, int, float]]:
    """A line that ends in a house number is an address where a postcode or flat follows."""
    for found in _LINE.finditer(text):
        after = extended(text, found.end(1))
        if after - found.end(1) > _LOWER_GAP and any(map(str.isdigit, text[found.end(1) : after])):
            yield (*found.span(1), 0.6)


def _dated(found: str) -> bool:
    return bool(_MONTHS.search(found)) and not re.search(r"\d\D+\d\D+\d", found)


def _capital(found: str) -> bool:
    """Say whether the words between two numbers are written as names."""
    words = [word for word in found.split() if word[0].isalpha() and len(word) > 1]
    names = [word for word in words if word[0].isupper() or not word.isascii()]
    joins = sum(word in _JOINS for word in words)
    return len(names) + joins == len(words) and not all(map(is_word, names))
