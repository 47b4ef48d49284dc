"""Bring a social post into the plain form that every local model was trained on."""

import html
import re
import unicodedata
from functools import lru_cache

from knowledge.language.standins import in_words

_ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@])@\w+")
_HASHTAG = re.compile(r"#(\w+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=\d)")
_RUN = re.compile(r"(\S)\1{3,}")
_PICTURES = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
# Joiners, variation selectors and skin tones change the look of a picture, not its meaning.
_DECORATION = re.compile("[\u200b-\u200f\u2060\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]{1,2}")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "\xa0": " "})
_PLAINER = {"heavy black heart": "red heart", "white heavy check mark": "check mark"}


def plain(text: str) -> str:
    """Return the form in which a message is read and an example learned."""
    return normalise(in_words(text))


def normalise(text: str) -> str:
    """Decode escapes, name emoji, split hashtags, and mask mentions and links."""
    if "\\" in text:
        text = _ESCAPE.sub(_decoded, text).replace('\\"', '"')
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = _without_pictures(text.translate(_TYPOGRAPHY))
    if "://" in text or "www." in text:
        text = _LINK.sub("http", text)
    if "@" in text:
        text = _MENTION.sub("@user", text)
    if "#" in text:
        text = _HASHTAG.sub(_split_hashtag, text)
    return " ".join(_RUN.sub(r"\1\1\1", text).split())


def _decoded(match: re.Match[str]) -> str:
    units = bytes.fromhex(match.group().replace("\\u", ""))
    return units.decode("utf-16-be", "replace")


def _split_hashtag(match: re.Match[str]) -> str:
    return "#" + _CAMEL.sub(" ", match.group(1)).replace("_", " ")


def _without_pictures(text: str) -> str:
    text = _FLAG_LETTERS.sub(" flag ", _DECORATION.sub("", text))
    return _PICTURES.sub(_named, text)


def _named(match: re.Match[str]) -> str:
    return f" {_name(match.group())} "


@lru_cache(maxsize=4096)
def _name(picture: str) -> str:
    name = unicodedata.name(picture, "symbol").lower().replace("-", " ")
    return _PLAINER.get(name, name)
