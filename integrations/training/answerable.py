"""Learn from SQuAD 2 how signs tell an answer from a sentence that only looks like one.

Run: python -m integrations.training.answerable DATA --cache FOLDER
where DATA holds squad2/dev.passages.jsonl and squad2/dev.questions.jsonl.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from integrations.bench.shelves import filled
from knowledge.documents.confidence import WEIGHTS
from knowledge.documents.document import Document
from knowledge.documents.scope import Scope
from knowledge.documents.signs import NAMES, signs
from knowledge.language.encoder import Encoder

FOLDS = 6  # by article: no article is in both halves


def main() -> None:
    """Compute the signs of every question, fit, say how well it does, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    given = parser.parse_args()
    folder = given.data / "squad2"
    questions = list(_rows(folder / "dev.questions.jsonl"))
    found = _signs(list(_rows(folder / "dev.passages.jsonl")), questions, Encoder(given.cache))
    said = np.array([not row["is_impossible"] for row in questions])
    articles = [row["title"] for row in questions]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2000))
    tried = cross_val_predict(
        model, found, said, groups=articles, cv=GroupKFold(FOLDS), method="decision_function"
    )
    auroc = float(roc_auc_score(said, tried))
    model.fit(found, said)
    scale, fitted = model[0], model[1]
    weights = fitted.coef_[0] / scale.scale_
    bias = float(fitted.intercept_[0] - weights @ scale.mean_)
    learned = {
        "card": "Logistic regression on the development rows of SQuAD 2.0 (CC BY-SA 4.0);"
        " weights only, no text. Trained by integrations/training/answerable.py.",
        "auroc_by_article": round(auroc, 4),
        "bias": round(bias, 5),
        "weights": dict(zip(NAMES, [round(float(w), 5) for w in weights], strict=True)),
    }
    WEIGHTS.write_text(json.dumps(learned, indent=2) + "\n", encoding="utf-8")
    print(f"AUROC over {FOLDS} folds of articles: {auroc:.4f}; wrote {WEIGHTS.name}")  # noqa: T201


def _signs(passages: list[dict], questions: list[dict], encoder: Encoder) -> np.ndarray:  # type: ignore[type-arg]
    documents = [
        Document(row["id"], row["title"].replace("_", " "), row["text"], source=row["id"])
        for row in passages
    ]
    with filled(documents, encoder) as library:
        scope = Scope(date.today())
        return np.array([signs(library.search(row["text"], scope)) for row in questions])


def _rows(file: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    main()
