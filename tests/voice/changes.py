"""What people change in drafts, each with how the learned rule is told from others."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.voice.rules.every import AnyRule

Both = tuple[str, str]
FILE = Path(__file__).parent / "changes.yaml"
TAGS = ("#EventTech", "#HybridEvents", "#LiveEvents", "#VirtualEvents", "#StageCraft")
PICTURES = "🚀🎉🔥😀👍✨"


@dataclass(frozen=True)
class Change:
    """A habit of a marketer: on a sentence of its own, or on the whole text."""

    finds: Callable[[AnyRule], bool]
    sentences: tuple[Both, ...] = ()
    whole: Callable[[random.Random, str, str], Both] | None = None


@cache
def material() -> dict[str, Any]:
    """Return the sentences."""
    text = FILE.read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found


def has(*words: str) -> Callable[[AnyRule], bool]:
    """Tell a rule by what it says."""
    return lambda rule: all(
        word in json.dumps(rule.model_dump(), ensure_ascii=False).lower() for word in words
    )


def asks(**wanted: Any) -> Callable[[AnyRule], bool]:
    """Tell a rule by its parts."""
    return lambda rule: wanted.items() <= rule.model_dump().items()


def listed(name: str, finds: Callable[[AnyRule], bool]) -> Change:
    pairs = [tuple(line.split(" | ")) for line in material()["pairs"][name]]
    return Change(finds, tuple((before, after) for before, after in pairs))


def turned(name: str, finds: Callable[[AnyRule], bool]) -> Change:
    return Change(finds, tuple((after, before) for before, after in listed(name, finds).sentences))


def words(frames: str, before: str, after: str) -> Change:
    said = [(f.format(x=before), f.format(x=after)) for f in material()["frames"][frames]]
    return Change(has(f'"{before}"', f'"{after}"'), tuple(said))


def gone(frames: str, word: str) -> Change:
    shapes = material()["frames"][frames]
    said = [(f.format(x=f"{word} "), f.replace("{x} ", "{x}").format(x="")) for f in shapes]
    return Change(lambda r: has(f'"{word}"')(r) or r.kind == "no_words_of", tuple(said))


def on_all(
    finds: Callable[[AnyRule], bool], work: Callable[[random.Random, str, str], Both]
) -> Change:
    return Change(finds, whole=work)


def small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _tags(rng: random.Random, count: int) -> str:
    return " " + " ".join(rng.sample(TAGS, count))


def _camel(rng: random.Random, before: str, after: str) -> Both:
    tags = _tags(rng, 2)
    return before + tags.lower(), after + tags


def _fewer(rng: random.Random, before: str, after: str) -> Both:
    tags = _tags(rng, 4)
    return before + tags, after + " ".join(["", *tags.split()[:2]])


def _louder(rng: random.Random, before: str, after: str) -> Both:
    return re.sub(r"\.$", rng.choice(["!", "!!"]), before), after


def _headline(rng: random.Random, before: str, after: str) -> Both:
    line = rng.choice(["How To Plan A Day", "What Guests Ask First", "Why We Moved The Desk"])
    return f"{line}\n{before}", f"{line.capitalize()}\n{after}"


def _opened(rng: random.Random, before: str, after: str) -> Both:
    more = " The door is open. The tea is warm."
    return before + more, (after + more).replace(". ", ".\n\n")


REGARDS = "Kind regards,\nThe ConnectSphere team"
BYES = ("Best regards,\nYour team", "Cheers,\nThe team", "Best wishes,\nAnna")
HELLOS = ("Hi <PERSON_1>, ", "Hello! ", "Hi there, ", "Dear customer, ")
ENDS = ("What do you think?", "Which one is yours?", "How do you do it?", "Who comes along?")
WHOLE: dict[str, Change] = {
    "no_exclamation": on_all(asks(kind="marks", mark="!", most=0), _louder),
    "no_emoji": on_all(
        asks(kind="emoji", most=0), lambda rng, b, a: (f"{b} {rng.choice(PICTURES)}", a)
    ),
    "our_emoji": on_all(asks(kind="emoji", least=1), lambda rng, b, a: (b, f"{a} 🎤")),
    "camel_case": on_all(asks(kind="hashtag_style", style="CamelCase"), _camel),
    "two_tags": on_all(asks(kind="hashtags", most=2), _fewer),
    "no_tags": on_all(asks(kind="hashtags", most=0), lambda rng, b, a: (b + _tags(rng, 2), a)),
    "our_tag": on_all(has("#connectlive"), lambda rng, b, a: (b, f"{a} #ConnectLive")),
    "hello": on_all(
        asks(kind="greeting", needed=True), lambda rng, b, a: (b, f"Hello, {small(a)}")
    ),
    "hey_to_hello": on_all(
        lambda r: r.kind == "greeting" and has("hello,")(r),
        lambda rng, b, a: (f"Hey there! {b}", f"Hello, {small(a)}"),
    ),
    "no_greeting": on_all(
        asks(kind="greeting", allowed=()), lambda rng, b, a: (rng.choice(HELLOS) + b, a)
    ),
    "regards": on_all(has("kind regards"), lambda rng, b, a: (b, f"{a}\n\n{REGARDS}")),
    "no_sign_off": on_all(
        asks(kind="sign_off", allowed=()), lambda rng, b, a: (f"{b}\n\n{rng.choice(BYES)}", a)
    ),
    "thanks": on_all(
        has("thank you for your patience"),
        lambda rng, b, a: (b, f"{a} Thank you for your patience."),
    ),
    "no_hesitation": on_all(
        has("do not hesitate"), lambda rng, b, a: (f"{b} Please do not hesitate to ask us.", a)
    ),
    "no_note": on_all(
        has("please note that"), lambda rng, b, a: (f"Please note that {small(b)}", a)
    ),
    "question": on_all(
        asks(kind="asks", where="end"), lambda rng, b, a: (b, f"{a} {rng.choice(ENDS)}")
    ),
    "no_dots": on_all(
        asks(kind="marks", mark="..."), lambda rng, b, a: (re.sub(r"\.$", "...", b), a)
    ),
    "no_link": on_all(
        asks(kind="marks", mark="link"),
        lambda rng, b, a: (f"{b} https://example.org/{rng.choice('abcde')}", a),
    ),
    "headlines": on_all(asks(kind="titles", case="sentence"), _headline),
    "paragraphs": on_all(asks(kind="paragraphs"), _opened),
}
