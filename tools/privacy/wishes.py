"""What somebody wants done with their data, by the phrases people use. Unsure means: a person."""

import re
from typing import Literal

Wish = Literal["erase", "export", "other"]

_GONE = (
    r"(?:delete|deleting|erase|erasing|wipe|purge|remove|destroy|scrub|clear|forget"
    r"|get rid of|anonymi[sz]e)"
)
_IS_GONE = r"(?:deleted|erased|wiped|purged|removed|destroyed|gone|forgotten)"
_KEEP = r"(?:know|have|hold|keep|store|save|got|stored|saved|kept|collected|gathered|recorded)"
_DATA = r"(?:data|datas|info|infos|informations?|details|records|file)"
# All of it. Who wants one thing gone, such as a photo or a newsletter, is not offered everything.
_WHOLE = (
    rf"(?:(?:all |any |of )*my (?:own |personal |private |user |account |profile )*{_DATA}"
    rf"|(?:every|all|any|the)(?: the| your| of the)?(?: personal| private)? {_DATA}"
    r"(?: \S+){0,5} (?:about|on|of) (?:me|myself)"
    rf"|(?:everything|all|whatever|what|anything)(?: that)?(?: you| u| i| is| there| \S+['’]ve)+"
    rf"(?: have| did)? (?:{_KEEP}|told|gave|wrote)(?: you)?(?: (?:about|on|of) me)?"
    r"|everything(?: \S+){0,4} (?:about|on|of) me|(?:every|any|all) traces? of me)"
)
_SELF = r"(?:(?:all |of )*my (?:whole |entire |user )?(?:account|profile)|me|everything(?=[ .!]*$))"
_NARROWER = (
    r"(?! (?:picture|photo|image|name|page|history|link|settings?|again)\b)"
    r"(?! (?:from|in|on|of|for|off) (?:it\b|(?:the|your|this|that|these|last|our|a|an|my) "
    r"(?!(?:\S+ )?(?:systems?|files?|format|databases?|servers?|platform|company|side)\b)))"
)
_FILLING = (
    r"(?: (?:me|us|a|an|the|all|of|with|to|please|full|complete|copy|see|have|get|download))*"
)
ERASE = re.compile(
    rf"\b{_GONE} (?:please )?(?:{_WHOLE}|{_SELF})\b{_NARROWER}"
    rf"|\b(?:{_WHOLE}|{_SELF})(?: \S+){{0,3}} {_IS_GONE}\b{_NARROWER}"
    r"|\b(?:data |gdpr |my )?(?:deletion|erasure) request|\bgdpr (?:deletion|erasure)"
    r"|\bright to (?:be forgotten|erasure)|\bto be forgotten|\bart(?:icle|\.)? ?17\b"
)
EXPORT = re.compile(
    rf"\b(?:send|give|provide|export|show|want|need|get|see|request|have|download|like)"
    rf"{_FILLING} {_WHOLE}(?! (?:\w+ed|gone|out|off|private|safe|not|to)\b){_NARROWER}"
    rf"|\b(?:copy|copies|export|download|file|overview)(?: of| with)? {_WHOLE}\b"
    rf"|\b(?:what|which)(?: \S+){{0,5}} (?:do|have) you(?: \S+){{0,3}} (?:about|on) me\b"
    r"|\b(?:subject|data) access request|\bd?sar\b|\bright of access|\bart(?:icle|\.)? ?(?:15|20)\b"
    rf"|\bmy (?:personal )?{_DATA} in a \S+ format"
)
# Told of the past, denied, asked about, or another person's: nothing is offered then.
NOT_NOW = re.compile(
    r"(?:^|[.!?,;] )(?:why|when|have|has|did|was|were|will|after|if)\b|\bhas been\b|\basked\b"
    r"|\b(?:status|update) (?:of|on)\b|\bwhat happens\b"
    rf"|\b(?:not|never|don['’]?t)(?: want)?(?: you)?(?: to)?(?: \w+ing)? (?:{_GONE}|send|export)"
    r"|\b(?:his|her|their|son|daughter|father|mother|child)\b"
)
FETCHING = re.compile(r"\b(?:copy|export|download|tell me|show me)\b")
ERASING = re.compile(rf"\b{_GONE}\b")
HOW_TO = re.compile(
    r"\b(?:how|where) (?:do|can|could|would|should|to|must)\b(?: (?:i|we|one|you|people))?"
    rf"(?: \w+){{0,2}} (?:{_GONE}|close|export|download|get)\b(?: \w+){{0,3}}"
    rf" (?:accounts?|profiles?|{_DATA})\b"
)
# An address after a yes says who they are, not what they want; a name may be somebody else's.
SIGNED = re.compile(
    r"(?:\s*[,;:.!(\n-]\s*<[A-Za-z_]+_\d+>|\s+<(?!PERSON)[A-Za-z_]+_\d+>|[\s,;:(]+[^\s@]+@[^\s@]+)+"
    r"[\s.!)]*$"
)
CONSENT = re.compile(r"""
    please|pls|i|do|am|sure|confirm|agree|want|to|go|ahead|on|it|that|this|so|thanks|thank|you
    |of|course|absolutely|definitely|understand|everything|all|my|data
""", re.VERBOSE)  # fmt: skip
VERBS = {
    "erase": re.compile(r"delete|erase|wipe|remove"),
    "export": re.compile(r"send|give|me|a|the|copy|export"),
}


def wish(text: str) -> Wish:
    """Return which of the two is wanted; both, neither or only part of it is for a person."""
    plain = _plain(text)
    if NOT_NOW.search(plain) or how_to(plain):
        return "other"
    if ERASE.search(plain):
        return "other" if FETCHING.search(plain) else "erase"
    if EXPORT.search(plain):
        return "other" if ERASING.search(plain) else "export"
    return "other"


def how_to(text: str) -> bool:
    """Say whether they ask how to delete or fetch it themselves: the help centre may know."""
    return bool(HOW_TO.search(_plain(text)))


def confirms(text: str, what: str) -> bool:
    """Say whether this is YES and no more than consent to just that."""
    if len(text) > 300:
        return False
    plain = SIGNED.sub("", text)
    first, *rest = re.findall(r"[\w'’]+", plain.lower()) or [""]
    meant = all(CONSENT.fullmatch(word) or VERBS[what].fullmatch(word) for word in rest)
    return first == "yes" and "?" not in text and meant


def says_yes(text: str) -> bool:
    """Say whether a yes is in it, whatever else there is."""
    return bool(re.search(r"\byes\b", text[:2000].lower()))


def _plain(text: str) -> str:
    return " ".join(text[:2000].lower().split())
