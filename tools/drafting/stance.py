"""Say what a sentence does: claim something, or ask, invite, greet, head or feel."""

import re
from collections.abc import Sequence
from typing import Literal

from tools.drafting.facts import Facts
from tools.drafting.folding import fold, stop, tokens
from tools.drafting.lexicon import begun, holds, starts

Stance = Literal[
    "statement", "question", "open", "act", "greeting", "opinion", "taste", "heading", "lead"
]
# Risky words that say nothing in such a sentence: "Tell everybody", "How do you save time?".
HARMLESS: dict[Stance, frozenset[str]] = {
    "statement": frozenset(),
    "question": frozenset({"quality", "quantity", "help"}),
    "open": frozenset(
        {"quality", "quantity", "help", "better", "effect", "finance", "comparison", "health"}
    ),
    "act": frozenset({"quantity"}),
    "greeting": frozenset({"quality", "quantity"}),
    "opinion": frozenset({"quantity", "better"}),
    "taste": frozenset({"quantity", "better"}),
    "heading": frozenset(),
    "lead": frozenset({"quantity", "quality"}),
}
_US = re.compile(r"\b(?:we|us|our|ours|wir|uns|unser\w*|nous|notre|nos|nosotros|nuestr\w+)\b")
_YOU = re.compile(r"\b(?:i|my|me|you|your|yours|vous|votre|vos|tu|toi|tes|usted|te|tus|su|sus)\b")
_NAMED = re.compile(
    r"^\W*(?:Can(?:'t)?|Could|Isn't|Aren't|Doesn't|Don't|Won't|Is|Are|Does|Do|Did|Will|Would|Has|Have"
    r"|Was) (?!I\b)[A-Z]\w+"
    r"|^\W*(?:Why|Pourquoi|¿Por qué)\b.*? (?!I\b)[A-ZÀ-Þ]\w+"
)
_TOPIC = re.compile(
    r"(?:what|how|when|where|who|which|was|wie|wann|wo|wer|ce que|comment|quand|qui|que|como"
    r"|cuando|donde|quien) (?!a \b)"
)
_FINITE = re.compile(
    r"(?<!you )(?<!we )(?<!it )(?<!they )\b(?:can|cannot|could|becomes?|became|must|may|might|needs"
    r"|requires?|gets|makes|has|does|goes|comes|shows|means|takes|gives|stays?|works|appears?)\b"
)
_ASKED = re.compile(r"\b(?:what|how|who|where|when|why|which|whether|if|whoever|until)\b")
_HOLDS = re.compile(r"\b(?:that|how|why|because|dass|weil|wie|que|parce|comment|porque|como)\b")
_WISH = re.compile(r"hope|wish|hoff|wunsch|esper|souhait|dese")
# Glad to announce something: that is news about us.
_NEWS = re.compile(
    r"\bto (?:announce|launch|introduce|offer|serve|support|present|release|report|confirm|say"
    r"|bring|deliver|provide|reach|have)\b|\bvorzustellen|\banzukundigen|\banzubieten|\bbekannt"
    r"|\b(?:annoncer|presenter|lancer|proposer|offrir|anunciar|presentar|lanzar|ofrecer)\b"
)
# What is asked for here is taken for granted: "Do you know why teams choose us?"
_GRANTED = re.compile(
    r"\b(?:know|heard|notic\w+|realis\w+|believe|aware|imagine|guess) (?:that|why|how)"
    r" (?!feeling|moment|to\b|you\b|your\b)\w+ \w+"
    r"|^(?:who|whoever) (?:says|said|claims|thinks)\b"
    r"|\b(?:weisst|wisst|wissen|wusst\w*|gehort)\b.{0,20}\b(?:dass|warum)\b"
    r"|\b(?:sav\w+|entendu)\b.{0,12}\b(?:que|pourquoi)\b|\bsab\w+ (?:que|por que)\b"
)
_LEAD_WORDS, _HEADING_WORDS, _TASTE_WORDS, _FEW = 8, 8, 8, 2
_FOREIGN = re.compile(r"[^\W\d_a-z]")  # scripts that we cannot read
# "Works with Zoom", "Exports to PDF": somebody does something, though nobody is named.
_DOES = re.compile(r"\w+s (?:to|with|your|the|a|an|every|when|while|without|like)\b")
# Small verbs and common ones: with them a short line is a statement, not a heading.
_VERBS = re.compile(
    r"\b(?:is|are|was|were|am|be|has|have|had|do|does|did|can|could|will|would|shall|should|may"
    r"|might|must|it|they|we|you|i|he|she|gets?|makes?|gives?|takes?|goes|comes?|works?|runs?"
    r"|shows|tells?|says?|means?|needs?|wants?|lets?|keeps?|helps?|adds?|appears?|starts?|stops?"
    r"|ends?|opens?|closes?|allows?|includes?|offers?|supports?|provides?|brings?|follows?|sends?"
    r"|sees?|hears?|reads?|writes?|speaks?|translates?|transcribes?|understands?|learns?|knows?"
    r"|uses?|finds?|turns?|becomes?|stays?|remains?|lasts?|beats?|wins?|loves?|likes?|needs?"
    r"|costs?|pays?|buys?|sells?|builds?|creates?|connects?|delivers?|handles?|manages?|answers?"
    r"|reaches|reach|fits?|meets?|matters?|happens?|changes?|grows?|rises?|falls?|drops?|listens?"
    r"|remembers?|forgets?|fails?|breaks?|crash(?:es)?|loads?|syncs?|stores?|records?|streams?"
    r"|plays?|detects?|removes?|replaces?|leads?|outsells?|arrives?|ships?|comes|exists?"
    r"|belongs?|contains?|covers?|holds?|carries|carry|moves?|sets?|puts?|tracks?|counts?|scales?"
    r"|powers?|runs?|serves?|trusts?|chose|choose|chooses|gets|got|won|beat|made|said|built|\w+ed)\b"
)


def stance(text: str, facts: Facts, languages: Sequence[str]) -> Stance:
    """Return what a sentence does; whatever is not known to be harmless is a statement."""
    folded = fold(text)
    if "?" in text[-3:] and starts(folded, "asks", languages):
        taken = _GRANTED.search(folded) or _about_others(text, folded, languages)
        return "statement" if taken else _question(folded, facts, languages)
    if _leads(text, folded, languages):
        return "lead"
    if _feels(folded, facts, languages):
        return "opinion"
    if _taste(folded, facts, languages):
        return "taste"
    if holds(folded, "inside", languages) or _joined(folded, facts):
        return "statement"
    if starts(folded, "acts", languages):
        promised = starts(folded, "benefits", ()) or _finite(folded)
        return "statement" if promised else "act"
    if starts(folded, "greets", languages):
        return _behind(text, facts, languages)
    return "heading" if _heading(text, folded, facts, languages) else "statement"


def ours(folded: str, facts: Facts) -> bool:
    """Say whether a sentence names the brand, or what it makes."""
    names = [fold(name) for name in (facts.brand, *facts.products) if name]
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in names)


def _question(folded: str, facts: Facts, languages: Sequence[str]) -> Stance:
    """Tell a question that only the reader can answer from one that offers something."""
    about_us = ours(folded, facts) or bool(_US.search(folded))
    if about_us or holds(folded, "offers") or not starts(folded, "open", languages):
        return "question"
    return "open"


def _behind(text: str, facts: Facts, languages: Sequence[str]) -> Stance:
    """Judge what follows a greeting: "Good morning, captions are here"."""
    rest = text.partition(",")[2].strip()
    return stance(rest, facts, languages) if len(rest.split()) > _FEW else "greeting"


def _joined(folded: str, facts: Facts) -> bool:
    """Say whether a call goes on with a sentence about us: "Sign up and Acme writes it"."""
    found = re.split(r"\b(?:and|because|so|und|weil|et|car|y|porque)\b|[,;:–]", folded)
    return len(found) > 1 and any(ours(part, facts) and _clause(part) for part in found[1:])


def _clause(part: str) -> bool:
    return len(part.split()) > _FEW


def _finite(folded: str) -> bool:
    """Say whether what looks like a call is a noun with its verb: "Name badges can be printed"."""
    rest = folded.partition(" ")[2]
    found = _FINITE.search(rest)
    return bool(found) and not _ASKED.search(rest[: found.start() if found else 0])


def _about_others(text: str, folded: str, languages: Sequence[str]) -> bool:
    """Say whether a question is about somebody with a name: "Can Acme do this?"."""
    if "de" in languages or _YOU.search(folded):
        return False
    return bool(_NAMED.search(text))


def _feels(folded: str, facts: Facts, languages: Sequence[str]) -> bool:
    """Say whether a sentence is an opinion, and carries no statement about what we make."""
    frame = begun(folded, "opinion", languages)
    rest = folded[len(frame) :]
    wishes = bool(_WISH.search(frame))
    rest = re.sub(r"^ (?:that|dass|que) ", " ", rest) if wishes else rest
    if (
        not frame
        or _NEWS.search(rest)
        or ours(folded, facts)
        or holds(rest, "inside", languages)
        or _joined(folded, facts)
    ):
        return False
    return wishes or not _HOLDS.search(rest)


def _taste(folded: str, facts: Facts, languages: Sequence[str]) -> bool:
    about_us = ours(folded, facts) or bool(_US.search(folded))
    short = len(folded.split()) <= _TASTE_WORDS
    return short and not about_us and holds(folded.rstrip(".! "), "taste", languages)


def _heading(text: str, folded: str, facts: Facts, languages: Sequence[str]) -> bool:
    """Say whether a line names its topic and says nothing about it."""
    said = [word for word in tokens(folded) if word[0].isalnum()]
    if _FOREIGN.search(folded) or _VERBS.search(folded):
        return False
    if len(said) <= _FEW:
        return True
    if text.rstrip()[-1:] in ".!…" or len(said) > _HEADING_WORDS:
        return False
    if ours(folded, facts) or _US.search(folded):
        return False
    if languages[0] == "de":
        small = re.findall(r"(?<![\w-])[a-zäöüß]\w*", text)
        return all(fold(word) in stop("de") for word in small)
    return languages[0] == "en" and not _DOES.match(folded)


def _leads(text: str, folded: str, languages: Sequence[str]) -> bool:
    """Say whether a short line only announces what follows: "How to reach us", "In short:"."""
    if len(folded.split()) > _LEAD_WORDS:
        return False
    if text[-1:].isalnum():
        return bool(_TOPIC.match(folded))
    return folded[-1:] == ":" and starts(folded, "leads", languages)
