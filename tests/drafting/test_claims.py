"""Nothing is claimed that the evidence does not show; what claims nothing is left alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drafting.sample import BRAND, blocking, evidence, found, post
from tools.drafting import claims
from tools.drafting.check import Facts
from tools.drafting.tags import camel

TEXTS = yaml.safe_load((Path(__file__).parent / "claims.yaml").read_text(encoding="utf-8"))
FREE = st.sampled_from(TEXTS["harmless"])


def unshown(*parts: str, **others: Any) -> set[str]:
    return {rule for rule in blocking(*parts, **others) if rule.startswith("claim")}


@pytest.mark.parametrize("text", TEXTS["claims"])
def test_a_claim_without_evidence_blocks(text: str) -> None:
    assert unshown(text)


@pytest.mark.parametrize("text", TEXTS["harmless"])
def test_a_question_an_invitation_or_an_opinion_passes(text: str) -> None:
    assert not unshown(text)


@pytest.mark.parametrize(("text", "quote"), TEXTS["shown"])
def test_a_claim_that_a_quote_shows_passes(text: str, quote: str) -> None:
    assert not unshown(text, evidence=evidence("Something else is said here.", quote))


@pytest.mark.parametrize(("text", "quote"), TEXTS["not_shown"])
def test_a_quote_that_only_looks_alike_shows_nothing(text: str, quote: str) -> None:
    assert unshown(text, evidence=evidence(quote))


@pytest.mark.parametrize("text", TEXTS["claims"][::3])
def test_a_claim_is_found_between_harmless_sentences(text: str) -> None:
    assert unshown(f"What do you think?\n\n{text}\n\nTell us in the comments. #EventTech")


@pytest.mark.parametrize("text", TEXTS["claims"][::5])
def test_a_claim_is_found_in_lists_titles_and_threads(text: str) -> None:
    assert unshown(f"What do you think?\n• {text}\n• Join us!")
    assert unshown("Join us!", title=text, network="youtube")
    assert unshown("Join us!", f"{text}", network="bluesky")


@settings(deadline=None)
@given(st.lists(FREE, min_size=1, max_size=5), st.sampled_from(TEXTS["claims"]), st.data())
def test_no_claim_hides_among_others(free: list[str], claim: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(free)))
    between = data.draw(st.sampled_from(["\n", "\n\n"]))
    assert unshown(between.join([*free[:place], claim, *free[place:]]))


@settings(deadline=None)
@given(st.sampled_from(TEXTS["shown"]), st.integers(2, 9), st.data())
def test_another_number_is_another_claim(
    pair: tuple[str, str], factor: int, data: st.DataObject
) -> None:
    text, quote = pair
    digits = [at for at, one in enumerate(text) if one.isdigit()]
    if digits:
        at = data.draw(st.sampled_from(digits))
        other = str((int(text[at]) + factor) % 10)
        if other != text[at]:
            assert unshown(text[:at] + other + text[at + 1 :], evidence=evidence(quote))


@pytest.mark.parametrize("name", ["headline A", "comment"])
def test_what_people_will_read_elsewhere_is_checked_too(name: str) -> None:
    assert unshown("Join us!", extras={name: "The cheapest captions in Europe"})


def test_words_on_the_screen_are_checked_and_the_rest_of_a_storyboard_is_not() -> None:
    board = "Length: 20 seconds, 5 shots\nShot 1 (0:00 to 0:03)\n  On screen: {}\n  Voice: Join us!"
    assert not unshown("Join us!", extras={"storyboard": board.format("Ready?")})
    assert unshown("Join us!", extras={"storyboard": board.format("Save 50 %")})


@pytest.mark.parametrize(
    ("alt", "blocks"),
    [
        ("Two people at a table with three laptops.", False),
        ("A stage in blue light, every seat taken.", False),
        ("A chart: sales up by 40 %.", True),
        ("A sign that says “Free tickets”.", True),
        ("Our award-winning dashboard.", True),
        ("The cheapest plan.", True),
        ("A poster for 5,000 guests.", True),
    ],
)
def test_a_description_of_a_picture_may_describe_but_not_claim(alt: str, blocks: bool) -> None:
    assert bool(unshown("Join us!", alt=[alt])) == blocks


@settings(deadline=None)
@given(st.sampled_from(["the cheapest tool", "best in class", "cures anxiety", "free for ever",
                        "number one in europe", "guaranteed results"]),
       st.sampled_from([str, str.upper, camel, lambda words: words.replace(" ", "_"),
                        lambda words: words.replace(" ", "")]))  # fmt: skip
def test_a_hashtag_may_not_claim(words, written) -> None:  # type: ignore[no-untyped-def]
    assert unshown(f"Join us! #{written(words).replace(' ', '')}")


def test_the_numbers_of_a_thread_and_of_a_list_claim_nothing() -> None:
    assert not unshown("Three questions:\n1. Who speaks?\n2. Who asks?\n3. Who writes?\n\n1/2",
                       "What else?\n\n2/2", network="x")  # fmt: skip
    assert unshown("Three questions:\n1. Who speaks?\n\n9/10", "What else?", network="x")


def test_what_is_found_says_where_and_what() -> None:
    text = "What do you think?\n\nConnectSphere costs 19 euros."
    (one,) = (one for one in found(text) if one["blocks"])
    assert text[one["start"] : one["end"]] == "ConnectSphere costs 19 euros."
    assert one["rule"] == "claim.number"


def test_claims_are_known_also_when_they_are_shown() -> None:
    known = claims.claims(post("The Team plan costs 19 euros. Join us!"), BRAND)
    assert [one.sentence.text for one in known] == ["The Team plan costs 19 euros."]


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("14 days", True),
        ("About 3 seconds", False),
        ("What the free trial includes", True),
        ("Free trial, 30 days", False),
        ("“Start a free trial”", True),
        ("How long is the free trial?", True),
        ("Want unlimited free trials?", False),
    ],
)
def test_a_heading_or_a_question_may_name_what_a_source_says(text: str, passes: bool) -> None:
    (one,) = evidence("The free trial lasts 14 days and needs no credit card.")
    one["title"], one["anchor"] = "Start a free trial", "what-the-free-trial-includes"
    assert bool(unshown(f"{text}\n\nJoin us!", evidence=[one])) != passes


def test_a_rival_that_is_named_is_a_comparison() -> None:
    facts = Facts(brand="ConnectSphere", rivals=frozenset({"Acme Live"}))
    assert unshown("Say hello to Acme Live!", facts=facts) == {"claim.comparison"}
