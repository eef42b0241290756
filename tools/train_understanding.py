"""Trains the classifier of free text from all wordings, and writes understanding/<language>.model. Reproducible."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from milk_coach.content.library import LANGUAGES
from milk_coach.domain.questions import intent_of
from milk_coach.understanding.classifier import Model, model_file
from milk_coach.understanding.features import features, weight_of
from milk_coach.understanding.normalise import Normaliser, families
from tools.content_source import read_source as read
from tools.understanding_corpus import Sample, Vectors, corpus, fingerprint

MARGIN = 1.0
"""The SVM's C. Found by cross-validation over the wordings (groups: a sample and its fillings)."""
SHARPNESS = 6.5
"""What a margin is multiplied by before the softmax: by cross-validation, where the likelihood is highest."""
LEANING = 1.0
"""How much the word vectors count beside the features themselves; by cross-validation."""
FEWEST = 2
"""A feature seen in fewer sentences is left out."""
_BYTE = 127


def bags(samples: list[Sample], language: str) -> list[list[str]]:
    """The features of every sample."""
    table = read(language, "understanding.toml")
    normaliser, folded = Normaliser(table), families(table)
    return [features(normaliser.words(sample.text), folded) for sample in samples]


def matrix(found: list[list[str]], names: dict[str, int]) -> csr_matrix:
    """Rows of weights, each of length 1 when features that are not in `names` are counted too."""
    rows, columns, values = [], [], []
    for row, bag in enumerate(found):
        size = sum(weight_of(name) ** 2 for name in bag) ** 0.5 or 1.0
        for name in bag:
            if name in names:
                rows.append(row)
                columns.append(names[name])
                values.append(weight_of(name) / size)
    return csr_matrix((values, (rows, columns)), shape=(len(found), len(names)))


def vocabulary(found: list[list[str]], vectors: Collection[str] = ()) -> dict[str, int]:
    """The features worth a row, in a fixed order: those seen often enough, and every word that has a vector."""
    counts = Counter(name for bag in found for name in bag)
    kept = {name for name, count in counts.items() if count >= FEWEST} | set(vectors)
    return {name: at for at, name in enumerate(sorted(kept))}


def leaned(names: dict[str, int], vectors: dict[str, Any]) -> Any:
    """For each name its word vector, or zeros: rows by features, columns by the vectors' axes."""
    size = len(next(iter(vectors.values()))) if vectors else 0
    return np.array([vectors.get(name, np.zeros(size)) for name in names]) * LEANING


def trained(rows: csr_matrix, labels: list[str], leaning: Any) -> tuple[Any, Any]:
    """A linear SVM (one against the rest) on the features and the sums of their word vectors, a row for each feature.

    What it learnt of the vectors is multiplied out: a word that no sample holds gets a row all the same.
    """
    machine = LinearSVC(C=MARGIN, random_state=0, tol=1e-3).fit(hstack([rows, rows @ leaning]).tocsr(), labels)
    own = machine.coef_[:, : rows.shape[1]].T
    return machine, own + leaning @ machine.coef_[:, rows.shape[1] :].T


def labelled(language: str) -> list[Sample]:
    """The corpus, and the harmless look-alikes of red flags, each with the intent that a first training gives it."""
    samples = corpus(language)
    first = Trained.of(samples, language)
    texts = [
        text for table in read(language, "triage.toml").values() if "harmless" in table for text in table["harmless"]
    ]
    flags = {intent_of(flag) for flag in read(language, "triage.toml")["order"]}
    return samples + [Sample(first.likeliest(text, flags), text, text) for text in texts]


@dataclass(frozen=True)
class Trained:
    """A trained machine in full precision: weights by name (rows) and label (columns)."""

    labels: list[str]
    names: dict[str, int]
    weights: Any
    start: Any
    language: str

    @classmethod
    def of(cls, samples: list[Sample], language: str) -> Trained:
        """Trained on some samples."""
        vectors = Vectors.read(language)
        found = bags(samples, language)
        names = vocabulary(found, vectors)
        machine, weights = trained(matrix(found, names), [sample.intent for sample in samples], leaned(names, vectors))
        return cls([str(label) for label in machine.classes_], names, weights, machine.intercept_, language)

    def margins(self, texts: list[str]) -> Any:
        """The margins of texts (rows) for labels (columns)."""
        found = bags([Sample("", text, text) for text in texts], self.language)
        return matrix(found, self.names) @ self.weights + self.start

    def likeliest(self, text: str, but: set[str]) -> str:
        """The label with the highest margin, some excepted."""
        ranked = np.argsort(-self.margins([text])[0])
        return str(next(self.labels[at] for at in ranked if self.labels[at] not in but))


def build(language: str) -> Model:
    """The model of a language."""
    machine = Trained.of(labelled(language), language)
    weights = np.array([weight_of(name) for name in machine.names])[:, None] * machine.weights
    step = float(np.quantile(np.abs(weights).max(axis=1), 0.995)) / _BYTE
    whole = np.clip(np.rint(weights / step), -_BYTE, _BYTE).astype(np.int8)
    model = Model(
        labels=tuple(machine.labels),
        bias=tuple(float(value) * SHARPNESS for value in machine.start),
        scale=round(step * SHARPNESS, 8),
        names=tuple(machine.names),
        rows=whole.tobytes(),
        made_from=fingerprint(language),
    )
    return pruned(model, whole)


def pruned(model: Model, whole: Any, keep_from: int = 3) -> Model:
    """The model without the rows that say next to nothing."""
    telling = np.abs(whole).max(axis=1) >= keep_from
    names = tuple(name for name, keep in zip(model.names, telling, strict=True) if keep)
    return replace(model, names=names, rows=whole[telling].tobytes())


def main() -> int:
    """Write the model of every language."""
    for language in LANGUAGES:
        data = build(language).to_bytes()
        model_file(language).write_bytes(data)
        print(f"{model_file(language).name}: {len(data) / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
