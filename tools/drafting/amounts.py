"""Read the numbers, shares and prices of a folded text, in digits or in words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

_DIGITS = re.compile(
    r"(?<![a-z\d])(?:\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)"
)
_SCALES = {
    "k": 1e3, "tsd": 1e3, "thousand": 1e3, "tausend": 1e3, "mille": 1e3, "mil": 1e3, "m": 1e6,
    "mio": 1e6, "mn": 1e6, "million": 1e6, "millions": 1e6, "millionen": 1e6, "millon": 1e6,
    "millones": 1e6, "bn": 1e9, "mrd": 1e9, "billion": 1e9, "billions": 1e9, "milliarde": 1e9,
    "milliarden": 1e9, "milliard": 1e9, "milliards": 1e9, "dozen": 12, "dutzend": 12,
    "douzaine": 12, "docena": 12, "hundred": 100, "hundert": 100,
}  # fmt: skip
_UNITS = {
    "%": "%", "percent": "%", "prozent": "%", "pourcent": "%", "€": "eur", "eur": "eur",
    "euro": "eur", "euros": "eur", "$": "usd", "usd": "usd", "dollar": "usd", "dollars": "usd",
    "dolares": "usd", "bucks": "usd", "£": "gbp", "gbp": "gbp", "pound": "gbp", "pounds": "gbp",
    "quid": "gbp", "pfund": "gbp", "livres": "gbp", "libras": "gbp", "chf": "chf", "franken": "chf",
    "francs": "chf", "x": "x", "times": "x", "mal": "x", "fach": "x", "fois": "x", "veces": "x",
    "fold": "x",
}  # fmt: skip
_SIGN = re.compile(r"([€$£]|\b(?:eur|usd|gbp|chf))\s*$")
_AFTER = re.compile(r"\s*-?(%|[a-z€$£]+)")
_PER_CENT = re.compile(r"\s*(?:per cent|pour cent|por ciento)\b")
_ONE = frozenset(("one", "ein", "eine", "einen", "einem", "einer", "un", "une", "uno", "una"))
_AND = frozenset(("and", "und", "et", "y"))
_NUMBERS = {
    "en": "zero:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11"
    " twelve:12 thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19"
    " twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 hundred:100"
    " thousand:1000 million:1000000 billion:1000000000 dozen:12 twice:2 thrice:3 half:0.5",
    "de": "null:0 ein:1 eins:1 eine:1 zwei:2 zwo:2 drei:3 vier:4 funf:5 fuenf:5 sechs:6 sieben:7"
    " acht:8 neun:9 zehn:10 elf:11 zwolf:12 zwoelf:12 sech:6 sieb:7 zwanzig:20 dreissig:30"
    " vierzig:40 funfzig:50 fuenfzig:50 sechzig:60 siebzig:70 achtzig:80 neunzig:90 hundert:100"
    " tausend:1000 million:1000000 millionen:1000000 milliarde:1000000000 dutzend:12 halb:0.5"
    " halbe:0.5 halben:0.5 zweimal:2 dreimal:3 halfte:0.5",
    "fr": "zero:0 un:1 une:1 deux:2 trois:3 quatre:4 cinq:5 six:6 sept:7 huit:8 neuf:9 dix:10"
    " onze:11 douze:12 treize:13 quatorze:14 quinze:15 seize:16 vingt:20 trente:30 quarante:40"
    " cinquante:50 soixante:60 quatrevingt:80 quatrevingts:80 cent:100 cents:100 mille:1000"
    " million:1000000 millions:1000000 milliard:1000000000 douzaine:12 demi:0.5 moitie:0.5",
    "es": "cero:0 uno:1 una:1 un:1 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9"
    " diez:10 once:11 doce:12 trece:13 catorce:14 quince:15 dieci:10 veinti:20 veinte:20"
    " treinta:30 cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 noventa:90 cien:100"
    " ciento:100 cientos:100 cientas:100 quinientos:500 mil:1000 millon:1000000 millones:1000000"
    " docena:12 medio:0.5 mitad:0.5",
}
_WORD = re.compile(r"[a-z]+")
_BETWEEN = re.compile(r"[ -](?:(?:and|und|et|y)[ -])?")


@dataclass(frozen=True)
class Amount:
    """A number, its unit where it has one, and where it stands."""

    value: float
    unit: str
    start: int
    end: int


def amounts(folded: str, languages: Iterable[str] = ("en",)) -> list[Amount]:
    """Return the numbers of a folded text, those in words in these languages."""
    return list(_amounts(folded, frozenset(languages)))


@lru_cache(maxsize=4096)
def _amounts(folded: str, languages: frozenset[str]) -> tuple[Amount, ...]:
    digits = [(one.start(), one.end(), _value(one[0])) for one in _DIGITS.finditer(folded)]
    found: list[Amount] = []
    taken = -1
    for start, end, value in sorted([*digits, *_spelled(folded, languages)]):
        if start >= taken:
            found.append(_amount(folded, start, end, value))
            taken = found[-1].end
    return tuple(found)


def _value(digits: str) -> float:
    whole = re.sub(r"(?<=\d)[ .,'](?=\d{3}(?!\d))", "", digits)
    return float(whole.replace(",", ".").replace("'", "").replace(" ", ""))


def _amount(folded: str, start: int, end: int, value: float) -> Amount:
    """Take in what stands around a number: thousands, per cent, a currency."""
    unit = _SIGN.search(folded[:start])
    scale = _AFTER.match(folded, end)
    if scale and scale[1] in _SCALES:
        value, end = value * _SCALES[scale[1]], scale.end()
    if cent := _PER_CENT.match(folded, end):
        return Amount(value, "%", start, cent.end())
    after = _AFTER.match(folded, end)
    if after and after[1] in _UNITS:
        return Amount(value, _UNITS[after[1]], start, after.end())
    return Amount(value, _UNITS[unit[1]] if unit else "", start, end)


def _spelled(folded: str, languages: frozenset[str]) -> Iterator[tuple[int, int, float]]:
    """Return the numbers in words; "one" alone is an article in most languages."""
    known = _known(languages)
    run: list[tuple[int, int, list[float]]] = []
    for word in _WORD.finditer(folded):
        if run and word[0] in _AND:
            continue
        parts = _parts(word[0], known)
        if run and not (parts and _BETWEEN.fullmatch(folded, run[-1][1], word.start())):
            yield from _read(run, folded)
            run = []
        if parts:
            run.append((word.start(), word.end(), parts))
    yield from _read(run, folded)


def _read(run: list[tuple[int, int, list[float]]], folded: str) -> Iterator[tuple[int, int, float]]:
    if not run:
        return
    start, end = run[0][0], run[-1][1]
    if len(run) == 1 and folded[start:end] in _ONE:
        after = _AFTER.match(folded, end)
        if not after or after[1] not in _UNITS or after[1] in ("x", "times", "mal", "fois"):
            return
    yield start, end, _sum(part for _, _, parts in run for part in parts)


def _sum(parts: Iterable[float]) -> float:
    """Put the parts of a number together: 2, 100, 50, 1000 is 250 000."""
    total = now = 0.0
    for part in parts:
        if part >= 1000:
            total, now = total + max(now, 1) * part, 0
        elif part in (12, 100):
            now = max(now, 1) * part
        else:
            now += part
    return total + now


@cache
def _known(languages: frozenset[str]) -> dict[str, float]:
    pairs = (pair.split(":") for one in languages for pair in _NUMBERS.get(one, "").split())
    return {word: float(value) for word, value in pairs}


def _parts(word: str, known: dict[str, float]) -> list[float]:
    """Return the values a word is made of: "zweihundert" is 2 and 100; nothing if no number."""
    if word in known:
        return [known[word]]
    for cut in range(len(word) - 1, 1, -1):
        if word[:cut] in known:
            rest = word[cut:].removeprefix("und") or "-"
            if behind := _parts(rest, known):
                return [known[word[:cut]], *behind]
    return []
