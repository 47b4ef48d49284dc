"""Find what a message refers to: our open question, the topic before, or nothing."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agents.state import Conversation, Intent, Line, Message, OpenQuestion
from knowledge.language.phrases import Phrases
from tools.privacy.wishes import confirms, says_yes

BURST = timedelta(seconds=30)
COURTESIES = ("greeting", "clarify", "emoji_only", "")
BRIEF = 6  # words; a longer question is complete, whatever it begins with
FRAGMENT = 3  # words; a shorter correction replaces a part of the question
SHORT = 8  # words; a longer message speaks for itself
_OTHER = re.compile(
    r"\W*(?:show|list|what|how|who|why|when|where|can|could|is|are|draft|write|help|hello|hi|thanks?"
    r"|approve|reject|plan|stop|no|nothing)\b",
    re.IGNORECASE,
)  # begins a wish of its own


@dataclass(frozen=True)
class Reference:
    """The message as it is meant, and what it wants where that is already clear."""

    text: str
    intents: tuple[Intent, ...] = ()
    follows: str = ""
    confirmed: str = ""


def refer(text: str, message: Message, conversation: Conversation, phrases: Phrases) -> Reference:
    """Resolve answers to our question, cancellations, corrections, follow-ups and bursts."""
    if not conversation["history"]:
        return Reference(text)
    words = len(text.split())
    if answer := _answer(text, message, conversation, phrases):
        return answer
    if words <= SHORT and phrases.cancels(text):
        return _certain(text, "cancel")
    if correction := phrases.correction(text):
        if len(correction.split()) <= FRAGMENT and conversation["topic"]:
            return _continued(correction, conversation)
        return Reference(correction)
    if words <= BRIEF and conversation["topic"] and phrases.follows_up(text):
        return _continued(text, conversation)
    if earlier := _burst(message, conversation):
        return Reference(f"{earlier} {text}")
    return Reference(text)


def _answer(
    text: str, message: Message, conversation: Conversation, phrases: Phrases
) -> Reference | None:
    """Return what is meant as an answer to our question, by somebody who was asked."""
    question = conversation["question"]
    if not question or question.get("by", "") != _asker(question, message):
        return None
    return (
        _told(text, question, phrases)
        or _confirmed(text, message, conversation)
        or _unclear(text, conversation)
        or _picked(text, conversation, phrases)
    )


def _asker(question: OpenQuestion, message: Message) -> str:
    """Only a question that wants a yes is one person's."""
    return message.get("contact", "") if "confirms" in question else ""


def _told(text: str, question: OpenQuestion, phrases: Phrases) -> Reference | None:
    """Return our question's message with what was missing in it, where this says only that."""
    new = len(text.split()) > SHORT or _OTHER.match(text) or phrases.cancels(text)
    if new or "goes_on" not in question:
        return None
    said = re.sub(r"^\W*(?:about|on|regarding)\b\s*", "", text, flags=re.IGNORECASE)
    return _certain(f"{question['about']} about {said}", question["options"][0])


def _confirmed(text: str, message: Message, conversation: Conversation) -> Reference | None:
    """Return what is said yes to, in words written after we asked."""
    question = conversation["question"]
    what = question.get("confirms", "") if question else ""
    if not question or not what or not confirms(text, what):
        return None
    asked = datetime.fromisoformat(conversation["history"][-1]["at"])
    if datetime.fromisoformat(message["at"]) < asked:
        return None
    return replace(_certain(question["about"], question["options"][0]), confirmed=what)


def _unclear(text: str, conversation: Conversation) -> Reference | None:
    """Return the question once more, told apart by what it follows, when a yes was not plain."""
    question, history = conversation["question"], conversation["history"]
    what = question.get("confirms", "") if question else ""
    if not question or not what or not says_yes(text) or confirms(text, what):
        return None
    told = len(history) > 2 and history[-3]["who"] == "agent" and says_yes(history[-2]["text"])
    if told and history[-3]["route"] == history[-1]["route"]:
        return None
    return replace(_certain(question["about"], question["options"][0]), follows=question["about"])


def _picked(text: str, conversation: Conversation, phrases: Phrases) -> Reference | None:
    """Return the option of our question that the writer picks, if they pick one or refuse all."""
    question = conversation["question"]
    if question is None:
        return None
    options = question["options"]
    place = phrases.pick(text, len(options))
    if place is None:
        return None
    none = "cancel" if len(options) == 1 else "person_request"
    return _certain(question["about"], options[place] if place >= 0 else none)


def _continued(text: str, conversation: Conversation) -> Reference:
    certain = Intent(name="question", confidence=0.9, text=text)
    return Reference(text, (certain,), follows=conversation["topic"])


def _certain(text: str, intent: str) -> Reference:
    return Reference(text, (Intent(name=intent, confidence=1.0, text=text),))


def _burst(message: Message, conversation: Conversation) -> str:
    """Return what the same person wrote just before, when we have not really answered it yet."""
    now, parts = datetime.fromisoformat(message["at"]), list[str]()
    for line in reversed(conversation["history"]):
        if line["who"] in ("agent", "person") and line["route"] not in COURTESIES:
            break
        if line["who"] == message["audience"]:
            if now - datetime.fromisoformat(line["at"]) > BURST or _answered(line):
                break
            parts.insert(0, line["text"])
    return " ".join(parts)


def _answered(line: Line) -> bool:
    return line["route"] not in COURTESIES
