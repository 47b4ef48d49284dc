"""Presidio as it comes: its default recognisers, and a language model only if one is installed."""

import importlib.util
import logging
from typing import TYPE_CHECKING

from agents.redaction.kinds import Find, Kind

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, RecognizerResult

MODELS = ("en_core_web_lg", "en_core_web_sm")
# Numbers of an office or a firm (US_SSN, UK_NHS, MEDICAL_LICENSE and their like) are IDs to us.
KINDS: dict[str, Kind | None] = {
    "PERSON": "PERSON", "LOCATION": "LOCATION", "PHONE_NUMBER": "PHONE", "CREDIT_CARD": "CARD",
    "EMAIL_ADDRESS": "EMAIL", "IBAN_CODE": "IBAN", "IP_ADDRESS": "IP", "MAC_ADDRESS": "IP",
    "CRYPTO": "CRYPTO", "URL": "LINK", "DATE_TIME": None, "NRP": None, "ORGANIZATION": None,
    "UUID": None,
}  # fmt: skip


class Stock:
    """Stock Presidio as a finder."""

    def __init__(self) -> None:
        model = next((name for name in MODELS if importlib.util.find_spec(name)), "")
        self.name = f"presidio: {model or 'no_op'}"
        self._engine = _engine(model)

    def find(self, text: str) -> list[Find]:
        """Return what Presidio would replace; of two finds the one that contains the other."""
        results = self._engine.analyze(text=text, language="en")
        kept: list[RecognizerResult] = []
        for one in sorted(results, key=lambda one: (one.start - one.end, -one.score)):
            if not any(other.start <= one.start and one.end <= other.end for other in kept):
                kept.append(one)
        found = []
        for one in kept:
            if kind := KINDS.get(one.entity_type, "ID"):
                found.append(Find(one.start, one.end, kind, one.score))
        return sorted(found)


def _engine(model: str) -> "AnalyzerEngine":
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)  # it names unused languages
    nlp = {
        "nlp_engine_name": "spacy" if model else "no_op",
        "models": [{"lang_code": "en", "model_name": model or "none"}],
    }
    provider = NlpEngineProvider(nlp_configuration=nlp)
    engine = AnalyzerEngine(nlp_engine=provider.create_engine())
    _offline(engine)
    return engine


def _offline(engine: "AnalyzerEngine") -> None:
    """Let its e-mail recogniser use the list of domains that tldextract ships, not fetch one."""
    from presidio_analyzer.predefined_recognizers import EmailRecognizer
    from tldextract import TLDExtract

    domains = TLDExtract(suffix_list_urls=(), cache_dir=None)

    class OfflineEmails(EmailRecognizer):
        def validate_result(self, pattern_text: str) -> bool:
            return domains(pattern_text).fqdn != ""

    engine.registry.remove_recognizer("EmailRecognizer")
    engine.registry.add_recognizer(OfflineEmails(name="EmailRecognizer"))
