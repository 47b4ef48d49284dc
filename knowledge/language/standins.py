"""Ordinary words in place of placeholders, for models that never saw one."""

import re

_TOKEN = re.compile(r"<([A-Z]+)_\d+>")
_WORDS = {
    "PERSON": "Maria",
    "HANDLE": "@user",
    "LOCATION": "London",
    "EMAIL": "me@example.org",
    "PHONE": "555 0100",
    "BIRTHDAY": "1 May",
    "ORDER": "CS-100200",
    "LINK": "http",
}
_ANYTHING = "12345"
_SENTENCE = re.compile(r"[^.!\n]+[.!\n]*\s*")
# Around a placeholder these say who or what is meant, and nothing about what is wanted.
_SAYS_NOTHING = frozenset(
    {"", "hi", "hello", "dear", "regards", "kind", "best", "cheers", "sincerely", "i", "am", "i'm"}
    | {"my", "name", "is", "it's", "this", "the", "here", "from", "e-mail", "mail", "phone", "tel"}
)


def in_words(text: str) -> str:
    """Return the text as somebody could have written it, without sentences that are only data."""
    if "<" not in text or not _TOKEN.search(text):
        return text
    kept = "".join(part for part in _SENTENCE.findall(text) if not only_data(part))
    return _TOKEN.sub(lambda found: _WORDS.get(found[1], _ANYTHING), kept or text)


def only_data(sentence: str) -> bool:
    """Say whether it tells who writes or where to reach them, and nothing else."""
    words = _TOKEN.sub("", sentence).lower()
    found = _TOKEN.search(sentence) is not None and "?" not in sentence
    return found and all(
        word.strip(",;:()\"'") in _SAYS_NOTHING for word in words.rstrip(" .!\n").split()
    )
