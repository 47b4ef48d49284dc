"""Say that a machine helped, where the brand, the law or the network asks for it.

Article 50(4) of the EU's AI Act (from 2026-08-02) wants a label on pictures, sound and video that
look real, and on texts that inform the public, unless a person has reviewed them and answers for
them. A person approves every post here, so the law asks for nothing about the words; pictures it
may. TikTok, YouTube, Instagram, Facebook and Threads want pictures labelled that look real.
"""

import re
from collections.abc import Iterator, Mapping

from tools.contract import Finding, Post
from tools.drafting.counting import fits
from tools.drafting.facts import Facts, hint, stop
from tools.drafting.folding import fold
from tools.drafting.networks import network
from tools.drafting.sentences import said

# Of a post's extras: who wrote the words, who made the pictures; "model" is a language model.
WORDS_BY, PICTURES_BY, MODEL = "words_by", "pictures_by", "model"
WORDS: Mapping[str, str] = {
    "en": "Written with the help of AI.",
    "de": "Mit Hilfe von KI geschrieben.",
    "fr": "Rédigé avec l’aide de l’IA.",
    "es": "Escrito con ayuda de la IA.",
}
PICTURES: Mapping[str, str] = {
    "en": "Picture made with AI.",
    "de": "Bild mit KI erstellt.",
    "fr": "Image créée avec l’IA.",
    "es": "Imagen creada con IA.",
}
_AI = (
    r"(?:the )?(?:l'|la )?"
    r"(?:a\.?i|k\.?i|i\.?a|artificial intelligence|kunstlicher? intelligenz)"
)
_WHAT = (
    r"(?:this |the |dieser? |das |ce |cette |este |esta )?"
    r"(?:text|post|caption|picture|image|photo|video|bild|beitrag|texte|imagen)s?"
)
_LABEL = re.compile(
    rf"(?:# )?(?:{_WHAT} )?(?:was |is |wurde |a ete |fue )?"
    r"(?:written|made|created|drafted|generated)"
    rf" (?:(?:with|by)(?: the)?(?: help of| support of)? )?{_AI}"
    rf"|(?:# )?(?:{_WHAT} )?(?:wurde )?mit (?:hilfe von |unterstutzung von )?{_AI}"
    r" (?:geschrieben|erstellt|generiert|gemacht)"
    rf"|(?:# )?(?:{_WHAT} )?(?:redigee?|creee?|generee?|ecrite?) (?:avec|par) (?:l'aide de )?{_AI}"
    rf"|(?:# )?(?:{_WHAT} )?(?:escrit[oa]|cread[oa]|generad[oa]) (?:con|por) (?:ayuda de )?{_AI}"
    r"|(?:# )?(?:ai|ki|ia)[ -](?:generated|generiert|art|assisted)"
)


def check(post: Post, facts: Facts) -> Iterator[Finding]:
    """Return the labels that are asked for and missing."""
    told = any(is_label(one.text) for one in said(post))
    for what, why in needed(post, facts):
        if not told:
            yield stop("label.missing", f"{why} Add: “{_text(what, facts)}”")
    made = post["extras"].get(PICTURES_BY) == MODEL
    if made and facts.label == "never":
        yield hint("label.law", "A picture made with AI that looks real needs a label in the EU.")


def needed(post: Post, facts: Facts) -> Iterator[tuple[str, str]]:
    """Return what has to be labelled, words or pictures, and why."""
    if facts.label == "always" and post["extras"].get(WORDS_BY) == MODEL:
        yield WORDS_BY, "The brand says when AI helped with the words."
    if facts.label != "never" and post["extras"].get(PICTURES_BY) == MODEL:
        yield PICTURES_BY, "The law and the networks ask for a label on pictures made with AI."


def labelled(post: Post, facts: Facts) -> Post:
    """Return the post with the labels it lacks, in its last part or in one more."""
    lines = [_text(what, facts) for what, _ in needed(post, facts)]
    missing = [line for line in lines if fold(line) not in fold("\n".join(post["parts"]))]
    rules = network(post["network"])
    if not missing or not post["parts"]:
        return post
    label = " ".join(missing)
    *before, last = post["parts"]
    longer = f"{last}\n\n{label}"
    if rules and not fits(longer, rules) and rules.thread:
        return {**post, "parts": [*before, last, label]}
    return {**post, "parts": [*before, longer]}


def is_label(text: str) -> bool:
    """Say whether a sentence only says that a machine helped."""
    return bool(_LABEL.fullmatch(fold(text).strip(" .!()[]")))


def _text(what: str, facts: Facts) -> str:
    texts = WORDS if what == WORDS_BY else PICTURES
    return texts.get(facts.language, texts["en"])
