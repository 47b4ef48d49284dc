"""What a request is about, and whom the text shall speak to."""

import re

_NETWORK = (
    r"(?:linked ?in|threads|x|twitter|instagram|insta|ig|facebook|fb|tik ?tok|you ?tube|yt"
    r"|blue ?sky"
    r"|mastodon|social(?: media)?|(?:every|all|each) (?:social )?(?:networks?|channels?))\b"
)
_TIME = (
    r"(?:next (?:week|month)|this (?:week|month)|tomorrow|today|mondays?|tuesdays?|wednesdays?"
    r"|thursdays?|fridays?|saturdays?|sundays?|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|the (?:first|next) (?:\w+ )?weeks?|\d+ weeks?"
    r"|(?:one|two|three|four|five|six) weeks?|a (?:week|month)|\d{4}-\d\d-\d\d)\b"
)
_PEOPLE = (
    r"organi[sz]ers?|attendees?|speakers?|sponsors?|exhibitors?|customers?|clients?|users?|teams?"
    r"|marketers?|managers?|developers?|admins?|administrators?|students?|teachers?|universities"
    r"|schools|charities|nonprofits?|associations|agencies|companies|businesses|beginners|people"
    r"|everybody|everyone|audiences?|members|partners|professionals|planners|hosts|founders"
    r"|buyers|leaders|owners|volunteers|communities|guests|visitors|followers|moderators"
)
_END = (
    rf"(?=\s+(?:for|on|to|in) {_NETWORK}|\s+(?:for|on|in|by|starting|from) {_TIME}|\s+{_TIME}"
    rf"|\s+(?:for|to|aimed at|targeting) (?:the |our |all |new "
    rf"|busy )?(?:[\w'-]+ ){{0,3}}?(?:{_PEOPLE})\b"
    r"|\s+in (?:german|french|spanish|english|italian|portuguese|dutch)\b|\s+to (?:get|drive|win"
    r"|raise)\b"
    r"|\s+(?:with|without|under|below|using|asking|including|starting) "
    r"|\s*[;.!?](?:\s|$)|\s+-+\s"
    rf"|,\s*(?:and |for |on )?{_NETWORK}"
    r"|,\s*(?:and )?(?:one|two|three|four|all|each|with|without|in|for|under|no|max|at most"
    r"|short|casual"
    r"|funny|friendly|formal|warm|cheerful|playful|serious|make|please|ask|call|cta|tone|audience"
    r"|goal|starting|\d|a/b|theme|it\b|that\b|not\b)|$)"
)
_ABOUT = re.compile(
    rf"\b(?:about|announcing|introducing|regarding|around|covering|concerning|themed?:?|topics?:?|focus(?:sing|ing"
    rf"|ed)? on)\s+(.+?){_END}",
    re.I,
)
_ON = re.compile(rf"\bon (?!{_NETWORK}|{_TIME})(.+?){_END}", re.I)
_FOR = re.compile(rf"\bfor (?!{_NETWORK}|{_TIME}|the designer|a reel|me\b|us\b)(.+?){_END}", re.I)
_QUOTED = re.compile(r"[\"“«](.{3,120}?)[\"”»]")
_CLAUSE = re.compile(r"[,:]\s*((?:how|why|what|when)\b[^,;.]{4,80}|[^,;.]{4,200})\s*[.!]*$", re.I)
_AUDIENCE = re.compile(
    rf"\b(?:for|aimed at|targeting|audience:?(?: is)?|speaking to)\s+((?:(?!for\b|about\b"
    rf"|on\b)[\w'&-]+\s+){{0,4}}?"
    rf"(?:{_PEOPLE})(?: and (?:[\w-]+ )?(?:{_PEOPLE}))?)\b",
    re.I,
)
_EMPTY = re.compile(
    r"^(?:the|our|a|an|my|some|new|content|social|media|posts?|ideas?|it|this|that|them|these|week"
    r"|month|me|us|please|pls|plz|something|anything|stuff|things?|launch visual|next)*$",
    re.I,
)
_LEAD = re.compile(r"^(?:the|our|a|an|my|your|some)\s+", re.I)
_SPACE = re.compile(r"\s+")


def subject(text: str) -> str:
    """Return what it is about, or nothing where that is not said."""
    plain = _SPACE.sub(" ", text)
    spoken = _without_act(plain)
    for pattern in (_ABOUT, _QUOTED, _ON, _FOR, _CLAUSE):
        for found in pattern.finditer(spoken):
            topic = _LEAD.sub("", found[1].strip(" ,.:;\"“”'"))
            if topic and not _nothing(topic) and not _people(topic):
                return topic
    return ""


def audience(text: str) -> str:
    """Return whom it speaks to, or nothing where that is not said."""
    found = _AUDIENCE.search(_SPACE.sub(" ", text))
    return _LEAD.sub("", found[1].strip()) if found else ""


def _without_act(text: str) -> str:
    return re.sub(r"\b(?:call[- ]to[- ]action|cta)\b.*$", "", text, flags=re.I)


def _nothing(topic: str) -> bool:
    return bool(_EMPTY.match(re.sub(r"[^\w]+", "", _SPACE.sub("", topic)))) or bool(
        re.fullmatch(
            rf"(?:{_TIME}|{_NETWORK}|\d+ ?(?:chars?|characters|words|parts|shots)?)", topic, re.I
        )
    )


def _people(topic: str) -> bool:
    return bool(re.fullmatch(rf"(?:[\w'-]+ ){{0,2}}(?:{_PEOPLE})", topic, re.I))
