"""A sentence says no more than its evidence does; a promise is noticed."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.documents.grounding import unsupported
from knowledge.language.promises import promises

QUOTE = "A first yearly payment is refunded in full within 30 days on the Starter plan."


def alike(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.ones((len(texts), 1), np.float32)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("A first yearly payment is refunded within 30 days.", ""),
        ("Within 30 days we refund a first yearly payment on Starter.", ""),
        ("A first yearly payment is refunded within 14 days.", "a number"),
        ("A first yearly payment is refunded within 30 months.", "a number"),
        ("A first yearly payment is not refunded.", "a negation"),
        ("A first yearly payment on the Platinum plan is refunded within 30 days.", "a name"),
        ("Every first yearly payment is refunded within 30 days.", "an absolute word"),
        ("A yearly payment is refunded at https://evil.example within 30 days.", "a link"),
        ("Our office dog enjoys long walks near lakes.", "other words"),
    ],
)
def test_a_sentence_is_held_against_its_evidence(sentence: str, why: str) -> None:
    assert unsupported(sentence, [QUOTE], "is a payment refunded", alike).startswith(why)
    assert bool(unsupported(sentence, [QUOTE], "is a payment refunded", alike)) is bool(why)


def test_nothing_is_said_without_evidence() -> None:
    assert unsupported("Anything.", [], "what", alike) == "no evidence"


def test_another_meaning_is_noticed() -> None:
    def apart(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(len(texts), dtype=np.float32)

    assert unsupported(QUOTE, [QUOTE], "", apart) == "another meaning"


@pytest.mark.parametrize(
    "text",
    [
        "I'll refund you today.",
        "We will call you tomorrow.",
        "Our team is going to fix this for you.",
        "I have cancelled your order.",
        "You'll hear from us.",
        "A colleague will get back to you.",
    ],
)
def test_a_promise_is_noticed(text: str) -> None:
    assert promises(f"Thank you. {text}") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The Team plan is refunded within 30 days.",
        "You can cancel the plan in the settings.",
        "I cannot promise that it will be built.",
        "The organiser will see your name.",
    ],
)
def test_a_fact_is_no_promise(text: str) -> None:
    assert promises(text) == []
