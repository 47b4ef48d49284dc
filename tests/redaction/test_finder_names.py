"""What a customer says about products and languages stays; names beside them do not."""

from pathlib import Path

import pytest

from agents.redaction.finder import Finder
from knowledge.language.encoder import Encoder
from knowledge.language.tagger import Tagger


@pytest.fixture(scope="module")
def finder(data: Path) -> Finder:
    return Finder(Tagger(Encoder(data / "cache")), allowed=["ConnectSphere", "AI Assist"])


@pytest.mark.parametrize(
    "text",
    [
        "Zoom and Slack integration for Miro, Notion and Figma?",
        "can i pay with klarna or paypal",
        "Is Redis or Kafka behind it?",
        "GPT or Claude under the hood?",
        "The Xyzza plugin is outdated",
        "We use Trello and Qwibbo.",
        "Jira tickets are not linked any more",
        "Tommy Hilfiger belt",
        "Swedish krona as currency?",
        "Merhaba",
        "Hurra",
        "Hello Moderators",
        "Der Warenkorb ist leer, obwohl ich Schuhe gewählt habe.",
        "Warum ist die Schaltfläche grau?",
        "Is AI Assist part of ConnectSphere?",
        "@ConnectSphere the stream is down",
    ],
)
def test_what_names_nobody_stays(finder: Finder, text: str) -> None:
    assert finder.find(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jenny uses Figma and Zoom", {"Jenny"}),
        ("I asked on Slack, Maria.", {"Maria"}),
        ("Figma does not open for Tomasz", {"Tomasz"}),
        ("Hi Miro,", {"Miro"}),
        ("J. R. Smith signed it", {"J. R. Smith"}),
        ("Bob's account is locked", {"Bob"}),
        ("Maria", {"Maria"}),
        ("im tyler", {"tyler"}),
        ("I am Priya writing about my seat", {"Priya"}),
        ("Dr. Patel and Mrs Roe are speakers", {"Patel", "Roe"}),
        ("Ich wohne in Hamburg", {"Hamburg"}),
        ("Liebe Grüße, Torsten Weber", {"Torsten Weber"}),
    ],
)
def test_who_is_named_is_found(finder: Finder, text: str, names: set[str]) -> None:
    assert {text[one.start : one.end] for one in finder.find(text)} == names


def test_a_known_name_is_found_where_it_is_a_product_too(finder: Finder) -> None:
    text = "the Figma account of Miro"
    assert "Miro" in {text[one.start : one.end] for one in finder.find(text, known=["Miro Doe"])}
