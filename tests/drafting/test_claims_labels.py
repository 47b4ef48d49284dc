"""A machine's help is said where the brand, the law or the network asks for it."""

import pytest

from tests.drafting.sample import blocking, post, rules
from tools.drafting.check import Facts, check
from tools.drafting.counting import fits
from tools.drafting.labels import PICTURES, WORDS, is_label, labelled
from tools.drafting.networks import NETWORKS

MODEL, PICTURED = {"words_by": "model"}, {"pictures_by": "model"}
LANGUAGES = ["en", "de", "fr", "es"]


@pytest.mark.parametrize(
    ("label", "extras", "missing"),
    [
        ("always", MODEL, True),
        ("always", {}, False),
        ("law", MODEL, False),
        ("law", PICTURED, True),
        ("never", MODEL, False),
    ],
)
def test_a_label_is_missed_where_it_is_asked_for(label, extras, missing) -> None:  # type: ignore[no-untyped-def]
    found = blocking("Join us!", facts=Facts(label=label), extras=extras)
    assert ("label.missing" in found) == missing


def test_a_brand_without_labels_is_reminded_of_the_law_on_pictures() -> None:
    assert "label.law" in rules("Join us!", facts=Facts(label="never"), extras=PICTURED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("extras", [MODEL, PICTURED, MODEL | PICTURED])
def test_a_label_is_added_in_the_language_and_claims_nothing(
    language: str, extras: dict[str, str]
) -> None:
    facts = Facts(language=language, label="always")
    said = labelled(post("#LiveCaptions", extras=extras), facts)
    assert not any(one["blocks"] for one in check(said, facts))
    assert labelled(said, facts) == said


def test_a_label_that_does_not_fit_goes_into_one_more_part() -> None:
    facts = Facts(label="always")
    full = ("Join us! " * 40)[:279] + "!"
    said = labelled(post(full, network="x", extras=MODEL), facts)
    assert said["parts"] == [full, WORDS["en"]]
    assert all(fits(part, NETWORKS["x"]) for part in said["parts"])


@pytest.mark.parametrize("text", [*WORDS.values(), *PICTURES.values(), "#MadeWithAI"])
def test_labels_are_known(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize(
    "text",
    ["AI Assist writes summaries.", "Made with AI, the best tool.", "Written by us."],
)
def test_a_claim_about_ai_is_no_label(text: str) -> None:
    assert not is_label(text)
    assert "label.missing" in blocking(text, facts=Facts(label="always"), extras=MODEL)
