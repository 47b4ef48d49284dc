"""Put originals where placeholders are. Pure; strict where a customer would read the result."""

import re
from collections.abc import Mapping

from agents.redaction.kinds import KINDS
from agents.redaction.placeholders import WRITTEN, token_of

GRAMMAR = re.compile(r"<[A-Z][A-Z_]*_\d+>")
# Without its brackets; "(EMAIL_1)" is how the door writes what a customer forged, and may stay.
BARE = re.compile(rf"(?<![A-Za-z0-9_(])(?:{'|'.join(KINDS)})\\?_\d+(?![A-Za-z0-9_])")


class UnknownPlaceholder(Exception):
    """The text holds a placeholder that its conversation does not have; a person must look."""


def named(text: str) -> set[str]:
    """Return the placeholders of a text, as we would have written them."""
    return {token_of(found) for found in WRITTEN.finditer(text)}


def restored(text: str, originals: Mapping[str, str]) -> str:
    """Replace every placeholder; one that nobody knows is an ``UnknownPlaceholder``."""
    unknown = [m[0] for m in WRITTEN.finditer(text) if _is_unknown(m, originals)]
    unknown += BARE.findall(WRITTEN.sub(" ", text))
    if unknown:
        raise UnknownPlaceholder(
            f"The text names {unknown[0]}, which this conversation does not have; "
            "a person must look at it before it is sent."
        )
    return known_restored(text, originals)


def known_restored(text: str, originals: Mapping[str, str]) -> str:
    """Replace the placeholders that are known, and leave the rest."""
    return WRITTEN.sub(lambda found: originals.get(token_of(found), found[0]), text)


def _is_unknown(found: re.Match[str], originals: Mapping[str, str]) -> bool:
    if token_of(found) in originals:
        return False
    return found[1].upper() in KINDS or GRAMMAR.fullmatch(found[0]) is not None
