"""A sentence of the articles is shown by itself, and by nothing once it says something else."""

import re
from functools import cache
from pathlib import Path

import pytest

from knowledge.documents.document import Document
from knowledge.documents.passages import cut
from tests.drafting.sample import BRAND, evidence, post
from tools.drafting import claims

ARTICLES = Path(__file__).parents[2] / "knowledge" / "brands" / "connectsphere" / "documents"
MORE = [
    ", the fastest way",
    ", guaranteed",
    ", cheaper than others",
    " and cures stress",
    " for 9 €",
]
EACH = 5  # every fifth article is enough, and quick


@cache
def sentences() -> tuple[str, ...]:
    files = sorted(ARTICLES.glob("*.md"))[::EACH]
    articles = [Document(one.stem, one.stem, one.read_text(encoding="utf-8")) for one in files]
    found = (s.text for one in articles for passage in cut(one) for s in passage.sentences)
    whole = (one for one in found if 5 <= len(one.split()) <= 25 and one.endswith("."))
    return tuple(dict.fromkeys(whole))


@cache
def claimed() -> tuple[str, ...]:
    """Return the sentences that are more than an instruction or an advice."""
    return tuple(one for one in sentences() if claims.claims(post(one), BRAND))


def shown(text: str, quote: str) -> bool:
    return not list(claims.check(post(text, evidence=evidence(quote)), BRAND))


def test_most_sentences_of_an_article_claim_something() -> None:
    assert len(sentences()) > 300
    assert len(claimed()) > 0.75 * len(sentences())


def test_every_sentence_is_shown_by_itself() -> None:
    assert [one for one in sentences() if not shown(one, one)] == []


def test_no_sentence_is_shown_by_the_one_before() -> None:
    pairs = zip(claimed(), claimed()[1:], strict=False)
    assert [one for one, other in pairs if shown(one, other)] == []


def test_another_number_is_shown_by_nothing() -> None:
    changed = [
        (re.sub(r"\d+", lambda one: str(int(one[0]) + 7), one, count=1), one)
        for one in claimed()
        if re.search(r"(?<![\w.])\d+", one)
    ]
    assert len(changed) > 80
    assert [one for one, quote in changed if shown(one, quote)] == []


@pytest.mark.parametrize("more", MORE)
def test_a_boast_at_the_end_is_shown_by_nothing(more: str) -> None:
    changed = [(f"{one[:-1]}{more}.", one) for one in claimed()[MORE.index(more) :: 3]]
    assert [one for one, quote in changed if shown(one, quote)] == []


def test_the_opposite_is_shown_by_nothing() -> None:
    verbs = re.compile(r" (is|are|can|has|have|will) (?!not\b|no\b)")
    changed = [
        (f"{one[: verb.end()]}not {one[verb.end() :]}", one)
        for one in claimed()
        if (verb := verbs.search(one))
    ]
    assert len(changed) > 100
    assert [one for one, quote in changed if shown(one, quote)] == []
