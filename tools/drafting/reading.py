"""Read a brief from a colleague's words: plain patterns, and what is missing is said."""

import re
from datetime import date

from knowledge.brands.content import Content
from tools.drafting.brief import MOST, Brief, Kind, Pattern, known
from tools.drafting.dating import begins, weeks
from tools.drafting.networks import NETWORKS as KNOWN
from tools.drafting.stated import stated, unstated
from tools.drafting.subject import audience, subject

NETWORKS = {
    "linkedin": r"linked ?in",
    "threads": r"(?:for|on|to) threads|threads (?:post|caption|draft)s?",
    "x": r"x\b(?= ?(?:posts?|threads?|drafts?|and|,|$))|(?:for|on|to) x\b|twitter|tweets?",
    "instagram": r"instagram|insta|ig|reels?|carousel",
    "facebook": r"facebook|fb",
    "tiktok": r"tik ?tok",
    "youtube": r"you ?tube|yt",
    "bluesky": r"blue ?sky|bsky",
    "mastodon": r"mastodon|toots?",
}
VIDEO = "tiktok"  # for a storyboard, where no network is named
EVERY = re.compile(
    r"\b(?:every|all(?: the| our)?|each) (?:social )?(?:networks?|channels?)\b", re.I
)
KINDS: tuple[tuple[Kind, str], ...] = (
    ("rewrite", r"^\W*(?:please )?(?:make (?:it|this|that|them)|shorten|rewrite|translate"
    r"|rephrase)\b"),
    ("reply", r"\b(?:repl(?:y|ies)|answer|respond|response)\b[^:]*\b(?:comment|review|compliment"
    r"|dm)"
     r"|\bcomment under\b|\bsomeone (?:asks|wrote|says) in the comments\b"),
    ("calendar", r"\bcalendar\b|\b(?:posting|content|editorial) (?:plan|schedule)\b"
    r"|\bplan\b[^.]*\bposts\b"),
    ("campaign", r"\bcampaign\b"),
    ("storyboard", r"\bstory ?board|\b(?:video|reel|tiktok|shooting) scripts?\b|\bscript for\b"),
    ("image_brief", r"\bimage briefs?\b|\bvisual (?:idea|brief)s?\b|\bbrief for (?:the|our"
    r"|a) designer\b"
     r"|\bdescribe a picture\b|\balt texts?\b"),
    ("headlines", r"\b(?:head ?lines?|titles?|hooks)\b(?! hook)"),
)  # fmt: skip
PATTERNS: tuple[tuple[Pattern, str], ...] = (
    ("question", r"\bquestions?\b(?: hooks?)?|\bhook with a question\b"),
    ("list", r"\b(?:bullet(?:ed|s)?|bullet points?|listicle|checklist post|as a list|with a list"
    r"|list posts?)\b"),
    ("how_to", r"\bhow[- ]?to\b|\bstep[- ]by[- ]step\b|\btutorial\b|\bwith (?:the )?steps\b"),
    ("number", r"\bwith (?:a |one )?(?:number|statistic|figure|stat)s?\b|\b(?:number"
    r"|stat) (?:hook|post)s?\b"),
    ("before_after", r"\bbefore(?: and |[/-]| )after\b"),
    ("limits", r"\bmyths?\b|\blimits?\b|\bwhat (?:it|they) (?:cannot|can't|does not|do not) do\b"),
)  # fmt: skip
COUNTS = {
    name: place
    for place, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3, "dozen": 12}
NUMBER = re.compile(
    rf"\b(\d{{1,9}}|{'|'.join(COUNTS)})\b(?: of)?(?: [^\W\d_][\w-]*){{0,3}}?"
    r" (?:social )?(?:posts?|drafts?|tweets?|captions?|ideas?|toots?|descriptions?|headlines?"
    r"|titles?"
    r"|hooks?|shots?|scenes?|posts)\b",
    re.I,
)
PLURAL = re.compile(
    r"\b(?:posts|drafts|tweets|captions|ideas|toots|headlines|titles|hooks)\b", re.I
)
ALL = re.compile(r"\b(?:all|each|every one) (?:of them )?(?:with|as|using|have|has)\b", re.I)
VARIANTS = re.compile(
    r"\b(\w+) (?:variants?|variations?|versions?|alternatives?)\b|\ba ?/ ?b\b", re.I
)
LONGEST = re.compile(
    r"\b(?:under|below|at most|max(?:imum)?(?: of)?|up to|no more than|within) (\d{2,5}) (?:char"
    r"|sign|letter)",
    re.I,
)
SECONDS = re.compile(r"\b(\d{1,3})[ -]?(?:s\b|secs?\b|seconds?\b)", re.I)
PER_WEEK = re.compile(r"\b(\w+) (?:posts? )?(?:a|per|each|every) week\b", re.I)
TONES = ("casual", "friendly", "formal", "funny", "cheerful", "professional", "warm", "playful",
         "serious", "short", "kind", "dry", "bold", "calm", "upbeat", "humorous", "witty",
         "relaxed")  # fmt: skip
TONE = re.compile(rf"\b({'|'.join(TONES)})\b(?=[^.]*)", re.I)
ACT = re.compile(
    r"\bcall[- ]to[- ]action\W+(?:to |is |of )?[\"“']?([^\"”'.;\n]{3,120})"
    r"|\bcta\W+[\"“']?([^\"”'.;\n]{3,120})|\bask (?:them|readers|people) to ([^.;,\n]{3,120})",
    re.I,
)
GOAL = re.compile(
    r"\b(?:to (?:get|drive|win|raise|build|increase|boost)"
    r"|goal\W+(?:is )?) ?(?:more )?([^.;,\n]{3,40})",
    re.I,
)
LANGUAGES = {
    "de": r"german|deutsch", "fr": r"french|français", "es": r"spanish|español", "en": r"english",
    "it": r"italian", "pt": r"portuguese", "nl": r"dutch",
}  # fmt: skip
COMMENT = re.compile(r"[\"“”«](.{3,600}?)[\"”“»](?=\W|$)|:\s*'?(.{3,600})$", re.S)


def brief(text: str, content: Content, today: date) -> Brief:
    """Return the brief; what was left out is assumed from the brand, and listed."""
    said = " ".join(text.split())
    kind: Kind = next((k for k, pattern in KINDS if re.search(pattern, said, re.I)), "post")
    comment = _comment(text) if kind == "reply" else ""
    asked = said.replace(comment, "") if comment else said
    networks = _networks(asked)
    found = Brief(
        kind=kind,
        topic=comment or subject(unstated(said)),
        audience=audience(said),
        goal=_first(GOAL, said),
        networks=networks or content.networks[:1] or ["linkedin"],
        number=1 if kind == "storyboard" else min(_number(asked) or 1, MOST),
        patterns=_patterns(asked),
        tone=_first(TONE, asked).lower(),
        call_to_action=_first(ACT, said),
        language=next((c for c, p in LANGUAGES.items() if re.search(rf"\b(?:in|auf"
        rf"|en) (?:{p})\b", asked, re.I)), ""),
        variants=min(_counted(VARIANTS, asked, default=2), 4),
        longest=int(_first(LONGEST, asked) or 0),
        hashtags=not re.search(r"\b(?:no|without) (?:any )?hash ?tags?\b", asked, re.I),
        thread=bool(re.search(r"\bthread\b|\d parts\b", asked, re.I)),
        comment=comment,
        starts=begins(asked, today),
        weeks=weeks(asked),
        per_week=_counted(PER_WEEK, asked, default=0, least=0),
        shots=_number(asked) if re.search(r"\b(?:shots|scenes)\b", asked, re.I) else 0,
        seconds=int(_first(SECONDS, asked) or 0),
        stated=stated(asked, planned=kind in ("calendar", "campaign")),
    )  # fmt: skip
    return _assumed(found, asked, content, named=bool(networks))


def _assumed(found: Brief, said: str, content: Content, *, named: bool) -> Brief:
    """Fill in what was not said, and say so."""
    changes: dict[str, list[str] | str | int] = {}
    notes: list[str] = []
    if not named and found.kind not in ("headlines",):
        found.networks = [VIDEO] if found.kind == "storyboard" else found.networks
        notes.append(f"network {', '.join(KNOWN[one].name for one in found.networks)}")
    if not found.audience and content.audience and found.kind != "reply":
        changes["audience"] = content.audience
        notes.append(f"audience {content.audience}")
    if found.kind == "calendar" and not found.topic and content.topics:
        changes |= {"topic": content.topics[0], "topics": content.topics}
        notes.append(f"topics {', '.join(content.topics)}")
    if found.kind == "post" and not _number(said) and PLURAL.search(said):
        changes["number"] = 3
        notes.append("number 3")
    return found.model_copy(update={**changes, "assumed": notes})


def _networks(said: str) -> list[str]:
    """Return the networks in the order they are named."""
    if EVERY.search(said):
        return [name for name in NETWORKS if known(name)]
    places = {
        name: found.start()
        for name, pattern in NETWORKS.items()
        if (found := re.search(rf"\b(?:{pattern})(?!\w)", said, re.I)) and known(name)
    }
    return sorted(places, key=lambda name: places[name])


def _patterns(said: str) -> list[Pattern]:
    """Return the patterns that are wished; "all with a list" wishes it for every draft."""
    places = {
        name: found.start()
        for name, pattern in PATTERNS
        if (found := re.search(pattern, said, re.I))
    }
    wished = sorted(places, key=lambda name: places[name])
    return wished * MOST if len(wished) == 1 and ALL.search(said) else wished


def _number(said: str) -> int:
    found = NUMBER.search(VARIANTS.sub(" ", said))
    return _count(found[1]) if found else 0


def _count(word: str) -> int:
    return COUNTS.get(word.lower(), 0) or (int(word) if word.isdigit() else 0)


def _counted(pattern: re.Pattern[str], said: str, default: int, least: int = 1) -> int:
    found = pattern.search(said)
    if not found:
        return least
    return max(least, min(_count(found[1] or "") or default, 14))


def _first(pattern: re.Pattern[str], said: str) -> str:
    found = pattern.search(said)
    return next((one.strip() for one in found.groups() if one), "") if found else ""


def _comment(text: str) -> str:
    """Return the comment that is answered, as it was written."""
    found = COMMENT.search(text)
    return " ".join((found[1] or found[2]).split()).strip("'\" ") if found else ""
