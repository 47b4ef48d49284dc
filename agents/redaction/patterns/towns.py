"""What follows a street: flat, town, state, postcode, country."""

import re

from agents.redaction.patterns.name_words import is_word
from agents.redaction.patterns.streets import BOX, MILITARY, PROPER, STATES, UNIT

_ZIP = (
    r"(?:\d{4} ?[A-Z]{2}|\d{4,6}(?:-\d{3,4})?|\d{3} \d{2}|\d{2}-\d{3}"
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
    r"|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}-?\d{4,5})(?![\w-])"
)
CODE = re.compile(_ZIP)
_GAP = re.compile(r"\.?(?:[ \t,|]|\n[ \t>]{0,3}(?:\?{3})?){1,8}+")
_PIECE = re.compile(
    rf"(?P<unit>{UNIT}|\d{{1,2}} ?[ºªo°] (?:[Ii]zq|[Dd]cha|[Ee]sq|[Dd]to|[A-D])(?!\w)\.?"
    rf"|{BOX}|{MILITARY})|(?P<zip>(?:(?:{STATES}),? )?{_ZIP}(?: {PROPER}"
    rf"(?: {PROPER})?)?)"
    rf"|(?P<town>{PROPER}(?:[ -](?:{PROPER}|de|la|am|an|der|do|da|du|des|el|of|and|im|bei|sur|les"
    rf"|en|del|nad|pod|pri|na|ob|og|upon|op|ved)){{0,4}}(?: \([^\W\d_]{{2,16}}\))?(?:,? {_ZIP})?)"
    r"(?!\w)|(?P<number>\d{1,3})(?=\s{0,2}(?:,|\n|$))"
)
_TO_UNIT = re.compile(rf"(?: {PROPER}){{1,3}}(?=[ ,\n]{{1,3}}{UNIT})")
_NAMED_BY = frozenset(["new", "north", "south", "east", "west", "united", "great", "st"])
_LABEL_WORDS = """
tel telefon teléfono téléphone phone fax mob mobil mobile móvil handy cell dni nie nif mail email
e-mail correo iban dob geb birthday name passport card
"""
_LABELS = frozenset(_LABEL_WORDS.split())
_LINE_ENDS = re.compile(r"\s{0,3}(?:[,.;!?]|\n|$)")


def extended(text: str, end: int) -> int:
    """Return where flat, town, state, postcode and country end that follow a street."""
    towns, unit = 0, False
    if named := _TO_UNIT.match(text, end):
        end = named.end()
    for _ in range(7):
        gap = _GAP.match(text, end)
        piece = _PIECE.match(text, gap.end()) if gap else None
        if gap is None or piece is None or (gap[0][0] == "." and not piece["unit"]):
            break
        towns += piece["town"] is not None
        if piece["town"] and (towns > 3 or not _is_town(text, gap[0], piece, unit)):
            break
        end, unit = piece.end(), piece["unit"] is not None
    return end - (text[end - 1] in ",. ")


def _is_town(text: str, gap: str, piece: re.Match[str], unit: bool) -> bool:
    """Say whether capital words after a street are where it is, and not a new sentence."""
    first = re.split(r"[ ,-]", piece[0])[0]
    if first.lower().rstrip(".:") in _LABELS:
        return False
    if is_word(first) and not (first.lower() in _NAMED_BY and " " in piece[0]):
        return False
    if piece[0][-1].isdigit() or "," in gap:
        return True
    return (len(first) > 2 and first.isupper()) or (
        ("\n" in gap or unit) and bool(_LINE_ENDS.match(text, piece.end()))
    )


def town_end(text: str, start: int) -> int:
    """Return where the town that begins here ends, or the start where there is none."""
    found = _PIECE.match(text, start)
    known = found and found["town"] and not is_word(found[0].split()[0])
    return found.end() - (found[0][-1] == ".") if found and known else start
