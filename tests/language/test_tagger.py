"""Names of people and places are found, and ordinary words stay."""

from pathlib import Path

import pytest

from knowledge.language.encoder import Encoder
from knowledge.language.tagger import READ, Tagger


@pytest.fixture(scope="session")
def tagger(data: Path) -> Tagger:
    return Tagger(Encoder(data / "cache"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hi, I am Jane Roe from Berlin.", {"Jane Roe": "person", "Berlin": "place"}),
        ("thanks maria gonzales for the help", {"maria gonzales": "person"}),
        ("Bob's account is locked", {"Bob": "person"}),
        ("J. R. Smith signed it", {"J. R. Smith": "person"}),
        ("Jane's badge does not open the gate", {"Jane": "person"}),
        ("Where do I change the Team plan to yearly?", {}),
        ("it crashes on Windows 11 since Monday", {}),
        ("", {}),
    ],
)
def test_names_are_found_and_nothing_else(tagger: Tagger, text: str, named: dict[str, str]) -> None:
    assert {text[one.start : one.end]: one.label for one in tagger.found(text)} == named


def test_behind_what_is_read_every_capital_counts(tagger: Tagger) -> None:
    text = "all is well. " * (READ // 12) + "it was Zzyzx who said so"
    assert "Zzyzx" in {text[one.start : one.end] for one in tagger.found(text)}


def test_people_in_a_row_stay_apart(tagger: Tagger) -> None:
    text = "Please add Jane Roe, John Doe and Mary Major to the list."
    assert len(tagger.found(text)) == 3
