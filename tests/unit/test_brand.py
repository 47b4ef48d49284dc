"""A brand folder opens, or says file, line and field."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agents.outcomes.hours import is_open, next_opening
from knowledge.brands.brand import BrandError, load
from knowledge.language.examples import ExamplesError
from knowledge.language.examples import load as examples

INTENT = "- intent: x\n  audience: [customer]\n  about: a\n  option: o\n  examples: [a, b, c]\n"
GOOD = 'name = "Acme"\n\n[hours]\nmonday = "09:00-17:00"\n\n[[autonomy]]\nmode = "auto"\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace('"09:00-17:00"', '"nine to five"'), ":4: hours.monday: write opening hours"),
        (GOOD.replace('"09:00-17:00"', '"17:00-09:00"'), "must end after they begin"),
        (GOOD.replace('"auto"', '"always"'), ":7: autonomy.0.mode: Input should be 'auto'"),
        (GOOD.replace("name", "nane"), ":1: nane: Extra inputs are not permitted"),
        (GOOD + 'time_zone = "Mars"\n', ":8: autonomy.0.time_zone"),
        ('time_zone = "Mars"\n' + GOOD, ":1: time_zone: 'Mars' is not a time zone"),
        ("name = \n", "at line 1"),
    ],
)
def test_a_broken_brand_names_file_line_and_field(
    tmp_path: Path, text: str, complaint: str
) -> None:
    (tmp_path / "brand.toml").write_text(text)
    with pytest.raises(BrandError) as found:
        load(str(tmp_path))
    assert str(tmp_path / "brand.toml") in str(found.value)
    assert complaint in str(found.value)


def test_an_unknown_brand_lists_the_known() -> None:
    with pytest.raises(BrandError, match="connectsphere"):
        load("nowhere")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "- intent: x\n  audience: [customer]\n  about: a\n  option: o\n  examples: [a]\n",
            ":5: exam",
        ),
        ("- intent: Bad Name\n", ":1: intent"),
        (
            "- intent: x\n  audience: [robots]\n  about: a\n  option: o\n  examples: [a, b, c]\n",
            ":2: ",
        ),
        ("- intent: [\n", "line 2"),
    ],
)
def test_broken_intents_name_file_and_line(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "intents.yaml").write_text(text)
    with pytest.raises(ExamplesError) as found:
        examples(tmp_path)
    assert "intents.yaml" in str(found.value)
    assert complaint in str(found.value)


@pytest.mark.parametrize(
    ("now", "opened", "opens"),
    [
        (datetime(2026, 11, 18, 10, 0, tzinfo=UTC), True, "tomorrow at 09:00 (Europe/Berlin)"),
        (datetime(2026, 11, 18, 7, 0, tzinfo=UTC), False, "today at 09:00 (Europe/Berlin)"),
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), False, "Monday at 09:00 (Europe/Berlin)"),
    ],
)
def test_opening_hours(now: datetime, opened: bool, opens: str) -> None:
    settings = load("connectsphere").settings
    assert is_open(settings, now) is opened
    assert next_opening(settings, now) == opens
