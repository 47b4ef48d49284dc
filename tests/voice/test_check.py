"""A text is held against the voice: a score, and the places that cost some of it."""

from pathlib import Path

import pytest

from knowledge.brands.brand import BUNDLED, BrandError
from knowledge.voice.check import checked
from knowledge.voice.rules.frame import Contains
from knowledge.voice.rules.marks import Marks
from knowledge.voice.rules.wording import Say
from knowledge.voice.suggest import suggested
from knowledge.voice.voice import Learned, Voice, load

VOICE = load(BUNDLED / "connectsphere")
BEFORE_AND_AFTER = [
    (
        "Amazing news!! Our revolutionary AI empowers seamless networking 🚀🚀",
        "Networking suggestions name up to 5 people a day, and say why.",
    ),
    (
        "Unfortunately that is not possible as per our policy.",
        "The Starter plan does not include AI Assist. The Team plan does, for €149 a month.",
    ),
    (
        "We apologise for any inconvenience, we will get back to you asap.",
        "I have passed this to our support team. They open on Monday at 09:00 (Europe/Berlin).",
    ),
]


@pytest.mark.parametrize(("before", "after"), BEFORE_AND_AFTER)
def test_the_examples_of_the_page_are_told_apart(before: str, after: str) -> None:
    assert checked(before, VOICE).score < 0.9
    assert checked(after, VOICE).score == 1


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("We can't see it.", "can't"),
        ("The center is open.", "center"),
        ("Do it NOW please.", "NOW"),
        ("It works!", "!"),
        ("See you 👏", "👏"),
        ("Hey Maria! It works.", "Hey Maria!"),
        ("All participants see it.", "participants"),
        ("You can log in there.", "log in"),
        ("The user sees it.", "The user"),
        ("Kindly wait.", "Kindly"),
        ("See #EventDay for more.", "#EventDay"),
        ("We utilised it.", "utilised"),
    ],
)
def test_a_finding_names_its_place_and_blocks_nothing(text: str, where: str) -> None:
    findings = checked(text, VOICE).findings
    assert where in [text[one["start"] : one["end"]] for one in findings]
    assert not any(one["blocks"] for one in findings)


@pytest.mark.parametrize(
    "text",
    [
        "Hello <PERSON_1>, your code is at https://example.org/WELCOME!",
        "Hello, use the REST API of ConnectSphere.",
        "We wrote to @SHOUTING_PERSON about it.",
        "The file of <PERSON_1> is ready.",
        "Open **Settings > Billing > Invoices** [1].",
    ],
)
def test_links_names_and_known_capitals_are_no_finding(text: str) -> None:
    assert checked(text, VOICE).score == 1


def test_a_long_sentence_a_long_message_and_hard_words_are_found() -> None:
    long = "We see " + "one thing and " * 10 + "we stop."
    many = "We see it. " * 6
    hard = (
        "Organisational requirements necessitate comprehensive administrative documentation. " * 4
    )
    kinds = {one["rule"] for text in (long, many, hard) for one in checked(text, VOICE).findings}
    assert {"voice: sentence_words", "voice: sentences", "voice: reading_grade"} <= kinds


def test_a_post_may_have_what_a_message_may_not() -> None:
    text = "Doors open at nine 🎤 #EventDay"
    assert checked(text, VOICE, "social_post", "linkedin").score == 1
    assert checked(text, VOICE).score < 1


def test_the_same_text_has_the_same_score() -> None:
    text = BEFORE_AND_AFTER[0][0]
    assert checked(text, VOICE) == checked(text, VOICE)


def test_a_learned_rule_changes_the_score_where_it_holds() -> None:
    rule = Say(say="film", instead_of="video")
    voice = VOICE.taught((Learned(id=3, network="linkedin", rule=rule),))
    text = "The video is there."
    assert checked(text, voice).score == 1
    assert checked(text, voice, "social_post", "x").score == 1
    found = checked(text, voice, "social_post", "linkedin").findings
    assert [one["rule"] for one in found] == ["voice: learned 3"]
    assert suggested(text, voice, "social_post", "linkedin") == "The film is there."


def test_a_learned_rule_takes_the_place_of_the_page() -> None:
    loud = Learned(id=4, network="instagram", rule=Marks(mark="!", least=1, most=None))
    voice = VOICE.taught((loud,))
    assert checked("It works!", voice, "social_post", "instagram").score == 1
    assert checked("It works!", voice, "social_post", "x").score < 1


def test_a_learned_word_ends_the_rule_that_would_undo_it() -> None:
    voice = VOICE.taught((Learned(id=5, rule=Say(say="webinar", instead_of="event")),))
    assert suggested("An event.", voice, learned=False) == "A webinar."
    assert checked("A webinar.", voice).score == 1


def test_what_posts_taught_does_not_hold_for_messages_on_the_same_network() -> None:
    tagged = Contains(words="#ConnectLive")
    voice = VOICE.taught((Learned(id=6, network="x", rule=tagged),))
    assert checked("It works.", voice, "social_post", "x").score < 1
    assert checked("It works.", voice, "direct_message", "x").score == 1


def test_a_brand_without_a_page_asks_for_nothing(tmp_path: Path) -> None:
    assert checked("AMAZING!!! 🚀🚀🚀", load(tmp_path)).score == 1


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("---\nsentence_words: many\n---\n", "voice.md:2: sentence_words"),
        ("---\ncontractions: sometimes\n---\n", "voice.md:2: contractions"),
        ("---\nbanned: [a]\nshout: 3\n---\n", "voice.md:3: shout"),
        ("---\nbanned: [a\n---\n", "voice.md"),
        ("---\n- banned\n---\n", "voice.md:2"),
        ("---\nlearned: []\n---\n", "learned"),
    ],
)
def test_a_mistake_in_the_page_names_its_line(tmp_path: Path, page: str, said: str) -> None:
    (tmp_path / "voice.md").write_text(page, encoding="utf-8")
    with pytest.raises(BrandError, match=said):
        load(tmp_path)


def test_the_page_in_words_comes_with_the_rules() -> None:
    assert VOICE.guide.startswith("# How ConnectSphere sounds")
    assert isinstance(VOICE, Voice)
