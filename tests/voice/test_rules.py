"""Each kind of rule finds what breaks it, leaves the rest, and writes what is certain."""

import pytest

from knowledge.voice.rules.arranged import Asks, Length, Lists, Paragraphs, Placed, Titles
from knowledge.voice.rules.every import RULES, AnyRule
from knowledge.voice.rules.formats import FORMATS, Format
from knowledge.voice.rules.frame import Contains, Greeting, SignOff
from knowledge.voice.rules.leaning import NoWordsOf, Speech
from knowledge.voice.rules.marks import Marks
from knowledge.voice.rules.person import Person
from knowledge.voice.rules.pictures import Emoji, Hashtags, HashtagStyle
from knowledge.voice.rules.shape import CapitalWords, Sentences, SentenceWords
from knowledge.voice.rules.shortened import Contractions
from knowledge.voice.rules.spelling import Spelling
from knowledge.voice.rules.wording import Avoid, Say, Written
from knowledge.voice.suggest import applied
from knowledge.voice.text import Text

CERTAIN: list[tuple[AnyRule, str, str]] = [
    (Say(say="use", instead_of="utilise"), "We utilised it.", "We used it."),
    (Say(say="sign in", instead_of="log in"), "Logged in? Log in.", "Signed in? Sign in."),
    (Say(say="AI Assist", instead_of="AI"), "AI and AI Assist.", "AI Assist and AI Assist."),
    (Avoid(phrase="please note that"), "Please note that it works.", "It works."),
    (Avoid(phrase="simply"), "You simply wait. Simply, wait.", "You wait. Wait."),
    (Say(say="event", instead_of="webinar"), "Japan webinar: a webinar.", "Japan event: an event."),
    (Avoid(phrase="amazing"), "It is an amazing day, a amazing hour.", "It is a day, an hour."),
    (Avoid(phrase="great question"), "Great question! It works.", "It works."),
    (Avoid(phrase="and", first=True), "And so we wait and see.", "So we wait and see."),
    (Written(form="ConnectSphere"), "A connect sphere.", "A ConnectSphere."),
    (Contractions(use="never"), "It's new, I can't.", "It is new, I cannot."),
    (Contractions(use="never"), "Maria's file. It's been sent.", "Maria's file. It has been sent."),
    (Contractions(use="always"), "It is new and we do not go.", "It's new and we don't go."),
    (Spelling(variant="en-GB"), "Organizing the center.", "Organising the centre."),
    (Spelling(variant="en-US"), "Colourful organisations.", "Colorful organizations."),
    (Person(say="we"), "I am here. Write to me in the US.", "We are here. Write to us in the US."),
    (Person(say="i"), "We are here with our team.", "I am here with my team."),
    (Person(say="you"), "The customer sees it.", "You sees it."),
    (CapitalWords(allowed=("PDF",)), "It is FREE as PDF.", "It is free as PDF."),
    (Marks(mark="!", instead="."), "It works!! Now.", "It works. Now."),
    (Marks(mark="!", most=1, instead="."), "One! Two! Three.", "One! Two. Three."),
    (Marks(mark="**", instead=""), "Press **Start** now.", "Press Start now."),
    (Emoji(most=1), "Hi 🚀 there 🎉", "Hi 🚀 there"),
    (HashtagStyle(style="CamelCase"), "See #EVENT_DAY.", "See #EventDay."),
    (Greeting(allowed=("Hello,",)), "Hey Maria! It works.", "Hello, It works."),
    (Greeting(), "Hi there, it works.", "It works."),
    (Greeting(allowed=("Hello {name},",)), "Hey <PERSON_1>! So.", "Hello <PERSON_1>, So."),
    (SignOff(), "It works.\n\nBest regards,\nYour team", "It works."),
    (SignOff(allowed=("Your team",), needed=True), "It works.", "It works.\n\nYour team"),
    (Contains(words="Terms apply.", where="end"), "It works.", "It works. Terms apply."),
    (NoWordsOf(sort="hedges"), "Perhaps it is somewhat late.", "It is late."),
    (Speech(use="plain"), "We are gonna purchase it.", "We are going to buy it."),
    (Format(of="clock", style="24 hours"), "At 3 pm or 8:15 am.", "At 15:00 or 08:15."),
    (Format(of="clock", style="am and pm"), "At 15:00 or 08:15.", "At 3 pm or 8:15 am."),
    (Format(of="dates", style="12 March"), "On March 12.", "On 12 March."),
    (Format(of="money", style="€49"), "It costs 49 EUR or 5 pounds.", "It costs €49 or £5."),
    (Format(of="thousands", style="1,000"), "In 2026, 12000.", "In 2026, 12,000."),
    (Format(of="numbers", style="digits"), "Three rooms.", "3 rooms."),
    (Format(of="numbers", style="words"), "3 rooms, 3 GB.", "three rooms, 3 GB."),
    (Format(of="ranges", style="10 to 20"), "It takes 5-10 minutes.", "It takes 5 to 10 minutes."),
    (Format(of="per cent", style="%"), "About 20 percent.", "About 20%."),
    (Format(of="lists of three", style="comma before and"), "A, b and c.", "A, b, and c."),
    (Format(of="units", style="5 GB"), "It has 5GB.", "It has 5 GB."),
]  # fmt: skip
FOR_A_PERSON: list[tuple[AnyRule, str, str]] = [
    (SentenceWords(most=4), "We see it now and here.", "We see it. Now and here."),
    (Sentences(most=1), "One. Two.", "One, e.g. two."),
    (Length(most=3), "One two three four.", "One two three."),
    (Paragraphs(most=1), "One. Two.", "One.\n\nTwo."),
    (Lists(use="never"), "Bring:\n- tea\n- cake", "Bring tea and cake."),
    (Lists(use="always"), "Bring tea and cake.", "Bring:\n• tea\n• cake"),
    (Titles(case="sentence"), "How To Plan A Day", "How to plan a day"),
    (Titles(case="title"), "How to plan a day", "How to Plan a Day"),
    (Asks(where="start"), "It works. Does it?", "Does it work? Yes."),
    (Asks(where="end", use="never"), "It works. Does it?", "Does it work? Yes."),
    (Placed(what="emoji", where="end"), "See 🚀 it.", "See it. 🚀 #Day"),
    (Emoji(least=1), "It works.", "It works. 🎤"),
    (Hashtags(least=1, most=2), "It works.", "It works. #Day"),
    (Marks(mark="passive"), "It was sent by us.", "We sent it."),
    (Person(say="Sie"), "Das ist dein Platz.", "Das ist Ihr Platz."),
    (Person(say="du"), "Wir senden Ihnen das.", "Wir senden dir das."),
    (Marks(mark="!", least=1, most=None), "It works.", "It works!"),
    (Marks(mark="link"), "See https://example.org.", "See our page."),
]


@pytest.mark.parametrize(("rule", "before", "after"), CERTAIN, ids=str)
def test_what_is_certain_is_written(rule: AnyRule, before: str, after: str) -> None:
    assert applied(before, [rule]) == after
    assert rule.spots(Text(after)) == []


@pytest.mark.parametrize(("rule", "before", "after"), FOR_A_PERSON, ids=str)
def test_what_is_not_certain_is_marked(rule: AnyRule, before: str, after: str) -> None:
    assert rule.spots(Text(before))
    assert rule.spots(Text(after)) == []


@pytest.mark.parametrize("rule", [one[0] for one in CERTAIN + FOR_A_PERSON], ids=str)
def test_a_rule_is_kept_as_it_was(rule: AnyRule) -> None:
    assert RULES.validate_json(RULES.dump_json(rule)) == rule
    assert rule.says.endswith((".", '."'))


@pytest.mark.parametrize("of", FORMATS)
def test_a_text_without_the_thing_breaks_no_format(of: str) -> None:
    plain = Text("") if of == "the last line" else Text("Nobody wrote this")
    assert all(Format(of=of, style=style).spots(plain) == [] for style in FORMATS[of])
