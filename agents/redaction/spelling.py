"""Addresses and numbers that are written so that no pattern would know them.

Each function names what to put in place of what, from left to right.
"""

import re
from collections.abc import Callable

Edit = tuple[int, int, str]

_ENCODED = re.compile(
    r"%(?:[2-7][0-9A-Fa-f]|[C-Fc-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){1,3})"
    r"|&(?:#64|#x40|commat|#46|#x2e|period|lowbar|#95|#43|nbsp);"
)
_NAMED = {"&#64;": "@", "&#x40;": "@", "&commat;": "@", "&#46;": ".", "&#43;": "+", "&nbsp;": " "}
_NAMED |= {"&#x2e;": ".", "&period;": ".", "&lowbar;": "_", "&#95;": "_"}

_WORD = r"[\w+-]{1,64}+"
_DOT = r"(?: ?[\[({]\s?(?:dot|punkt|point|punto|\.)\s?[\])}] ?| (?:dot|punkt|point|punto) |\.)"
_JOINT = (
    r"(?: ?[\[({](?:dot|punkt|point|punto|\.)[\])}] ?|\."
    r"| (?:dot|punkt|point|punto|underscore|unterstrich|tiret|guion bajo|dash|minus|plus) )"
)
_AT = r"(?: ?[\[({<]\s?(?:at|ä{1,3}t|@|arobase|arroba)\s?[\])}>] ?| (?:at|ä{1,3}t|arobase|arroba) )"
_HINT = re.compile(
    r"[ \[({](?:dot|punkt|point|punto|at|ät|@|\.|arobase|arroba)\s?[\])}]"
    r"| (?:dot|punkt|point|punto|arobase|arroba) | at (?:g|hot|e|pro|ya|out|i|aol|gm)",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"(?<![\w.@+-])({_WORD}(?:{_JOINT}{_WORD}){{0,5}})({_AT})({_WORD}(?:{_DOT}{_WORD}){{1,4}})"
    rf"(?!\w)",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"(?:g|hot|proton|e|fast|i)?mail\.com|(?:gmx|web)\.(?:de|net|at|ch)|(?:yahoo|outlook|icloud|aol"
    r"|hotmail|googlemail|live|proton)\.\w{2,4}",
    re.IGNORECASE,
)
_MARKS = {"underscore": "_", "unterstrich": "_", "guion bajo": "_", "plus": "+"}
_MARKS |= {"dash": "-", "minus": "-", "tiret": "-"}
_BRACKETS = re.compile(r"[\s\[\](){}<>]+")

_DIGITS = {
    "0": "zero oh nought null zéro cero",
    "1": "one eins un uno",
    "2": "two zwei zwo deux dos",
    "3": "three drei trois tres",
    "4": "four vier quatre cuatro",
    "5": "five fünf fuenf cinq cinco",
    "6": "six sechs seis",
    "7": "seven sieben sept siete",
    "8": "eight acht huit ocho",
    "9": "nine neun neuf nueve",
}
_VALUES = {word: digit for digit, words in _DIGITS.items() for word in words.split()}
_TIMES = {"double": 2, "doppel": 2, "doble": 2, "triple": 3, "treble": 3, "dreifach": 3}
_SPOKEN = rf"(?:(?:{'|'.join(_TIMES)})[ -]?)?(?:{'|'.join(_VALUES)}|\d)(?!\w)"
_RUN = re.compile(rf"(?<!\w){_SPOKEN}(?:[ ,.\-/]{{1,3}}+{_SPOKEN}){{3,40}}", re.IGNORECASE)
_SAID = re.compile(rf"({'|'.join(_TIMES)})|({'|'.join(_VALUES)})|\d", re.IGNORECASE)
_SPEAKS = re.compile(
    r"(?:four|f[iü]e?n?[vf]|six|se[cv]|seven|ei|nine|z[ewé]|neu|vie|deux|trois|cuat|cinc|qua"
    r"|siete)",
    re.IGNORECASE,
)
_FEWEST = 4  # spoken digits; "one two three" is counting

_MISREAD = re.compile(r"(?<![\w.])\+?[(]?[\dOoIlSB](?:[-.() /]{0,2}+[\dOoIlSB]){6,24}+(?![\w@])")
_SEEN_AS = str.maketrans("OoIlSB", "001158")
_LETTERS = re.compile(r"[OoIlSB]")
_GAPS = re.compile(r"[^\dOoIlSB]+")


def _encoded(text: str) -> list[Edit]:
    if "%" not in text and "&" not in text:
        return []
    return [(*found.span(), _decoded(found[0])) for found in _ENCODED.finditer(text)]


def _decoded(code: str) -> str:
    if code in _NAMED:
        return _NAMED[code]
    letters = bytes.fromhex(code.replace("%", "")).decode("utf-8", "replace")
    return letters if letters.isprintable() and "\ufffd" not in letters else code


def _addresses(text: str) -> list[Edit]:
    if not _HINT.search(text):
        return []
    found = ((match, _address(*match.groups())) for match in _SPELLED.finditer(text))
    return [(*match.span(), address) for match, address in found if address]


def _address(name: str, at: str, host: str) -> str:
    joined = re.sub(_JOINT, lambda joint: _mark(joint[0]), name, flags=re.IGNORECASE)
    domain = re.sub(_DOT, ".", host, flags=re.IGNORECASE)
    ends = domain.rpartition(".")[2]
    meant = at.strip()[0] in "[({<" or domain != host or _FREE.fullmatch(domain)
    return f"{joined}@{domain}" if meant and ends.isalpha() and 2 <= len(ends) <= 12 else ""


def _mark(joint: str) -> str:
    return _MARKS.get(_BRACKETS.sub(" ", joint).strip().lower(), ".")


def _spoken(text: str) -> list[Edit]:
    if not _SPEAKS.search(text):
        return []
    found = ((match, _said(match[0])) for match in _RUN.finditer(text))
    return [(*match.span(), digits) for match, digits in found if digits]


def _said(run: str) -> str:
    digits, times, words = "", 1, 0
    for said in _SAID.finditer(run):
        if said[1]:
            times = _TIMES[said[1].lower()]
            continue
        digits += _VALUES.get(said[0].lower(), said[0]) * times
        words, times = words + (said[2] is not None), 1
    return digits if words >= _FEWEST else ""


def _misread(text: str) -> list[Edit]:
    found = (match for match in _MISREAD.finditer(text) if _LETTERS.search(match[0]))
    return [(*match.span(), match[0].translate(_SEEN_AS)) for match in found if _number(match[0])]


def _number(run: str) -> bool:
    """Say whether a run with letters in it is a number that was misread."""
    chunks = _GAPS.sub(" ", run).split()
    digits = sum(character.isdigit() for character in run)
    whole = len(chunks) == 1 and not run[0].isdigit()
    mostly = 3 * digits >= 2 * sum(map(len, chunks))
    rest = chunks[1:] if run[0] == "+" else chunks
    return mostly and not whole and all(_LETTERS.sub("", chunk) for chunk in rest)


RESPELLINGS: tuple[Callable[[str], list[Edit]], ...] = (_encoded, _addresses, _spoken, _misread)
