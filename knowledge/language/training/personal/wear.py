"""What writers do to a text: case, typing errors, dropped marks, spaces, hashtags and emoji."""

import random
import re
from collections.abc import Sequence

from knowledge.language.training.personal.example import Piece

_EMOJI = (*"😀😂😭😍🙏🙄👍🔥😡🎉💔🤔😅✨👀💯🚚📦☕🥺", "❤️", "🇬🇧")
_WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")
_LOW = re.compile(r"\b[a-z]{4,}\b")
_MARK = re.compile(r"([.,!?;:()\"“”…]|(?<=\w)['’](?=s\b|ll\b|re\b|ve\b|m\b|d\b)|n['’]t\b)")


def swapped(pieces: Sequence[Piece], words: Sequence[str], chance: random.Random) -> list[Piece]:
    """Put random words in place of some plain ones, so that no frame gives a name away."""

    def other(match: re.Match[str]) -> str:
        word = chance.choice(words)
        return word.capitalize() if match[0][0].isupper() else word

    def swap(text: str) -> str:
        text = _WORD.sub(lambda m: other(m) if chance.random() < 0.12 else m[0], text)
        return _LOW.sub(lambda m: other(m) if chance.random() < 0.05 else m[0], text)

    return [piece if piece.label else Piece(swap(piece.text)) for piece in pieces]


def worn(pieces: Sequence[Piece], chance: random.Random) -> list[Piece]:
    """Return the pieces as a hurried writer or a data set of tweets would have them."""
    kept = list(pieces)
    if chance.random() < 0.12:
        kept = [Piece(_mistyped(p.text, chance, 0.03), p.label) for p in kept]
    if chance.random() < 0.15:
        kept = [p if p.label or p.text.strip() == "," else _unmarked(p) for p in kept]
    if chance.random() < 0.15:
        kept = _decorated(kept, chance)
    kept = _cased(kept, chance.random())
    if chance.random() < 0.2:
        kept = [Piece(_tokenised(p.text), p.label) for p in kept]
    if chance.random() < 0.1:
        kept = [
            Piece(p.text.replace("\n", chance.choice((" ", "\n\n", "\r\n"))), p.label) for p in kept
        ]
    return kept


def _unmarked(piece: Piece) -> Piece:
    return Piece(re.sub(r"[.,!?'’]", "", piece.text))


def _cased(pieces: list[Piece], draw: float) -> list[Piece]:
    if draw < 0.2:
        return [Piece(p.text.lower(), p.label) for p in pieces]
    if draw < 0.24:
        return [Piece(p.text.upper(), p.label) for p in pieces]
    if draw < 0.27:
        return [p if p.label else Piece(p.text.lower()) for p in pieces]
    if draw < 0.29:
        return [p if p.label else Piece(_title(p.text)) for p in pieces]
    return pieces


def _title(text: str) -> str:
    return re.sub(r"\b[a-z](?=[a-z])", lambda m: m[0].upper(), text)


def _mistyped(text: str, chance: random.Random, share: float) -> str:
    def slip(match: re.Match[str]) -> str:
        if chance.random() >= share:
            return match[0]
        return chance.choice((match[0][::-1], match[0][0], match[0] + match[0][-1]))

    return re.sub(r"(?<=\w)[a-z]{2}", slip, text)


def _tokenised(text: str) -> str:
    spaced = _MARK.sub(r" \1 ", text)
    spaced = re.sub(r"(['’]) (?=s\b|ll\b|re\b|ve\b|m\b|d\b)", r"\1", spaced)
    return re.sub(r" {2,}", " ", re.sub(r"([@#])(?=\w)", r"\1 ", spaced))


def _decorated(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    marks = " ".join(chance.choices(_EMOJI, k=chance.randint(1, 3)))
    return [Piece(f"{marks} "), *pieces] if chance.random() < 0.2 else [*pieces, Piece(f" {marks}")]
