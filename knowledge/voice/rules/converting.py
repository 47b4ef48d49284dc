"""Write a number, an amount or a mark in another way, where that is certain."""

import re
from collections.abc import Callable

_WORDS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
]  # fmt: skip
_TENS = {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50"}
_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "euro": "€", "pound": "£", "dollar": "$"}
_NAMES = {"€": "euros", "£": "pounds", "$": "dollars"}
_CODES = {"€": "EUR", "£": "GBP", "$": "USD"}
_PLAIN = {
    ("per cent", "%"): "%", ("per cent", "(space) %"): " %", ("per cent", "percent"): " percent",
    ("per cent", "per cent"): " per cent", ("apostrophes", "straight"): "'",
    ("apostrophes", "curly"): "’", ("dots", "..."): "...", ("dots", "…"): "…",
    ("dashes", "spaced short"): " – ", ("dashes", "long"): "—", ("dashes", "spaced long"): " — ",
    ("dashes", "hyphen"): " - ", ("and", "and"): "and", ("and", "&"): "&", ("and", "+"): "+",
    ("bullets", "-"): "-", ("bullets", "•"): "•", ("bullets", "*"): "*",
    ("space behind a sentence", "one"): " ", ("space behind a sentence", "two"): "  ",
    ("the last line", "full stop"): ".", ("the last line", "no full stop"): "",
    ("quotation marks", "straight"): '"',
}  # fmt: skip


def converted(of: str, style: str, was: str) -> str | None:
    """Return how something is written in a style; none where a person has to say."""
    if (of, style) in _PLAIN:
        return _PLAIN[of, style] if not (of == "quotation marks" and len(was) > 1) else None
    change = _CHANGES.get(of)
    return change(style, was) if change else None


def _number(style: str, was: str) -> str | None:
    if style == "digits":
        plain = was.lower()
        return str(_WORDS.index(plain)) if plain in _WORDS else _TENS.get(plain)
    return _WORDS[int(was)] if was.isdigit() and int(was) < len(_WORDS) else None


def _clock(style: str, was: str) -> str | None:
    match = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s?([ap])?", was, re.IGNORECASE)
    if match is None:
        return None
    hour, minute, half = int(match[1]), match[2] or "00", (match[3] or "").lower()
    if style == "24 hours":
        return f"{hour % 12 + (12 if half == 'p' else 0):02d}:{minute}"
    shown = f"{(hour - 1) % 12 + 1}" + ("" if minute == "00" else f":{minute}")
    return f"{shown} {'pm' if hour >= 12 else 'am'}"


def _date(style: str, was: str) -> str | None:
    match = re.search(r"\b([A-Z][a-z]+)\b", was)
    day = re.search(r"\d{1,2}", was)
    if match is None or day is None:
        return None
    if style in ("12 March", "March 12"):
        return style.replace("12", day[0]).replace("March", match[1])
    return None


def _money(style: str, was: str) -> str | None:
    amount = re.search(r"\d[\d.,]*\d|\d", was)
    if amount is None:
        return None
    named = re.sub(r"[\d.,\s]", "", was)
    sign = named if named in _NAMES else _SIGNS.get(named) or _SIGNS.get(named.lower().rstrip("s"))
    if sign is None:
        return None
    shape = style.replace("49", amount[0]).replace("€", sign)
    return shape.replace("EUR", _CODES[sign]).replace("euros", _NAMES[sign])


def _thousands(style: str, was: str) -> str | None:
    digits = re.sub(r"\D", "", was) + ("000" if was[-1:] in "kK" else "")
    if style == "1k":
        return f"{digits[:-3]}k" if digits.endswith("000") else None
    return f"{int(digits):,}".replace(",", style[1:-3])


def _range(style: str, was: str) -> str | None:
    first, last = re.findall(r"\d+", was)
    return style.replace("10", first).replace("20", last)


def _unit(style: str, was: str) -> str | None:
    match = re.match(r"(\d+) ?(\D+)", was)
    return f"{match[1]}{' ' if style == '5 GB' else ''}{match[2]}" if match else None


def _list(style: str, was: str) -> str | None:
    if style == "comma before and":
        return re.sub(r" (and|or) $", r", \1 ", was)
    return re.sub(r", (and|or) $", r" \1 ", was)


_CHANGES: dict[str, Callable[[str, str], str | None]] = {
    "numbers": _number,
    "clock": _clock,
    "dates": _date,
    "money": _money,
    "thousands": _thousands,
    "ranges": _range,
    "units": _unit,
    "lists of three": _list,
}
