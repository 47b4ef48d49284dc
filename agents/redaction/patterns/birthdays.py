"""Dates of birth: a date alone is nobody's, the words before it make it one."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find

_CUE = re.compile(
    r"(?<!\w)(?:born|d\.?o\.?b\.?|(?:date|day) of birth|date_of_birth|birth[ _-]?(?:date|day)"
    r"|geboren|geb\.|geburts(?:datum|tag)"
    r"|née?|date de naissance|anniversaire|nacid[oa]|nací|fecha de nacimiento|cumpleaños|nat[oa]"
    r"|data di nascita)"
    r"(?:\s|[\"':,=(]|\b(?:is|was|on|in|am|im|ist|le|en|el|est|es|the|my|den|of)\b){1,8}+",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|ene|jun|jui|jul|aug|aoû|ago|sep|oct|okt|out|nov"
    r"|dec|dez"
    r"|déc|dic)[^\W\d_]{0,7}\.?"
)
_DATE = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?[\s-]{{0,2}}(?:of |de |d')?{_MONTH}(?:[\s,-]{{1,2}}(?:de "
    rf"|del )?'?\d{{2,4}})?"
    rf"|{_MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s?\d{{4}})?|(?:19|20)\d{{2}}|\d{{8}}",
    re.IGNORECASE,
)


def birthdays(text: str) -> Iterator[Find]:
    """Find the date after words such as "born on"."""
    for cue in _CUE.finditer(text):
        found = _DATE.match(text, cue.end())
        if found and not text[found.end() : found.end() + 1].isalnum():
            yield Find(*found.span(), "BIRTHDAY", 0.85)
