"""Which rules hold for a text: those of the page, and the learned ones that come over them."""

from collections.abc import Iterator

from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.frame import Greeting, SignOff
from knowledge.voice.rules.marks import Marks
from knowledge.voice.rules.person import Person
from knowledge.voice.rules.pictures import Emoji, Hashtags, HashtagStyle
from knowledge.voice.rules.shape import CapitalWords, ReadingGrade, Sentences, SentenceWords
from knowledge.voice.rules.shortened import Contractions
from knowledge.voice.rules.spelling import Spelling
from knowledge.voice.rules.wording import Avoid, Say
from knowledge.voice.text import Text
from knowledge.voice.voice import Learned, Place, Voice

Held = dict[str, tuple[str, AnyRule]]  # by topic
ADVICE = 3  # words; a longer "say" describes what to write


def rules(voice: Voice, place: Place, network: str = "") -> list[tuple[str, AnyRule]]:
    """Return the rules by name; a learned rule takes the place of one on the same topic."""
    held: Held = {rule.topic: (rule.kind, rule) for rule in written(voice, place)}
    for scope in ("", place, network) if network and place == "social_post" else ("", place):
        for one in voice.learned:
            if one.network == scope:  # the narrower scope comes last, and holds
                held = _over(one, held)
    return list(held.values())


def _over(learned: Learned, held: Held) -> Held:
    """Put a learned rule over those that it replaces, and over those that would undo it."""
    rule, before = learned.rule, held.get(learned.rule.topic)
    if before:
        rule = _with_allowed(rule, before[1])
    said = Text(rule.say) if isinstance(rule, Say) else None
    kept = {
        topic: (name, other)
        for topic, (name, other) in held.items()
        if not (said and isinstance(other, Say | Avoid) and other.spots(said))
    }
    return {**kept, rule.topic: (f"learned {learned.id}", rule)}


def written(voice: Voice, place: Place) -> Iterator[AnyRule]:
    """Return the rules that the page itself has for a place."""
    yield from _words(voice)
    yield from _shape(voice, place)
    yield from _pictures(voice, place)
    yield from _frame(voice, place)


def _words(voice: Voice) -> Iterator[AnyRule]:
    for one in voice.preferred:
        advice = len(one.say.split()) > ADVICE
        for other in one.instead_of:
            yield Say(say=one.say, instead_of=other, advice=advice)
    yield from (Avoid(phrase=one, cut=False) for one in voice.banned)
    if voice.contractions != "free":
        yield Contractions(use=voice.contractions)
    if voice.spelling:
        yield Spelling(variant=voice.spelling)


def _shape(voice: Voice, place: Place) -> Iterator[AnyRule]:
    if voice.sentence_words:
        yield SentenceWords(most=int(voice.sentence_words.most))
    if voice.sentences_in_a_direct_message and place == "direct_message":
        yield Sentences(most=int(voice.sentences_in_a_direct_message.most))
    if voice.reading_grade:
        yield ReadingGrade(most=voice.reading_grade.most)
    if voice.exclamation_marks:
        yield Marks(mark="!", most=int(voice.exclamation_marks.most), instead=".")
    if voice.capital_words:
        yield CapitalWords(most=voice.capital_words.most, allowed=voice.capital_words.allowed)


def _pictures(voice: Voice, place: Place) -> Iterator[AnyRule]:
    emoji, tags = getattr(voice.emoji, place), getattr(voice.hashtags, place)
    if emoji is not None or voice.emoji.allowed:
        yield Emoji(most=emoji, allowed=voice.emoji.allowed)
    if tags is not None:
        yield Hashtags(most=tags)
    if voice.hashtags.style:
        yield HashtagStyle(style=voice.hashtags.style)


def _frame(voice: Voice, place: Place) -> Iterator[AnyRule]:
    if voice.person.reader:
        yield Person(say="you")
    if "we" in voice.person.brand and not voice.person.assistant:
        yield Person(say="we")
    if place == "direct_message" and voice.greeting:
        greetings = (voice.greeting.first_message, voice.greeting.later_messages)
        yield Greeting(allowed=tuple(one for one in greetings if one))
    if place == "direct_message" and voice.signature:
        yield SignOff(allowed=(voice.signature,), needed=True)


def _with_allowed(rule: AnyRule, before: AnyRule) -> AnyRule:
    """Let a learned limit keep the exceptions of the one it replaces."""
    if isinstance(rule, CapitalWords) and isinstance(before, CapitalWords):
        return rule.model_copy(update={"allowed": (*before.allowed, *rule.allowed)})
    return rule
