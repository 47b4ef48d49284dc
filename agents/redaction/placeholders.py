"""What stands for personal data: the same token for the same datum in a conversation."""

import hashlib
import re
from collections.abc import Iterable, Mapping

from agents.redaction.folding import fold
from agents.redaction.kinds import KINDS, Kind

# However a model or a customer may write it: < person_1 >, <PERSON\_1>, **<PERSON_1>**, &lt;...
WRITTEN = re.compile(
    r"(?:<|&lt;)[\s*`]{0,5}"
    r"([A-Za-z]{2,20}(?:_[A-Za-z]{2,20}){0,3})[ \\]{0,2}[_ -][ \\]{0,2}(\d{1,6})"
    r"[\s*`]{0,5}(?:>|&gt;)"
)
_APART = re.compile(r"[\s().\-/]")
_BY_WORDS = frozenset({"PERSON", "LOCATION", "EMAIL", "HANDLE", "LINK", "SECRET", "MESSAGE"})


def token_of(found: re.Match[str]) -> str:
    """Return the placeholder as we write it."""
    return f"<{found[1].upper()}_{int(found[2])}>"


def escaped(text: str, but: Iterable[str] = ()) -> str:
    """Make what looks like a placeholder harmless: nobody shall get another person's address."""
    allowed = frozenset(but)

    def harmless(found: re.Match[str]) -> str:
        kind = found[1].upper()
        if token_of(found) in allowed:
            return token_of(found)
        return f"({kind}_{found[2]})" if kind in KINDS else found[0]

    return WRITTEN.sub(harmless, text)


class Placeholders:
    """The placeholders of one conversation; originals are known by a keyed digest only."""

    def __init__(self, known: Mapping[str, str], secret: bytes) -> None:
        self.known, self._secret = dict(known), secret

    def tokens(self) -> set[str]:
        """Return every placeholder that was given."""
        return set(self.known.values())

    def token(self, kind: Kind, original: str) -> str:
        """Return the placeholder of an original; a first name alone is the person named before."""
        plain = _plain(kind, original)
        whole = self._digest(kind, plain)
        if whole not in self.known:
            words = plain.split() if kind == "PERSON" else []
            part = self._digest("PART", plain)
            self.known[whole] = self.known.get(part) or self._next(kind)
            for word in words if len(words) > 1 else []:
                self.known.setdefault(self._digest("PART", word), self.known[whole])
        return self.known[whole]

    def _next(self, kind: Kind) -> str:
        return f"<{kind}_{1 + sum(one.startswith(f'<{kind}_') for one in self.tokens())}>"

    def _digest(self, kind: str, plain: str) -> str:
        data = f"{kind}:{plain}".encode()
        return hashlib.blake2b(data, key=self._secret[:64], digest_size=12).hexdigest()


def _plain(kind: Kind, original: str) -> str:
    """Bring an original into the form in which it is the same as another."""
    text = fold(original).text.casefold()
    return " ".join(text.split()) if kind in _BY_WORDS else _APART.sub("", text)
