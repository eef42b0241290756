"""Trains the classifier of free text from all wordings, and writes understanding/<language>.model. Reproducible."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
from milk_coach.content.library import LANGUAGES, read
from milk_coach.understanding.classifier import Model, model_file
from milk_coach.understanding.features import features, weight_of
from milk_coach.understanding.normalise import Normaliser, families
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from tools.understanding_corpus import Sample, corpus, fingerprint

MARGIN = 1.0
"""The SVM's C. Found by cross-validation over the wordings (groups: a sample and its fillings)."""
SHARPNESS = 6.5
"""What a margin is multiplied by before the softmax: by cross-validation, where the likelihood is highest."""
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


def vocabulary(found: list[list[str]]) -> dict[str, int]:
    """The features worth a row, in a fixed order."""
    counts = Counter(name for bag in found for name in bag)
    return {name: at for at, name in enumerate(sorted(name for name, count in counts.items() if count >= FEWEST))}


def trained(rows: csr_matrix, labels: list[str]) -> Any:
    """A fitted linear SVM, one against the rest."""
    return LinearSVC(C=MARGIN, random_state=0, tol=1e-3).fit(rows, labels)


def build(language: str) -> Model:
    """The model of a language."""
    samples = corpus(language)
    found = bags(samples, language)
    names = vocabulary(found)
    machine = trained(matrix(found, names), [sample.intent for sample in samples])
    weights = np.array([weight_of(name) for name in names])[:, None] * machine.coef_.T
    step = float(np.quantile(np.abs(weights).max(axis=1), 0.995)) / _BYTE
    whole = np.clip(np.rint(weights / step), -_BYTE, _BYTE).astype(np.int8)
    model = Model(
        labels=tuple(str(label) for label in machine.classes_),
        bias=tuple(float(value) * SHARPNESS for value in machine.intercept_),
        scale=round(step * SHARPNESS, 8),
        names=tuple(names),
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
