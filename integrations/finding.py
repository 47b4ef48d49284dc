"""Put the finder together: our tagger, or a bigger model for names that is installed here."""

import importlib
import os
from collections.abc import Callable, Iterator
from typing import Any

from agents.redaction.finder import Finder, Names
from integrations.settings import Settings, SettingsError
from knowledge.brands.brand import Brand
from knowledge.language.encoder import Encoder
from knowledge.language.joining import Name, Named
from knowledge.language.tagger import Tagger

LABELS: dict[str, Name] = {
    "PERSON": "person", "PER": "person",
    "GPE": "place", "LOC": "place", "FAC": "place", "LOCATION": "place", "ADDRESS": "place",
}  # fmt: skip
ASKED = ["person", "location", "address"]  # of a model that is told what to look for


class Installed:
    """A model that somebody installed, behind one function from a text to its entities."""

    def __init__(self, entities: Callable[[str], Iterator[tuple[int, int, str]]]) -> None:
        self._entities = entities

    def found(self, text: str) -> list[Named]:
        """Return the names of a text."""
        return [
            Named(start, end, LABELS[label.upper()], 1.0)
            for start, end, label in self._entities(text)
            if label.upper() in LABELS
        ]


def open_finder(settings: Settings, brand: Brand, encoder: Encoder | None = None) -> Finder:
    """Build the finder of a brand."""
    privacy = brand.settings.privacy
    return Finder(
        _names(settings, encoder),
        allowed=[brand.settings.name, *privacy.allow],
        order_patterns=privacy.orders,
    )


def _names(settings: Settings, encoder: Encoder | None) -> Names:
    if not settings.ner:
        return Tagger(encoder or Encoder(settings.cache, settings.threads))
    kind, _, model = settings.ner.partition(":")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # what is not here is not fetched
    try:
        return Installed(
            {"spacy": _spacy, "transformers": _transformers, "gliner": _gliner}[kind](model)
        )
    except ImportError as error:
        raise SettingsError(
            f"QUIETHAND_NER: {kind} is not installed; `.venv/bin/pip install {kind}`, or leave "
            "the setting out to use the built-in model."
        ) from error
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"QUIETHAND_NER: no model {model!r} here ({type(error).__name__}); install it first, "
            "nothing is downloaded by itself."
        ) from error


def _spacy(model: str) -> Callable[[str], Iterator[tuple[int, int, str]]]:
    nlp: Any = importlib.import_module("spacy").load(model)

    def entities(text: str) -> Iterator[tuple[int, int, str]]:
        for one in nlp(text).ents:
            yield one.start_char, one.end_char, one.label_

    return entities


def _transformers(model: str) -> Callable[[str], Iterator[tuple[int, int, str]]]:
    module: Any = importlib.import_module("transformers")
    tag = module.pipeline("token-classification", model=model, aggregation_strategy="simple")

    def entities(text: str) -> Iterator[tuple[int, int, str]]:
        for one in tag(text):
            yield one["start"], one["end"], one["entity_group"]

    return entities


def _gliner(model: str) -> Callable[[str], Iterator[tuple[int, int, str]]]:
    loaded: Any = importlib.import_module("gliner").GLiNER.from_pretrained(
        model, local_files_only=True
    )

    def entities(text: str) -> Iterator[tuple[int, int, str]]:
        for one in loaded.predict_entities(text, ASKED):
            yield one["start"], one["end"], one["label"]

    return entities
