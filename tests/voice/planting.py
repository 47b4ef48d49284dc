"""Sixty edits with rules planted in them, among changes that are none."""

import random

from knowledge.voice.learning.edits import Edit
from tests.voice.changes import WHOLE, Change, asks, gone, has, listed, material, turned, words

PAIRS = 60
EVERY: dict[str, Change] = WHOLE | {
    "attendee": words("thing", "participant", "attendee"),
    "event": words("thing", "webinar", "event"),
    "colleague": words("thing", "staff member", "colleague"),
    "use": words("act", "utilise", "use"),
    "look_at": words("act", "check out", "look at"),
    "contact": words("act", "get in touch with", "contact"),
    "modern": words("quality", "cutting-edge", "modern"),
    "no_simply": gone("how", "simply"),
    "no_in_fact": gone("how", "in fact"),
    "no_amazing": gone("quality", "amazing"),
    "written_out": listed("written_out", asks(kind="contractions", use="never")),
    "run_together": turned("written_out", asks(kind="contractions", use="always")),
    "british": listed("british", asks(kind="spelling", variant="en-GB")),
    "american": turned("british", asks(kind="spelling", variant="en-US")),
    "digits": listed("digits", asks(kind="format", of="numbers", style="digits")),
    "we": listed("we", asks(kind="person", say="we")),
    "you": listed("you", asks(kind="person", say="you")),
    "polite": listed("polite", asks(kind="person", say="Sie")),
    "small_letters": listed("small_letters", asks(kind="capital_words")),
    "active": listed("active", asks(kind="marks", mark="passive")),
    "24_hours": listed("24_hours", asks(kind="format", of="clock", style="24 hours")),
    "am_and_pm": turned("24_hours", asks(kind="format", of="clock", style="am and pm")),
    "comma": listed("comma_before_and", asks(kind="format", style="comma before and")),
    "short_sentences": listed("short_sentences", asks(kind="sentence_words")),
    "product_name": listed("product_name", asks(kind="written", form="ConnectSphere")),
    "email": listed("email", asks(kind="written", form="email")),
    "money": listed("money", asks(kind="format", of="money", style="€49")),
    "percent": listed("percent", asks(kind="format", of="per cent", style="%")),
    "dates": listed("dates", asks(kind="format", of="dates", style="12 March")),
    "and": listed("and", asks(kind="format", of="and", style="and")),
    "no_semicolons": listed("no_semicolons", asks(kind="marks", mark=";")),
    "no_dashes": listed("no_dashes", asks(kind="marks", mark="—")),
    "no_brackets": listed("no_brackets", asks(kind="marks", mark="(")),
    "no_bold": listed("no_bold", asks(kind="marks", mark="**")),
    "please": listed("please", asks(kind="contains", words="Please")),
    "no_hedges": listed("no_hedges", asks(kind="no_words_of", sort="hedges")),
    "asap": listed("asap", has('"asap"', "as soon as we can")),
    "ranges": listed("ranges", asks(kind="format", of="ranges", style="10 to 20")),
}
APART = (  # habits that one person does not have together
    {"no_emoji", "our_emoji"}, {"camel_case", "two_tags", "no_tags", "our_tag"},
    {"hello", "hey_to_hello", "no_greeting", "headlines", "no_note"},
    {"regards", "no_sign_off", "question", "thanks", "no_dots", "no_exclamation", "no_hesitation"},
    {"paragraphs", "regards", "no_sign_off", "no_dots", "question", "short_sentences"},
    {"written_out", "run_together"}, {"british", "american"}, {"24_hours", "am_and_pm"},
    {"and", "comma"}, {"no_note", "please"},
)  # fmt: skip


def chosen(rng: random.Random, count: int) -> list[str]:
    """Return habits that go together."""
    names = list(EVERY)
    rng.shuffle(names)
    found: list[str] = []
    for name in names:
        if not any(name in apart and apart & set(found) for apart in APART):
            found.append(name)
    return found[:count]


def edits(names: list[str], seed: int) -> list[Edit]:
    """Return sixty edits; each habit is in five to nine of them."""
    rng = random.Random(seed)
    plan: list[list[str]] = [[] for _ in range(PAIRS)]
    for name in names:
        for place in rng.sample(range(PAIRS), rng.randint(5, 9)):
            plan[place].append(name)
    return [_edit(rng, number, todo) for number, todo in enumerate(plan, 1)]


def _edit(rng: random.Random, number: int, todo: list[str]) -> Edit:
    sentences = [(one, one) for one in rng.sample(material()["base"], rng.randint(1, 3))]
    for name in todo:
        if pairs := EVERY[name].sentences:
            pair = pairs[(number + rng.randrange(3)) % len(pairs)]
            sentences.insert(rng.randrange(len(sentences) + 1), pair)
    if not todo or rng.random() < 0.3:
        sentences.append(_fact(rng))
    before, after = (_text([pair[side] for pair in sentences]) for side in (0, 1))
    for name in todo:
        if work := EVERY[name].whole:
            before, after = work(rng, before, after)
    return Edit(number, before, after)


def _fact(rng: random.Random) -> tuple[str, str]:
    """Return a correction, which says nothing about the voice."""
    frame, pool = rng.choice(
        [
            ("It costs {} a month", [str(n) for n in range(10, 90)]),
            ("We meet on {} at the desk", ["Monday", "Tuesday", "Friday", "Sunday"]),
            ("Somebody from {} asked for it", ["Lisbon", "Porto", "Oslo", "Berlin"]),
            ("The {} room is free", ["red", "blue", "large", "small", "quiet", "upper", "new"]),
        ]
    )
    before, after = rng.sample(pool, 2)
    return frame.format(before), frame.format(after)


def _text(sentences: list[str]) -> str:
    return " ".join(f"{one[:1].upper()}{one[1:]}." for one in sentences)
