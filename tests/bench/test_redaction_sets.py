"""The sets we measure with, stock Presidio, and the two columns beside each other."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from agents.redaction.kinds import Find
from integrations.bench import redaction_sets
from integrations.bench.redaction import measured
from integrations.bench.redaction_rows import Kinds, Marked, Row
from integrations.bench.redaction_stock import Stock
from integrations.cli.bench_redaction import table

ADA = Row("ask Ada", (Marked(4, 7, "NAME"),))
TYPES: dict[str, Kinds] = {"NAME": ("PERSON",)}


class Nothing:
    """Finds nothing, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, text: str) -> Sequence[Find]:
        self.asked.append(text)
        return []


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def stock() -> Stock:
    return Stock()


def test_ordinary_messages_are_many_and_different() -> None:
    rows, _ = redaction_sets.ordinary()
    assert len(rows) == len({row.text.lower() for row in rows}) == 500
    assert not [row.text for row in rows if not row.text.strip() or "@" in row.text]


def test_without_data_only_our_own_messages_are_measured() -> None:
    finder = Nothing()
    found = redaction_sets.measured(None, finder, quiet)
    assert list(found) == list(redaction_sets.WANTED)[-3:]
    assert found["ordinary messages changed, share"] == 0.0
    assert {len(text) for text in finder.asked[-3:]} == {4000}


@pytest.mark.parametrize(
    ("tokens", "tags", "wanted"),
    [
        (["@", "ada", "met", "Bob"], ["B-PER", "B-PER", "O", "B-PER"], ["Bob"]),
        (["hi", "@", "ada"], ["O", "O", "B-PER"], []),
        (["hi", "@ada", "in", "Ayr"], ["O", "O", "O", "B-LOC"], ["Ayr"]),
    ],
)
def test_tweets_without_handles(
    tmp_path: Path, tokens: list[str], tags: list[str], wanted: list[str]
) -> None:
    file = tmp_path / "broad_twitter_ner/dev.val.jsonl"
    file.parent.mkdir()
    file.write_text(json.dumps({"tokens": tokens, "tags": tags}))
    rows, mapping = redaction_sets.tweets_without_handles(tmp_path)
    kept = [rows[0].text[m.start : m.end] for m in rows[0].marked if mapping[m.type]]
    assert kept == wanted
    assert len(rows[0].marked) == len(wanted) + ("@" in rows[0].text)


def test_stock_presidio_needs_no_network(stock: Stock) -> None:
    text = "write to ada@example.com or call +44 20 7946 0958, see https://example.com/x"
    found = {find.kind: text[find.start : find.end] for find in stock.find(text)}
    assert found["EMAIL"] == "ada@example.com"
    assert found["LINK"] == "https://example.com/x"
    assert found["PHONE"].endswith("7946 0958")
    assert stock.name.startswith("presidio: ")


def test_stock_presidio_has_the_same_keys(stock: Stock) -> None:
    ours, theirs = (measured([ADA], TYPES, finder) for finder in (Nothing(), stock))
    assert list(ours) == list(theirs)


def test_two_finders_are_shown_beside_each_other() -> None:
    ours = {"recall": 0.5, "by_entity": {"CARD": {"support": 3}}, "rows": 2}
    theirs = {"engine": "presidio: no_op", "recall": None, "by_entity": {"ID": {"support": 1}}}
    lines = [line.split() for line in table({**ours, "presidio": theirs}).splitlines()]
    assert lines == [
        ["quiethand", "presidio:", "no_op"],
        ["recall", "0.5", "-"],
        ["by_entity", "CARD", "support", "3", "-"],
        ["rows", "2", "-"],
        ["by_entity", "ID", "support", "-", "1"],
    ]
    assert [line.split()[-1] for line in table(ours).splitlines()] == ["0.5", "3", "2"]
