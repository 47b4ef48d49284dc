"""Neutral words around the brand's own sentences: titles made into phrases, questions, counts."""

import re

from knowledge.documents.words import words
from tools.drafting.gathering import Fact

LONG_ENOUGH = 9  # words of a question that says what it is about
NAMED = 0.4  # share of a question's words that its answer, or the topic, must have
COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven")
_VERB = re.compile(
    r"^(?:add|ask|book|bring|build|buy|change|check|choose|close|connect|correct|create|cut|delete"
    r"|design|download|edit|embed|export|find|get|give|hide|hold back|invite|join|make|manage"
    r"|moderate"
    r"|move|open|pay|plan|prepare|print|publish|put|record|refund|remove|reset|run|see|sell|send"
    r"|set"
    r"|share|show|start|stop|switch|take|tell|test|transfer|translate|turn|update|upgrade|upload"
    r"|use"
    r"|verify|watch|work|write)\b(?! (?:room|page|rate)s?\b)",
    re.I,
)
_ASKING = re.compile(r"^(?:what|why|how|when|where|who|which|is|are|can|does|do)\b", re.I)
_QUESTION = re.compile(r"^(?:how|can|what|when|which|who|do|does|are|is|where)\b", re.I)
_ROUGH = re.compile(
    r"\b(?:robot|guys?|folks|stuff|things?|no|not|cannot|wrong|why|weird|odd|right|true|boss"
    r"|mate|mend"
    r"|legal|lecture|package|crowd|pc|wifi|yes|again|really|still|please|him|her|he|she|they"
    r"|that|this"
    r"|it|ok|crew|concert|clip|cash|kid|tiny|yourself|dont|doc|app crash|bug|gone|lost|forgot"
    r"|nasty|hook|bits|cheap|on me|give back|angry|sue|else|max|min|id|someone|somebody|guests?"
    r"|host|hosts)\b|n't\b",
    re.I,
)
_QUANTITY = re.compile(
    r"(?<!\bor )(?<!\bto )(?<!\band )(?<!\bof )(?<![-–.\d])(?P<before>\b(?:about|every|within"
    r"|up to|at least|at most|no more than|less than|more than|for|after)\s+)?"
    r"(?P<value>[€$£]\s?\d[\d.,]*\d|[€$£]\s?\d|\b\d{1,3}(?:,\d{3})+|\b\d+(?:\.\d+)?)"
    r"(?P<unit>\s?%|\s+(?!of\b|and\b|or\b|to\b|in\b|is\b|on\b)[a-z][a-z-]{3,}(?:s|days|hours)\b"
    r"|\s+(?:minutes?|hours?|days?|weeks?|months?|years?))?(?!\s+(?:or|to)\s+\d)",
)
_LIMIT = re.compile(
    r"\b(?:not|cannot|never|no longer|without|only|unless|at most|must|mistakes?|wrong|limit)\b",
    re.I,
)
_CHANGE = re.compile(
    r"\b(?:instead of|no longer|used to|until now|before that|previously|replaces|from now on)\b",
    re.I,
)
_ACRONYM = re.compile(r"^(?:[A-Z]{2,}\w*|[A-Z]\w*[A-Z]\w*|[A-Z]\.)")
_KNOWN = {"ai": "AI", "api": "API", "gdpr": "GDPR", "pdf": "PDF", "sso": "SSO", "vat": "VAT",
          "csv": "CSV", "qr": "QR", "dpa": "DPA", "saml": "SAML", "i": "I"}  # fmt: skip


def lower(text: str) -> str:
    """Write the first word small, where it is not a name or an abbreviation."""
    first = text.split(" ", 1)[0]
    names = _ACRONYM.match(text) or first in ("I", "My")
    return text if names or not first else text[0].lower() + text[1:]


def upper(text: str) -> str:
    """Write the first letter large."""
    return text[:1].upper() + text[1:]


def phrase(title: str) -> tuple[str, str]:
    """Return how a title is spoken about: as a deed, a clause, a question or a thing."""
    plain = title.rstrip(".: ")
    if plain.endswith("?"):
        return "question", plain
    if _ASKING.match(plain):
        return "clause", lower(plain)
    if _VERB.match(plain) and len(plain.split()) > 1:
        return "deed", lower(plain)
    return "thing", lower(plain)


def question(fact: Fact, topic: str) -> str:
    """Return how people ask for a fact, in words near to its own; nothing where none fits."""
    own = frozenset(words(f"{topic} {fact.passage.name} {fact.text}"))
    best = max(printable(fact), default="", key=lambda one: (_shared(one, own), len(one.split())))
    return spoken(best) if best and _shared(best, own) >= NAMED else ""


def printable(fact: Fact) -> list[str]:
    """Return the ways in which people ask for a fact that can be printed as they are."""
    return [one for one in fact.sentence.asked if _printable(one)]


def spoken(asked: str) -> str:
    """Return a way to ask as a sentence."""
    return f"{upper(_spelled(asked))}?"


def about(title: str, topic: str) -> tuple[str, str]:
    """Return how to speak about the matter: in the asker's words where the title has them too."""
    said = set(words(topic))
    if said and said <= set(words(title)) and len(topic.split()) < len(title.split()):
        return "thing", lower(topic)
    return phrase(title)


def asking(title: str) -> str:
    """Return a plain question about a title."""
    kind, said = phrase(title)
    if kind == "question":
        return said
    if kind == "deed":
        return f"How do you {said}?"
    return f"Do you know {said}?" if kind == "clause" else f"What is there to know about {said}?"


def quantity(fact: Fact) -> str:
    """Return the number that a fact turns on, with what is counted."""
    for found in _QUANTITY.finditer(fact.text):
        if found["unit"] or found["value"][0] in "€$£":
            said = found[0].strip()
            return upper(said)
    return ""


def limits(fact: Fact) -> bool:
    """Say whether a fact says what something does not do, or only under a condition."""
    return bool(_LIMIT.search(fact.text))


def changes(fact: Fact) -> bool:
    """Say whether a fact itself says how it was before."""
    return bool(_CHANGE.search(fact.text))


def _printable(asked: str) -> bool:
    fits = 4 <= len(asked.split()) <= 13 and "," not in asked
    return bool(fits and _QUESTION.match(asked) and not _ROUGH.search(asked))


def _shared(asked: str, own: frozenset[str]) -> float:
    said = words(asked)
    return sum(word in own for word in said) / len(said) if said else 0.0


def _spelled(asked: str) -> str:
    return " ".join(_KNOWN.get(word, word) for word in asked.rstrip("?. ").split())
