"""Hear what a message says about its writer, where it says nothing else: a code, or a choice."""

import re
import unicodedata

from agents.deps import Contacts, Deps
from agents.state import Message, Standing
from agents.understanding.readable import readable
from knowledge.language.opting import Opted, opted
from knowledge.language.rating import rated

CODE_SHOWN = "(a code)"  # is kept in place of what was typed
ALPHABET = "BCDFGHJKMNPQRTVWXYZ2346789"  # nothing that is read for something else, and no words
_CODE = re.compile(
    rf"\W*(?:(?:the |my |your )?code(?: is)?\W*)?([{ALPHABET}]{{4}})[ \-–]?([{ALPHABET}]{{4}})\W*",
    re.IGNORECASE,
)


async def standing(message: Message, deps: Deps) -> Standing | None:
    """Return what a customer says about themselves; most messages say nothing of the kind.

    Of several messages in one go each is looked at: a "stop" counts whatever was written after it.
    """
    if deps.contacts is None or message["audience"] != "customer":
        return None
    texts = [readable(text) for text in message.get("apart") or [message["text"]]]
    contact = message.get("contact") or message["conversation"]
    if code := next(filter(None, map(typed_code, texts)), ""):
        return await deps.contacts.typed(contact, code)
    if rating := await _rating(texts, message, deps.contacts):
        return rating
    settings = deps.brand.settings
    found = [opted(text, settings.languages, settings.opt_out.words) for text in texts]
    chosen = [one for one in found if one]
    if not chosen:
        return None
    return await _choice(chosen[-1], len(chosen) == len(texts), contact, deps.contacts)


async def _choice(choice: Opted, whole: bool, contact: str, contacts: Contacts) -> Standing | None:
    out, says = await contacts.opted_out(contact), "opted_in"
    if choice.way == "out":
        says = "still_out" if out else "opted_out"
    elif not out:
        return None  # "start" undoes a stop, and is a word like others where there was none
    word, language = choice.word, choice.language
    return Standing(says=says, whole=whole, word=word, language=language, code=0, tries=0)


async def _rating(texts: list[str], message: Message, contacts: Contacts) -> Standing | None:
    """Return a rating, where we asked for one and nothing was said since."""
    scores = [score for score in map(rated, texts) if score]
    if not scores or not (episode := await contacts.asked_about(message["conversation"])):
        return None
    whole = len(scores) == len(texts)
    told = Standing(says="rated", whole=whole, word="", language="", code=0, tries=0)
    return {**told, "score": scores[-1], "episode": episode}


def typed_code(text: str) -> str:
    """Return the code that a message consists of, in our spelling, or nothing."""
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    return f"{found[1]}-{found[2]}".upper() if found else ""
