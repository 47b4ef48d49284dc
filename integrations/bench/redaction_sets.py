"""Public collections with personal data marked in them, as we measure them."""

import re
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from integrations.bench.redaction import measured as judge
from integrations.bench.redaction_rows import Kinds, Marked, Row, mapped, read_rows
from integrations.bench.redaction_spans import Finder
from integrations.bench.redaction_stock import Stock
from knowledge.language.classifier import Progress

Set = tuple[list[Row], dict[str, Kinds]]
ORDINARY = Path(__file__).parents[2] / "evals" / "ordinary.txt"
SYNTHETIC = {
    "PERSON": "PERSON", "STREET_ADDRESS": "LOCATION", "GPE": "LOCATION", "ZIP_CODE": "LOCATION",
    "PHONE_NUMBER": "PHONE", "CREDIT_CARD": "CARD",
    "EMAIL_ADDRESS": "EMAIL", "IBAN_CODE": "IBAN", "IP_ADDRESS": "IP", "ORGANIZATION": None,
    "DATE_TIME": None, "NRP": None, "AGE": None, "TITLE": None,
}  # fmt: skip
ADVERSARIAL = {
    "PERSON_NAME": ["PERSON", "SECRET"], "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE", "SOCIAL_SECURITY_NUMBER": ["ID", "PHONE"],
    "IP_ADDRESS": "IP", "MEDICAL_RECORD_NUMBER": "ID", "ORGANIZATION_NAME": None,
}  # fmt: skip
TWEETS = {"PER": "PERSON", "LOC": ["LOCATION", "HANDLE"], "ORG": None}
ACCOUNT = "ACCOUNT"  # our type for what stands behind an @ in a tweet
WANTED = {  # name: how much, and whether that is the most
    "presidio_synth F2": (0.88, False),
    "presidio_synth recall": (0.90, False),
    "names and places in tweets, recall": (0.65, False),
    "names and places in tweets, precision": (0.75, False),
    "the same without handles, recall": (0.65, False),
    "the same without handles, precision": (0.75, False),
    "adversarial rows, leaked to stock Presidio's": (0.5, True),
    "ordinary messages changed, share": (0.02, True),
    "one message searched, p50 ms": (8.0, True),
    "a hostile 4,000 characters searched, ms": (100.0, True),
}
HOSTILE = (
    "a.",
    "12 34 56 ",
    "1:1:",
    "@a",
    "word ",
    "a@",
    "1-",
    "http://a.",
    "Will May ",
    "\u200b1",
)


def measured(folder: Path | None, finder: Finder, progress: Progress) -> dict[str, float]:
    """Return what each bar came to; what needs data sets is left out without them."""
    progress("searching ordinary and hostile messages")
    found = judge(*ordinary(), finder)
    values = [
        found["false_alarms"]["share"], found["ms_per_message"]["p50"], slowest(finder)
    ]  # fmt: skip
    bars = dict(zip(list(WANTED)[-3:], values, strict=True))
    return bars | (_public(folder, finder, progress) if folder else {})


def _public(folder: Path, finder: Finder, progress: Progress) -> dict[str, float]:
    progress("searching rows with personal data, also with stock Presidio")
    stock = Stock()
    rows = judge(*synthetic(folder), finder)
    posts, names = judge(*tweets(folder), finder), judge(*tweets_without_handles(folder), finder)
    leaks = [judge(*adversarial(folder), one)["leaked_characters"] for one in (finder, stock)]
    values = [
        rows["f2"], rows["recall"], posts["recall"], posts["precision"],
        names["recall"], names["precision"], round(leaks[0] / leaks[1], 4),
    ]  # fmt: skip
    return dict(zip(list(WANTED)[:-3], values, strict=True))


def slowest(finder: Finder, length: int = 4000) -> float:
    """Return the time of the worst of messages that are made to stall a search, in ms."""
    return round(max(_ms(finder, (part * length)[:length]) for part in HOSTILE), 2)


def _ms(finder: Finder, text: str) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        finder.find(text)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def every(folder: Path) -> Iterator[tuple[str, Set]]:
    """Return each set by name."""
    yield "presidio_synth", synthetic(folder)
    yield "pii_anon_adv", adversarial(folder)
    yield "broad_twitter_ner", tweets(folder)
    yield "broad_twitter_ner without handles", tweets_without_handles(folder)
    yield "ordinary", ordinary()


def ordinary() -> Set:
    """Return support messages in which nothing is personal."""
    return [Row(text) for text in ORDINARY.read_text(encoding="utf-8").splitlines()], {}


def synthetic(folder: Path) -> Set:
    """Return generated sentences with names, addresses and numbers."""
    return _set(folder / "presidio_synth/dev.jsonl", SYNTHETIC)


def adversarial(folder: Path) -> Set:
    """Return texts that hide personal data from a search."""
    return _set(folder / "pii_anon_adv/dev.adversarial.jsonl", ADVERSARIAL)


def tweets(folder: Path) -> Set:
    """Return tweets with names, places and the accounts that are named."""
    return _set(folder / "broad_twitter_ner/dev.val.jsonl", TWEETS)


def tweets_without_handles(folder: Path) -> Set:
    """Return the tweets with nothing wanted behind an @, marked there or not."""
    rows, mapping = tweets(folder)
    return [_without_handles(row) for row in rows], mapping | {ACCOUNT: ()}


def _without_handles(row: Row) -> Row:
    """Marks are uneven here: "@ name" has one, "@name" has none."""
    places = [found.span() for found in re.finditer(r"(?<!\w)@ ?\w+", row.text)]
    kept = [one for one in row.marked if not _among(one, places)]
    accounts = [Marked(start, end, ACCOUNT) for start, end in places]
    return Row(row.text, tuple(sorted([*kept, *accounts], key=lambda one: one.start)))


def _among(one: Marked, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in places)


def _set(file: Path, types: dict[str, Any]) -> Set:
    return read_rows(file), mapped(types, str(file))
