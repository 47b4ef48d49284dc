"""Take personal data out before anything stores or reads the message.

A plain function and not a step of the graph: a step would come too late, the run's input would
already hold the original. The same value gets the same placeholder in a conversation; only a
keyed digest of it is remembered.
"""

import hashlib
import re
from collections.abc import Callable, Mapping

PATTERNS = {
    "EMAIL": re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"),
    "IBAN": re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"),
    # Seven digits or more in one run, whatever stands between them: cards, phones, accounts.
    "NUMBER": re.compile(r"(?<![\w#])\+?\(?\d(?:[\s().\-/]{0,2}\d){6,18}(?!\w)"),
}
LOOKS_LIKE_OURS = re.compile(r"<([A-Z]+_\d+)>")


def redact(text: str, known: Mapping[str, str], secret: bytes) -> tuple[str, dict[str, str]]:
    """Replace each personal datum by its placeholder; return the text and all placeholders."""
    placeholders = dict(known)
    # A customer who writes "<EMAIL_1>" must not be taken for somebody whose address we keep.
    text = LOOKS_LIKE_OURS.sub(r"(\1)", text)
    for kind, pattern in PATTERNS.items():
        text = pattern.sub(_replacement(kind, placeholders, secret), text)
    return text, placeholders


def _replacement(
    kind: str, placeholders: dict[str, str], secret: bytes
) -> Callable[[re.Match[str]], str]:
    return lambda found: _token(kind, found[0], placeholders, secret)


def _token(kind: str, value: str, placeholders: dict[str, str], secret: bytes) -> str:
    plain = re.sub(r"[\s().\-/]", "", value).lower() if kind != "EMAIL" else value.lower()
    digest = hashlib.blake2b(
        f"{kind}:{plain}".encode(), key=secret[:64], digest_size=12
    ).hexdigest()
    if digest not in placeholders:
        number = 1 + sum(token.startswith(f"<{kind}_") for token in placeholders.values())
        placeholders[digest] = f"<{kind}_{number}>"
    return placeholders[digest]
