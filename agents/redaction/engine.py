"""Presidio's engine with recognisers of our own: no model to fetch, no pattern that can hang it.

Of Presidio's recognisers the ones for phones, licences, dates and health numbers call too much
personal, the one for e-mail goes to the network, the one for addresses of pages takes seconds.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine, NoOpNlpEngine

from agents.redaction.kinds import KINDS, Find, Look

ENGLISH = "en"  # Presidio wants a language; our patterns know four, and the tagger more
MOST = 300  # finds of one recogniser; a text with more is masked as a whole from there on


class Recogniser(EntityRecognizer):
    """One of our patterns, or the tagger, as Presidio knows them."""

    def __init__(self, look: Look, name: str) -> None:
        self._look = look
        super().__init__(supported_entities=list(KINDS), name=name, supported_language=ENGLISH)

    def load(self) -> None:
        """Do nothing: everything is there."""

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,
    ) -> list[RecognizerResult]:
        """Return what is found; when there is no end of it, all the rest."""
        found = list(islice(self._look(text), MOST))
        if len(found) == MOST:
            start = min(find.start for find in found)
            found.append(Find(start, len(text), "MESSAGE"))
        return [RecognizerResult(one.kind, one.start, one.end, one.score) for one in found]


def analyser(looks: Iterable[Look], nlp: NlpEngine | None = None) -> Look:
    """Build the engine; ``nlp`` brings a bigger model for names where one is installed."""
    own = [Recogniser(look, getattr(look, "__name__", type(look).__name__)) for look in looks]
    registry = RecognizerRegistry(own, supported_languages=[ENGLISH])
    presidio = AnalyzerEngine(
        registry=registry,
        nlp_engine=nlp or _nothing(),
        supported_languages=[ENGLISH],
    )

    def look(text: str) -> Iterator[Find]:
        for one in presidio.analyze(text, ENGLISH):
            if one.entity_type in KINDS:
                yield Find(one.start, one.end, one.entity_type, one.score)

    return look


def _nothing() -> NlpEngine:
    nothing = NoOpNlpEngine(models=[{"lang_code": ENGLISH, "model_name": ""}])
    nothing.load()
    return nothing
