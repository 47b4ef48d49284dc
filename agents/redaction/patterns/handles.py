"""Names that people have on platforms."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find

_AT = re.compile(r"(?<![\w@/.&=+-])@(?P<gap>\s?)(?P<name>[A-Za-z0-9_][\w.-]{1,49}+)(?!@)")
_NOBODY_WORDS = """
media import charset keyframes font-face supports layer here channel everyone all override
property param return returns dataclass staticmethod classmethod the a an my our your their his
her this that least home work school night noon midnight midday about around any some both every
lunch dinner breakfast once times am pm it me us you them which what where container page
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_REDDIT = re.compile(r"(?<![\w/])/?u/(?P<name>[A-Za-z0-9_-]{3,20}+)(?!/)")
_TAGGED = re.compile(r"(?<![\w/#])(?P<name>[A-Za-z][\w.]{1,31})#\d{4}(?!\w)")
_TICKETS_WORDS = """
ticket case order issue bug pr room invoice booking session request id no nr
"""
_TICKETS = frozenset(_TICKETS_WORDS.split())
_PROFILE = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:[\w-]{2,12}\.)?(?:linkedin\.com/(?:in|pub)/|t\.me/|telegram\.me/"
    r"|instagram\.com/|twitter\.com/|x\.com/|facebook\.com/|fb\.com/|fb\.me/|tiktok\.com/@"
    r"|github\.com/"
    r"|reddit\.com/u(?:ser)?/|youtube\.com/(?:@|c/|user/)|snapchat\.com/add/|threads\.net/@|wa\.me/"
    r"|bsky\.app/profile/|twitch\.tv/|paypal\.me/|medium\.com/@|calendly\.com/|cash\.app/"
    r"|xing\.com/profile/)"
    r"(?P<name>[\w.%-]{2,64}+)/?(?:\d{2}min)?(?:\?\S{0,120})?(?![\w/])",
    re.IGNORECASE,
)
_PAGES_WORDS = """
help about login signup settings share sharer intent hashtag explore reel watch groups pages
events search home privacy terms features pricing tos policies business developers company
"""
_PAGES = frozenset(_PAGES_WORDS.split())
_CALLED = re.compile(
    r"\b(?:(?:insta|instagram|ig|twitter|snap|snapchat|tiktok|telegram|discord|skype|facebook|fb"
    r"|linkedin"
    r"|twitch|reddit|youtube|xbox|psn|steam|mastodon|bluesky)(?: (?:handle|name|id|account"
    r"|username))?|username|user name|user_name|nickname"
    r"|handle|screen ?name|benutzername|pseudo|usuario)"
    r"(?P<link>[\"']?\s?(?:is|ist|est|es|[:=]|is:)\s{0,2})[\"'@]{0,2}"
    r"(?P<name>[A-Za-z0-9_][\w.-]{2,30}+)",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"\bmy (?:insta|instagram|ig|twitter|snap|snapchat|tiktok|telegram|discord|skype|twitch|reddit"
    r"|username|handle)(?: (?:handle|name|username))? is (?P<name>[a-z][\w.-]{2,29})(?=\s{0,2}"
    r"(?:[.,!\n]|$))",
    re.IGNORECASE,
)
_SITES = (
    r"(?:insta(?:gram)?|ig|twitter|snap(?:chat)?|tik ?tok|telegram|tg|discord|skype|facebook|fb"
    r"|twitch|reddit|psn|xbox|steam|mastodon|bluesky|wechat|signal|viber|threads|venmo|gamer ?tag)"
)
_MARKED = r"(?:live:)?(?=[\w.-]{0,30}(?:[\d_]|[a-z]\.[a-z]))[A-Za-z][\w.-]{3,30}+"
_ON_SITE = re.compile(
    rf"(?<![\w@./+-])(?P<name>{_MARKED}) (?:(?:on|auf|sur|en|bei|in) )?(?:my )?{_SITES}(?![\w./-])",
    re.IGNORECASE,
)
_AT_SITE = re.compile(
    rf"(?<![\w@./-])(?:{_SITES}(?: (?:id|name|handle|account|user(?:name)?))?|username|user id)"
    r"\s?(?:is|ist|heißt|c'est|est|es|name is|bin ich|je suis|soy|=>|[-:=])?\s?[\"'@]{0,2}"
    rf"(?P<name>{_MARKED})",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?<!\w)(?:user|login)(?:\s?[:=]\s?|\s(?=\S{3,31}[ ,/]{1,3}(?:pass|pw)))"
    rf"(?P<name>{_MARKED})(?![@\w])",
    re.IGNORECASE,
)
_CASH = re.compile(r"cash ?app\D{0,12}(?P<name>\$[A-Za-z]\w{2,20})", re.IGNORECASE)
_SOFTWARE = re.compile(
    r".*\.(?:com|net|org|io|de|fr|es|app|js|py|html?|exe|dmg|apk)|v\d.*|e\.g.*", re.I
)
_STATES_WORDS = """
broken down hacked locked blocked banned gone wrong public private linked connected missing
empty taken disabled suspended new old better dead slow full
"""
_STATES = frozenset(_STATES_WORDS.split())
_MARK = re.compile(r"[\d_]|\w\.\w")


def handles(text: str) -> Iterator[Find]:
    """Find @names, profiles, and names that people give as theirs on a platform."""
    if "@" in text:
        yield from _mentions(text)
    if "/" in text or "#" in text:
        yield from _profiles(text)
    yield from _stated(text)
    for found in _CALLED.finditer(text):
        name = found["name"].rstrip(".-")
        if _MARK.search(name) or (found["link"].strip()[-1:] in ":=" and len(name) > 3):
            start = found.start("name")
            yield Find(start, start + len(name), "HANDLE", 0.7)
    for found in _MINE.finditer(text):
        if found["name"].lower() not in _STATES:
            yield Find(*found.span("name"), "HANDLE", 0.7)


def _stated(text: str) -> Iterator[Find]:
    """Find a name that a digit or a dot marks, beside the platform where it is used."""
    for shape in (_ON_SITE, _AT_SITE, _LOGIN, _CASH):
        for found in shape.finditer(text):
            name = found["name"].rstrip(".-")
            if len(name) > 3 and not _SOFTWARE.fullmatch(name):
                start = found.start("name")
                yield Find(start, start + len(name), "HANDLE", 0.75)


def _mentions(text: str) -> Iterator[Find]:
    for found in _AT.finditer(text):
        name = found["name"].rstrip(".-")
        spoken = found["gap"] and (name[0].isdigit() or "\n" in found["gap"] or "." in name)
        if len(name) > 1 and name.lower() not in _NOBODY and not spoken:
            score = 0.6 if found["gap"] else 0.9
            yield Find(found.start(), found.start("name") + len(name), "HANDLE", score)


def _profiles(text: str) -> Iterator[Find]:
    for shape, score in ((_REDDIT, 0.9), (_PROFILE, 0.9), (_TAGGED, 0.7)):
        for found in shape.finditer(text):
            if found["name"].lower() not in _PAGES | _TICKETS:
                yield Find(*found.span(), "HANDLE", score)
