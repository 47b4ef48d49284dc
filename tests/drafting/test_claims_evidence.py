"""A sentence of the articles is shown by itself, and by nothing once it says something else."""

import re
from pathlib import Path

import pytest

from knowledge.documents.sentences import ends, without_comments
from tests.drafting.sample import BRAND, evidence, post
from tools.drafting import claims

ARTICLES = Path(__file__).parents[2] / "knowledge" / "brands" / "connectsphere" / "documents"
LINES = re.compile(r"^[A-Z][^|#>`*\[\]]{30,400}\.$", re.MULTILINE)
MORE = [
    ", the fastest way",
    ", guaranteed",
    ", cheaper than others",
    " and cures stress",
    " for 9 €",
]


def sentences() -> list[str]:
    found = []
    for file in sorted(ARTICLES.glob("*.md")):
        for line in LINES.findall(without_comments(file.read_text(encoding="utf-8"))):
            text = line.strip()
            found += [text[start:end] for start, end in ends(text, 0, len(text))]
    return [one for one in found if 5 <= len(one.split()) <= 25 and one.endswith(".")]


SENTENCES = sentences()
CLAIMED = [one for one in SENTENCES if claims.claims(post(one), BRAND)]


def shown(text: str, quote: str) -> bool:
    return not list(claims.check(post(text, evidence=evidence(quote)), BRAND))


def test_there_is_enough_to_measure() -> None:
    assert len(CLAIMED) > 700
    assert len(CLAIMED) > 0.8 * len(SENTENCES)


def test_every_sentence_is_shown_by_itself() -> None:
    assert [one for one in SENTENCES[::3] if not shown(one, one)] == []


def test_no_sentence_is_shown_by_the_one_before() -> None:
    pairs = zip(CLAIMED[::3], CLAIMED[2::3], strict=False)
    assert [one for one, other in pairs if shown(one, other)] == []


def test_another_number_is_shown_by_nothing() -> None:
    changed = [
        (re.sub(r"\d+", lambda one: str(int(one[0]) + 7), one, count=1), one)
        for one in CLAIMED
        if re.search(r"(?<![\w.])\d+", one)
    ]
    assert len(changed) > 100
    assert [one for one, quote in changed if shown(one, quote)] == []


@pytest.mark.parametrize("more", MORE)
def test_a_boast_at_the_end_is_shown_by_nothing(more: str) -> None:
    changed = [(f"{one[:-1]}{more}.", one) for one in CLAIMED[MORE.index(more) :: 9]]
    assert [one for one, quote in changed if shown(one, quote)] == []


def test_the_opposite_is_shown_by_nothing() -> None:
    verbs = re.compile(r" (is|are|can|has|have|will) (?!not\b|no\b)")
    changed = [
        (f"{one[: verb.end()]}not {one[verb.end() :]}", one)
        for one in CLAIMED[::3]
        if (verb := verbs.search(one))
    ]
    assert len(changed) > 100
    assert [one for one, quote in changed if shown(one, quote)] == []
