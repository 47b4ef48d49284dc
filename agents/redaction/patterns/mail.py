"""E-mail addresses."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find

_TIGHT = re.compile(r"@(?:[\w-]{1,63}+\.){1,8}([^\W\d_]{2,24}|xn--[\w-]{2,59})(?![\w-])")
_NUMERIC = re.compile(r"@\[?\d{1,3}(?:\.\d{1,3}){3}\]?")
_ENDS = r"(?:com|c0m|net|org|de|fr|es|io|at|ch|uk|eu|it|nl|me|info)"
_FREE = r"(?:gmail|googlemail|hotmail|yahoo|outlook|icloud|gmx|protonmail|aol|mail)"
_BROKEN = re.compile(
    rf"[\w.+-]{{1,64}}+@ ?(?:[\w-]{{1,40}}(?: ?[.,] ?"
    rf"| [.,]))(?:[\w-]{{1,40}}[.,]){{0,2}}{_ENDS}(?!\w)"
    rf"|[\w.+-]{{1,64}}+ @ ?[\w-]{{1,40}} \. ?{_ENDS}(?!\w)"
    rf"|[\w.+-]{{1,64}}+ ?@ ?{_FREE}(?:\.{_ENDS})?(?![\w.]{{2}})"
    r"|(?<!\w)\w(?: [\w.]){2,40} @(?: [\w.]){4,40}(?!\w)",
    re.IGNORECASE,
)
_NAME = frozenset("._+-%!#$&'*/=?^`{|}~")
_LONGEST = 254


def mail(text: str) -> Iterator[Find]:
    """Find e-mail addresses by looking left and right of every at sign."""
    at = text.find("@")
    if at >= 0:
        for broken in _BROKEN.finditer(text):
            yield Find(*broken.span(), "EMAIL", 0.9)
    while at >= 0:
        host = _TIGHT.match(text, at) or _NUMERIC.match(text, at)
        start = _begins(text, at)
        if host and start < at:
            yield Find(start, host.end(), "EMAIL", 0.98)
        at = text.find("@", host.end() if host else at + 1)


def _begins(text: str, at: int) -> int:
    start, last = at, max(0, at - _LONGEST)
    while start > last and (text[start - 1].isalnum() or text[start - 1] in _NAME):
        start -= 1
    for mark in "=/&?":  # what stands before the address in a link
        start = max(start, text.rfind(mark, start, at) + 1)
    while start < at and text[start] in "._+-%!#$'*^`{|}~":
        start += 1
    return start
