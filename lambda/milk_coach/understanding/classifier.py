"""Which intent a sentence most likely means: a linear classifier, trained offline (tools/train_understanding.py).

The model file holds one line of JSON, the names of the features, then a row of signed bytes for each feature: what it
speaks for and against every intent. Plain Python adds some hundred rows of bytes in half a millisecond, so nothing has
to be installed for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from operator import add
from pathlib import Path
from typing import Any

from milk_coach.understanding.features import features, weight_of

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model as it lies in its file.

    scale: what a score is multiplied by before the softmax; bias: a score for each label to begin with.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    names: tuple[str, ...]
    rows: bytes
    made_from: str

    def to_bytes(self) -> bytes:
        """The content of a model file."""
        names = "\n".join(self.names).encode()
        header = {
            "format": FORMAT,
            "made_from": self.made_from,
            "labels": self.labels,
            "bias": [round(value, 4) for value in self.bias],
            "scale": self.scale,
            "names": len(names),
        }
        return json.dumps(header).encode() + b"\n" + names + b"\n" + self.rows

    @classmethod
    def from_bytes(cls, data: bytes) -> Model:
        """The model in a file's content. Raises ValueError when the file is of another format."""
        end = data.index(b"\n")
        header: dict[str, Any] = json.loads(data[:end])
        if header["format"] != FORMAT:
            raise ValueError(f"model format {header['format']} is not {FORMAT}")
        rows = end + 2 + header["names"]
        names = tuple(data[end + 1 : rows - 1].decode().split("\n"))
        return cls(
            tuple(header["labels"]), tuple(header["bias"]), header["scale"], names, data[rows:], header["made_from"]
        )


def model_file(language: str) -> Path:
    """Where a language's model lies."""
    return Path(__file__).with_name(f"{language}.model")


class Classifier:
    """Scores sentences with a model."""

    def __init__(self, model: Model, families: Mapping[str, str]) -> None:
        self.labels = model.labels
        self._bias, self._scale = model.bias, model.scale
        self._row_of = {name: at for at, name in enumerate(model.names)}
        self._rows = memoryview(model.rows).cast("b")
        self._families = families

    def probabilities(self, words: Sequence[str]) -> dict[str, float]:
        """How likely each intent is, for the words of a sentence as the normaliser gives them; they add up to 1."""
        found = features(words, self._families)
        size = sum(weight_of(name) ** 2 for name in found) ** 0.5 or 1.0
        totals: list[int] = [0] * len(self.labels)
        width = len(totals)
        for name in found:
            if (at := self._row_of.get(name)) is not None:
                totals = list(map(add, totals, self._rows[at * width : (at + 1) * width]))
        scores = [self._scale * total / size + start for total, start in zip(totals, self._bias, strict=True)]
        highest = max(scores)
        shares = [exp(score - highest) for score in scores]
        whole = sum(shares)
        return {label: share / whole for label, share in zip(self.labels, shares, strict=True)}
