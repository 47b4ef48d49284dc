"""Turn the bytes of a text file into text, and refuse to guess wildly."""

import codecs
import re

from knowledge.documents.document import DocumentError

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
FOREIGN = 0.25  # of a Western text's letters that carry accents, at most

# How UTF-8 looks when it is read as cp1252: two or three signs where one was meant.
_TWICE = re.compile("[Â-Ç][\u00a0-\u00bf€-™]|â€|ï»¿")
_INSIDE = re.compile(r"[a-zA-Z][¹²³¼½¾¿¡¢£¤¥¦§¨©ª«¬®¯°±´µ¶·¸º»×÷][a-zA-Z]")


def decoded(content: bytes, source: str, declared: str = "") -> str:
    """Return the text, with line ends as \\n; a file says its encoding, or it is UTF-8."""
    text = _marked(content, source)
    if text is None:
        text = _tried(content, "utf-8")
    if text is None and declared:
        text = _tried(content, declared)
    if text is None:
        text = _western(content)
    if text is None:
        raise DocumentError(f"{source}: the encoding is not known. Save the file as UTF-8.")
    if "\0" in text:
        raise DocumentError(f"{source}: this is not a text. If it is, save it as UTF-8.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _marked(content: bytes, source: str) -> str | None:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            if (text := _tried(content, encoding)) is None:
                raise DocumentError(f"{source}: the file is damaged. Save it again as UTF-8.")
            return text
    return None


def _tried(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _western(content: bytes) -> str | None:
    """Return text as cp1252 where it reads like a Western language in it."""
    text = _tried(content, "cp1252")
    if text is None or _TWICE.search(text) or _INSIDE.search(text):
        return None
    letters = [c for c in text if c.isalpha()]
    accented = sum(not c.isascii() for c in letters)
    return text if accented <= FOREIGN * len(letters) else None
