"""Dates of birth: a date alone is nobody's, the words before it make it one."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find

_CUE = re.compile(
    r"(?<!\w)(?:(?<!it was )born|d\.?o\.?b\.?|(?:date|day) of birth|date_of_birth"
    r"|birth[ _-]?(?:date|day)|b-?day|turn \d{1,3}"
    r"|geboren|geb\.?(?:-datum)?|geburts(?:datum|tag)"
    r"|née?|date de naissance|anniv(?:ersaire)?|nacid[oa]|nací|f(?:echa|\.) (?:de )?nac(?:\."
    r"|imiento)?|cumple(?:años)?|nat[oa]"
    r"|data di nascita)"
    r"(?:\s|[\"':,=(>-]|\b(?:is|was|on|in|am|im|ist|le|en|el|est|es|the|my|den|of)\b){1,8}+",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|ene|jun|jui|jul|aug|aoû|ago|sep|oct|okt|out|nov"
    r"|dec|dez"
    r"|déc|dic)[^\W\d_]{0,7}\.?"
)
_DATE = re.compile(
    r"\d{8}|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{2,4}"
    rf"|{_MONTH} (?:de )?(?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th|er|\.)?[\s-]{{0,2}}(?:of |de "
    rf"|d')?{_MONTH}(?:[\s,-]{{1,2}}(?:de "
    rf"|del )?'?\d{{2,4}})?"
    rf"|{_MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s?\d{{4}})?|(?:19|20)\d{{2}}"
    rf"|\d{{1,2}}[./]\d{{1,2}}\.?(?!\d)",
    re.IGNORECASE,
)


_BEFORE = re.compile(
    r"(?<![\w./-])\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:19|20)?\d\d(?= (?:geboren|born)(?!\w))"
)


def birthdays(text: str) -> Iterator[Find]:
    """Find the date after words such as "born on"."""
    for cue in _CUE.finditer(text):
        found = _DATE.match(text, cue.end())
        if found and not text[found.end() : found.end() + 1].isalnum():
            yield Find(*found.span(), "BIRTHDAY", 0.85)
    for found in _BEFORE.finditer(text):
        yield Find(*found.span(), "BIRTHDAY", 0.85)
