"""Keys, tokens, passwords, and texts that were encoded so that nobody reads them."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator

from agents.redaction.kinds import Find

_ISSUED = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:sk|pk|rk|whsec|pat|key|tok)[-_](?:live|test|proj|ant|or|svcacct)?[-_]?"
    r"[A-Za-z0-9_-]{16,400}+|gh[pousr]_[A-Za-z0-9]{20,255}+|github_pat_[A-Za-z0-9_]{20,255}+"
    r"|glpat-[\w-]{16,64}+|xox[abeoprs]-[\w-]{10,255}+|xapp-[\w-]{10,255}+"
    r"|(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,20}+"
    r"|AIza[\w-]{30,45}+|ya29\.[\w.-]{20,400}+|SG\.[\w-]{16,64}+\.[\w-]{16,64}+"
    r"|hf_[A-Za-z0-9]{20,64}+"
    r"|npm_[A-Za-z0-9]{30,64}+|pypi-[\w-]{30,400}+|shp(?:at|ca|pa|ss)_[A-Za-z0-9]{20,64}+"
    r"|dop_v1_[a-f0-9]{30,80}+|EAA[A-Za-z0-9]{40,400}+|\d{8,10}:AA[\w-]{30,40}+)"
)
_WEB_TOKEN = re.compile(r"(?<![\w-])eyJ[\w-]{8,2000}+(?:\.[\w-]{2,2000}+){1,2}")
_BEARER = re.compile(r"\b(?:bearer|basic|token)\s+(?=\S{0,60}?\d)([\w.~+/-]{16,2000}+={0,2})", re.I)
_BLOCK_STARTS = re.compile(
    r"-----BEGIN [A-Z ]{0,40}(?:PRIVATE KEY|CERTIFICATE|MESSAGE)[A-Z ]{0,20}-----"
)
_BLOCK_ENDS = re.compile(r"-----END [A-Z ]{3,60}-----")
_CALLED = re.compile(
    r"\b(?:password|passwd|passphrase|passcode|pwd|pw|kennwort|passwort|mot de passe|mdp"
    r"|contraseña|clave"
    r"|(?:api|access|secret|private|client|auth|license|licence|stream|recovery|seed)[ _-]?"
    r"(?:key|token|secret|phrase|code)|client_secret|secret|token|cvv2?|cvc|"
    r"(?:verification|security|confirmation|login|one[- ]time|sms|2fa|otp|access)[ -]?(?:code"
    r"|pin)|otp|pin"
    r"|session[ _-]?id)\b(?P<link>[\"']?\s{0,2}(?:[:=]|(?:\bis\b|\bwas\b|\bist\b|\best\b|\bes\b"
    r"|\blautet\b)"
    r":?)\s{0,3}|\s{1,2}(?=\d{3,8}(?!\w)))[\"'`]?(?P<value>[^\s\"'`<>,;]{3,200}+)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*[.!?)…:]*")
_PHRASE = re.compile(r"[a-z]{2,20}(?: [a-z]{2,20}){2,11}+(?=[ .]{0,3}(?:\n|$))")
_IN_SENTENCES = re.compile(
    r"\b(?:a|an|and|are|at|be|been|but|by|can|cannot|did|do|does|for|from|get|had|has|have|how|i|in"
    r"|is|it|link|log|login|me|my|need|new|no|not|of|on|or|please|reset|see|still|that|the|this|to"
    r"|was|we|what|when|why|will|with|work|working|works|wrong|you|your)\b"
)
_UNIT_AFTER = re.compile(
    r"\s*(?:\d\s*)?(?:characters?|digits?|letters?|symbols?|zeichen|days?|hours?|minutes?|times?)"
)
_TANGLE = re.compile(r"(?<![\w/+.-])(?=[A-Za-z_-]{0,40}\d)[A-Za-z0-9_-]{24,400}+(?![\w/])")
_ENCODED = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{12,4096}+={0,2}(?![A-Za-z0-9+/_-])")
_SUM = re.compile(r"(?:[0-9a-f]{7,40}|[0-9a-f]{64}|[0-9a-f]{128})", re.IGNORECASE)
_SUM_BEFORE = re.compile(
    r"\b(?:commit|sha(?:-?\d{1,3})?|hash|checksum|digest|revision|md5)[\s:=]{1,3}$", re.IGNORECASE
)
_SPOKEN = re.compile(r"[^\W_]{2,}[ ,.]+[^\W_]{2,}|[^\s@]@[^\s@]")


def secrets(text: str) -> Iterator[Find]:
    """Find keys, tokens, passwords and encoded personal texts."""
    for shape in (_ISSUED, _WEB_TOKEN):
        for found in shape.finditer(text):
            yield Find(*found.span(), "SECRET", 0.95)
    for found in _BEARER.finditer(text):
        yield Find(*found.span(1), "SECRET", 0.9)
    yield from _blocks(text)
    yield from _called(text)
    yield from _tangles(text)


def _blocks(text: str) -> Iterator[Find]:
    """A key that was pasted without its end is still a key: take the rest of the message."""
    done = 0
    while starts := _BLOCK_STARTS.search(text, done):
        ends = _BLOCK_ENDS.search(text, starts.end())
        done = ends.end() if ends else len(text)
        yield Find(starts.start(), done, "SECRET", 1.0)


def _called(text: str) -> Iterator[Find]:
    for found in _CALLED.finditer(text):
        value = found["value"].rstrip(".,!?):]}")
        assigned = ":" in found["link"] or "=" in found["link"]
        start = found.start("value")
        end = start + len(value)
        whole = _phrase_end(text, start, end) if assigned else end
        if whole > end or (_chosen(value, assigned) and not _UNIT_AFTER.match(text, end)):
            yield Find(start, whole, "SECRET", 0.8)


def _phrase_end(text: str, start: int, end: int) -> int:
    """Return where a password ends that is a line of small words: "correct horse battery"."""
    phrase = _PHRASE.match(text, start)
    if not phrase or _IN_SENTENCES.search(phrase[0]):
        return end
    return phrase.end()


def _chosen(value: str, assigned: bool) -> bool:
    """Say whether somebody chose this as a password, and did not write a sentence about one."""
    if len(value) < 3:
        return False
    if not _PLAIN.fullmatch(value):
        return any(map(str.isalnum, value)) and (len(value) > 3 or value.isdigit())
    inner = not value[1:].islower() and not value.isupper()
    return inner or (assigned and len(value) > 5 and value.islower() and "'" not in value)


def _tangles(text: str) -> Iterator[Find]:
    for found in _TANGLE.finditer(text):
        before = text[max(0, found.start() - 16) : found.start()]
        summed = _SUM.fullmatch(found[0]) and _SUM_BEFORE.search(before)
        if _random(found[0]) and not summed:
            yield Find(*found.span(), "SECRET", 0.6)
    for found in _ENCODED.finditer(text):
        if hides_text(found[0]):
            yield Find(*found.span(), "SECRET", 0.9)


def _random(token: str) -> bool:
    """Say whether letters and digits take turns as nobody would write them."""
    plain = token.replace("-", "").replace("_", "")
    digits = sum(map(str.isdigit, plain))
    turns = len(re.findall(r"\d[A-Za-z]|[A-Za-z]\d", plain))
    return len(plain) >= 22 and 3 <= digits < len(plain) and turns >= 4


def hides_text(token: str) -> bool:
    """Say whether a token is base64 for words or an e-mail address."""
    plain = token.rstrip("=").translate(str.maketrans("-_", "+/"))
    if len(plain) % 4 == 1:
        return False
    try:
        decoded = b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode()
    except (Error, UnicodeDecodeError):
        return False
    return decoded.replace("\n", " ").isprintable() and bool(_SPOKEN.search(decoded))
