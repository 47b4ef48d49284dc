"""Instructions planted in a document: text that speaks to whoever answers, not to its reader."""

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from knowledge.language.phrases import Phrases

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)
_HIDDEN = re.compile(rf"\w(?:{_INVISIBLE.pattern})+\w")
_SPACED = re.compile(r"(?:(?<!\w)[^\W\d_]\s){8,}")
_ENCODED = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_MIXED = re.compile(r"\b(?=\w*[a-zA-Z])(?=\w*[\u0370-\u04ff])\w+\b")
_LEET = re.compile(r"\b(?=\w*[a-zA-Z])\w*(?<=[a-zA-Z])\d(?=[a-zA-Z])\w*|\b\d[a-z]\d\w*")
_FIGURES = str.maketrans("013457", "oieast")
_ALIKE = str.maketrans("аеорсухікѕіјԁԛԝһᴀοιν", "aeopcyxiksijdqwhaoiv")
DISGUISED = 2  # words with letters between which something invisible stands
LEXICONS = ("planted", "injection")


def planted(text: str) -> bool:
    """Say whether a sentence, or what is hidden in it, speaks to whoever answers."""
    if len(_HIDDEN.findall(text)) >= DISGUISED or _SPACED.search(text):
        return True  # nobody hides letters in honest text, or sets them apart
    return any(_phrases().found(lexicon, one) for one in _forms(text) for lexicon in LEXICONS)


@cache
def _phrases() -> Phrases:
    return Phrases()


def _forms(text: str) -> Iterator[str]:
    """Return a text as it is seen, and as it reads when somebody decodes it."""
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", html.unescape(text)))
    yield shown
    if _MIXED.search(shown):
        yield shown.translate(_ALIKE)
    if len(_LEET.findall(shown)) >= DISGUISED:
        yield shown.translate(_FIGURES)
    if "%" in shown:
        yield unquote(shown)
    yield codecs.encode(shown, "rot13")
    yield shown[::-1]
    for found in _ENCODED.findall(shown):
        yield from _decoded(found)


def _decoded(text: str) -> Iterator[str]:
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return
    if found.isprintable():
        yield found
