"""What is written to a terminal beside results, and text from outside made safe for one."""

import sys
import unicodedata

CONTROL = ("Cc", "Cs", "Zl", "Zp")  # escapes, halves of characters, odd line ends
TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def progress(line: str) -> None:
    """Report long work, where it does not mix with results."""
    sys.stderr.write(f"quiethand: {line} ...\n")


def plain(text: str, lines: bool = False) -> str:
    """Return text without control characters; with lines, its line ends stay."""
    clean = "".join(" " if _controls(c) and not (lines and c in "\n\t") else c for c in text)
    return clean if lines else " ".join(clean.split())


def _controls(char: str) -> bool:
    return char in TURNING or unicodedata.category(char) in CONTROL
