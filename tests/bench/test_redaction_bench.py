"""Personal data found, missed and imagined is counted as a hand would count it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from agents.redaction.kinds import Find, Kind
from integrations.bench.redaction import measured
from integrations.bench.redaction_rows import (
    Marked,
    Row,
    from_tags,
    mapped,
    read_map,
    read_rows,
)
from integrations.bench.rows import BenchError

TYPES = {"NAME": "PERSON", "STREET": "LOCATION", "TEL": ["PHONE", "NUMBER"], "FIRM": None}


class Words:
    """Finds each of its words once, in the order of the text."""

    def __init__(self, words: Mapping[str, Kind] | None = None, **more: Kind) -> None:
        self.words = {**(words or {}), **more}

    def find(self, text: str) -> Sequence[Find]:
        return sorted(
            Find(text.index(word), text.index(word) + len(word), kind)
            for word, kind in self.words.items()
            if word in text
        )


def row(text: str, evasion: str = "", **marked: str) -> Row:
    spans = [
        (text.index(said), text.index(said) + len(said), type) for type, said in marked.items()
    ]
    return Row(text, tuple(Marked(*span) for span in sorted(spans)), evasion)


def judged(rows: list[Row], finder: Words, types: Mapping[str, Any] = TYPES) -> dict[str, Any]:
    return measured(rows, mapped(types, "map"), finder)


def test_the_promised_keys() -> None:
    found = judged([row("hi")], Words())
    assert list(found) == [
        "precision", "recall", "f1", "f2", "by_entity", "leaked_characters", "leaked",
        "masked_otherwise", "ms_per_message", "rows", "false_alarms",
    ]  # fmt: skip
    assert list(found["ms_per_message"]) == ["p50", "p95"]
    assert (found["precision"], found["recall"], found["leaked_characters"]) == (None, None, None)


def test_scores_by_hand() -> None:
    rows = [row("Ada met Bob", NAME="Ada"), row("ask Eve now", NAME="Eve"), row("call 55 now")]
    rows += [row("Ada here", NAME="Ada"), row("and Ada", NAME="Ada")]
    found = judged(rows, Words(Ada="PERSON", Bob="PERSON", now="LOCATION"))
    assert (found["precision"], found["recall"]) == (0.5, 0.75)
    assert (found["f1"], found["f2"]) == (0.6, 0.6818)
    assert found["by_entity"] == {
        "LOCATION": {"support": 0, "precision": 0.0, "recall": None, "f1": None, "f2": None},
        "PERSON": {"support": 4, "precision": 0.75, "recall": 0.75, "f1": 0.75, "f2": 0.75},
    }
    assert (found["leaked"], found["leaked_characters"]) == (3, 0.25)
    assert found["masked_otherwise"] == round(9 / 28, 4)
    assert found["false_alarms"] == {"rows": 1, "changed": 1, "share": 1.0}
    assert found["rows"] == 5


@pytest.mark.parametrize(
    ("find", "kind", "recall"),
    [
        ("Ada Byron", "PERSON", 1.0),
        ("Byron", "PERSON", 1.0),
        ("Ada", "PERSON", 0.0),
        ("by Ada Byron today", "PERSON", 1.0),
        ("sent by Ada Byron today", "PERSON", 0.0),
        ("Ada Byron", "LOCATION", 0.0),
    ],
)
def test_half_of_the_longer_one_must_be_shared(find: str, kind: Kind, recall: float) -> None:
    finder = Words({find: kind})
    found = judged([row("sent by Ada Byron today", NAME="Ada Byron")], finder)
    assert found["recall"] == found["precision"] == recall


def test_each_find_counts_once() -> None:
    found = judged([row("Ada and Bob", NAME="Ada", STREET="Bob")], Words({"Ada and Bob": "PERSON"}))
    assert (found["recall"], found["precision"], found["leaked"]) == (0.0, 0.0, 0)


def test_every_kind_of_a_list_is_right() -> None:
    rows = [row("dial 5550 now", TEL="5550"), row("dial 7770", TEL="7770")]
    found = judged(rows, Words({"5550": "NUMBER", "7770": "PHONE"}))
    assert found["recall"] == found["precision"] == 1.0
    assert list(found["by_entity"]) == ["PHONE"]


def test_what_is_ignored_is_neither_missed_nor_false() -> None:
    rows = [row("Acme sent it", FIRM="Acme"), row("ask Hooli", FIRM="Hooli")]
    found = judged(rows, Words(Acme="PERSON"))
    assert (found["precision"], found["recall"], found["by_entity"]) == (None, None, {})
    assert (found["masked_otherwise"], found["false_alarms"]["rows"]) == (0.0, 0)


def test_an_address_over_lines_is_one_place() -> None:
    text = "1 High St,\nOldtown"
    one = [row(text, STREET=text)]
    apart = [Row(text, (Marked(0, 9, "STREET"), Marked(11, 18, "STREET")))]
    finder = Words({"1 High St": "LOCATION", "Oldtown": "LOCATION"})
    for rows in (one, apart):
        found = judged(rows, finder)
        assert (found["by_entity"]["LOCATION"]["support"], found["precision"]) == (1, 1.0)
    whole = judged(apart, Words({text: "LOCATION"}))
    assert (whole["recall"], whole["precision"]) == (1.0, 1.0)


def test_a_number_found_in_two_kinds_is_one_number() -> None:
    found = judged([row("dial 555 777", TEL="555 777")], Words({"555": "PHONE", "777": "NUMBER"}))
    assert (found["recall"], found["precision"]) == (1.0, 1.0)


def test_joined_finds_around_a_span_find_it_and_are_still_false() -> None:
    rows = [row("at 12 Long Winding Road, Ayr", STREET="Ayr")]
    found = judged(rows, Words({"12 Long Winding Road": "LOCATION", "Ayr": "LOCATION"}))
    assert (found["recall"], found["precision"]) == (1.0, 0.0)


def test_any_kind_keeps_a_character_from_leaking() -> None:
    found = judged([row("I am A-da!", NAME="A-da!")], Words({"A-": "SECRET"}))
    assert (found["leaked"], found["leaked_characters"], found["recall"]) == (2, 0.6667, 0.0)


def test_evasions_are_told_apart() -> None:
    rows = [row("Ada", "plain", NAME="Ada"), row("A.d.a", "dotted", NAME="A.d.a")]
    assert judged(rows, Words(Ada="PERSON"))["by_evasion"] == {
        "dotted": {"recall": 0.0, "leaked_characters": 1.0},
        "plain": {"recall": 1.0, "leaked_characters": 0.0},
    }


def test_mistakes_are_told() -> None:
    told: list[str] = []
    rows = [row("nothing"), row("Ada met Bob", NAME="Ada")]
    measured(rows, mapped(TYPES, "map"), Words(Bob="PERSON"), told.append)
    assert told == ["row 2: missed PERSON 'Ada'", "row 2: false PERSON 'Bob'"]


def test_tags_become_spans() -> None:
    found = from_tags(["Ada", "Byron", "in", "Ayr"], ["B-NAME", "I-NAME", "O", "I-STREET"])
    assert found == row("Ada Byron in Ayr", NAME="Ada Byron", STREET="Ayr")
    pair = from_tags(["Ada", "Bob"], ["B-NAME", "B-NAME"]).marked
    assert [(one.start, one.end) for one in pair] == [(0, 3), (4, 7)]


def test_rows_of_both_forms_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    span = {"type": "NAME", "start": 3, "end": 6, "value": "Ada"}
    rows = [{"text": "hi Ada", "spans": [span], "adversarial_type": "plain"}]
    rows.append({"tokens": ["hi", "Ada"], "tags": ["O", "B-NAME"]})
    file.write_text("".join(json.dumps(one) + "\n" for one in rows))
    assert read_rows(file) == [row("hi Ada", "plain", NAME="Ada"), row("hi Ada", NAME="Ada")]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "{}", '{"text": "a"}', '{"text": 1, "spans": []}', '{"text": "a", "spans": [1]}',
     '{"text": "a", "spans": [{"type": "NAME", "start": 0, "end": 2}]}',
     '{"text": "a", "spans": [{"type": "NAME", "start": "0", "end": 1}]}',
     '{"tokens": ["a"], "tags": []}', '{"tokens": ["a"], "tags": ["NAME"]}',
     '{"tokens": ["a"], "tags": [0]}', '{"tokens": [1], "tags": ["O"]}',
     '{"text": "a", "spans": [{"type": "NAME", "start": 0, "end": 0.5}]}'],
)  # fmt: skip
def test_a_wrong_row_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "a", "spans": []}\n\n' + line)
    with pytest.raises(BenchError, match=r"a\.jsonl:3"):
        read_rows(tmp_path / "a.jsonl")


def test_types_that_the_map_forgot_are_named() -> None:
    rows = [row("Ada of Acme", NAME="Ada", FIRM="Acme")]
    with pytest.raises(BenchError, match="FIRM, NAME"):
        judged(rows, Words(), {"TEL": None})


@pytest.mark.parametrize("value", ["NAME", [], ["PERSON", "NAME"], 3, [["PERSON"]], {}])
def test_a_value_that_is_no_kind_is_named(tmp_path: Path, value: object) -> None:
    file = tmp_path / "map.json"
    file.write_text(json.dumps({"GOOD": "PERSON", "BAD": value}))
    with pytest.raises(BenchError, match=r"map\.json: no kind of ours: BAD: .*PERSON"):
        read_map(file)


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_map_that_is_none_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "map.json").write_text(content)
    with pytest.raises(BenchError, match=r"map\.json"):
        read_map(tmp_path / "map.json")
