"""What an office or a company calls a person."""

import re
from collections.abc import Callable, Iterator

from agents.redaction.kinds import Find

_DIGIT = re.compile(r"\d")
_CALLED = re.compile(
    r"\b(?:passports?|pass(?:port)?nummer|reisepass|personalausweis\w*|ausweis\w*|passeport"
    r"|pasaporte"
    r"|social security|soc(?:ial)? sec|ssn|national insurance|nino|ni number"
    r"|sozialversicherungs\w*|rentenversicherungs\w*|sécurité sociale|insee|seguridad social|nuss"
    r"|tax(?:payer)? id(?:entification)?|tax (?:number|ref\w*)|tin|itin|ein|vat(?: reg)?"
    r"(?: number| no\.?| id)"
    r"|steuer-?(?:id\w*|nummer|nr)|numéro fiscal|nif|dni|nie|cif|codice fiscale"
    r"|driv(?:er'?s?|ing) licen[cs]e|licen[cs]e (?:number|no\.?)|führerschein\w*|permis de conduire"
    r"|carnet de conducir|mrn|medical record|patient (?:id|number|no\.?)|patient_id"
    r"|(?:kranken)?versicher(?:ten|ungs)\w*|sv-?(?:nummer|nr)|ust-?id\w*|claim (?:number|no|nr)"
    r"|matri(?:c|kel\w*)|dl(?=\s?[#:])|curp|nº de cliente|n(?:umber|o|úmero)\.? de cliente"
    r"|kd\.?-?nr|aadhaar|sort(?=[ :]{1,2}\d\d[- ]\d\d[- ]\d\d)|numéro client"
    r"|nhs|medicare|health card|insurance (?:number|no\.?|id)|policy (?:number|no\.?|nr)"
    r"|insurance policy"
    r"|(?:bank )?account (?:number|no\.?|nr\.?|id)|account_(?:number|id)|acct|kontonummer"
    r"|konto-?nr\.?"
    r"|numéro de compte|número de cuenta|routing(?: number)?|sort code|blz|bankleitzahl"
    r"|customer (?:number|no\.?|id)|customer_id|client (?:number|no\.?|id)|kunden-?(?:nummer|nr\.?)"
    r"|member(?:ship)? (?:number|no\.?|id)|employee (?:number|no\.?|id)|student (?:number|no\.?|id)"
    r"|user[ _]id|id (?:card|number|no\.?)|identity card|identification number|vin)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\s|[\"':=#(.-]|\b(?:is|was|number|no|nr|num|num\.|no\.|nr\.|id|card|code|ist|lautet|est"
    r"|es|my|nummer"
    r"|numéro|número|n°|nº|of|identification)\b){0,8}+",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[A-Za-z0-9_]{1,24}+(?:[-./ ][A-Za-z0-9_]{1,24}+){0,6}+")
_LETTER = re.compile(r"[- ]?[B-HJ-Z](?!\w)")
_FEWEST, _SHORTEST = 3, 5  # digits, characters
_PLATE_DIGITS = 2
_PLATE_WORDS = re.compile(
    r"\b(?:(?:licen[cs]e|number|registration|reg)[ -]plates?|plates?|registration|kennzeichen"
    r"|matr[ií]cula"
    r"|immatriculation|plaque|reg(?=[ :.]{1,3}[A-Z]{2}\d)|vehicle|car reg)\b",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}\d{2} ?[A-Z]{3}|\d{4} ?[A-Z]{3}|[A-Z]{1,3}[- ]?\d{1,4}[- ]?[A-Z]{0,3}"
    r"|\d{1,3}[- ]?[A-Z]{2,3}[- ]?\d{1,4})(?![\w-])"
)
_CHECKED = "TRWAGMYFPDXBNJZSQVHLCKE"


def identities(text: str) -> Iterator[Find]:
    """Find numbers by the words before them, and those whose shape or check digit says enough."""
    if len(_DIGIT.findall(text)) < _PLATE_DIGITS:
        return
    yield from _called(text)
    for shape, proof, score in _SHAPES:
        for found in shape.finditer(text):
            if proof(found[0]):
                yield Find(*found.span(), "ID", score)
    yield from _plates(text)


def _called(text: str) -> Iterator[Find]:
    for name in _CALLED.finditer(text):
        linked = _LINK.match(text, name.end())
        found = _VALUE.match(text, linked.end() if linked else name.end())
        if found and (end := _numbered(found[0])):
            yield Find(found.start(), found.start() + end, "ID", 0.8)


def _numbered(value: str) -> int:
    """Return where the last part with a digit ends, or 0 where the value is no number."""
    end = 0
    for part in re.finditer(r"[^-./ ]+", value):
        if _DIGIT.search(part[0]):
            end = part.end()
        elif part[0].islower() or (end and len(part[0]) > 3):
            break
    if end and (letter := _LETTER.match(value, end)):
        end = letter.end()
    digits = sum(map(str.isdigit, value[:end]))
    return end if digits >= _FEWEST and end >= _SHORTEST else 0


def _plates(text: str) -> Iterator[Find]:
    for words in _PLATE_WORDS.finditer(text):
        found = _PLATE.search(text, words.end(), words.end() + 30)
        if found and _DIGIT.search(found[0]) and len(found[0]) >= 5:
            yield Find(*found.span(), "ID", 0.7)


def _always(_: str) -> bool:
    return True


def _spanish(number: str) -> bool:
    plain = number.replace("-", "").replace(" ", "").upper()
    digits = plain[:-1].translate(str.maketrans("XYZ", "012"))
    return _CHECKED[int(digits) % 23] == plain[-1]


def _french(number: str) -> bool:
    digits = number.replace(" ", "")
    return int(digits[:13]) % 97 + int(digits[13:]) == 97


def _swiss(number: str) -> bool:
    digits = [int(digit) for digit in number if digit.isdigit()]
    return (sum(digits[0::2]) + 3 * sum(digits[1::2])) % 10 == 0


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[str], bool], float], ...] = (
    (re.compile(r"\bMRN[-: #]{0,3}\d{4,12}\b"), _always, 0.95),
    (
        re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
        _always,
        0.85,
    ),
    (re.compile(r"(?<![\w-])(?:\d{8}|[XYZxyz]-?\d{7})[- ]?[A-Za-z]\b"), _spanish, 0.9),
    (
        re.compile(r"(?<!\d)[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\d)"),
        _french,
        0.95,
    ),
    (
        re.compile(
            r"\b(?:[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d|[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]"
            r"|[A-Z]{5}\d{4}[A-Z])\b"
        ),
        _always,
        0.7,
    ),
    (re.compile(r"(?<!\d)756\.?\d{4}\.?\d{4}\.?\d{2}(?!\d)"), _swiss, 0.95),
    (re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{2,4}[EH]?(?![\w-])"), _always, 0.6),
    (re.compile(r"(?<![\w-])[A-Z]{2}-\d{3}-[A-Z]{2}(?![\w-])"), _always, 0.7),
    (
        re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b"),
        _always,
        0.5,
    ),
)
