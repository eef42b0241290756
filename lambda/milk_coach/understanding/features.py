"""What the classifier looks at in a sentence: its words, pairs of words, families of words and pieces of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

START, END = "<s>", "</s>"
_SHORTEST_TO_CUT = 4
_PIECES = (3, 4, 5)
PIECE_WEIGHT = 0.5


def features(words: Sequence[str], families: Mapping[str, str]) -> list[str]:
    """The features of a sentence, each once, in order of appearance."""
    return list(dict.fromkeys(_features(words, families)))


def _features(words: Sequence[str], families: Mapping[str, str]) -> Iterator[str]:
    folded = [families.get(word, word) for word in words]
    yield from words
    yield from (family for family, word in zip(folded, words, strict=True) if family != word)
    yield from _pairs([START, *words, END])
    if folded != list(words):
        yield from _pairs([START, *folded, END])
    yield from (f"{first}_{third}" for first, third in zip(folded, folded[2:], strict=False))
    for word in words:
        yield from _pieces(word)


def _pairs(words: Sequence[str]) -> Iterator[str]:
    yield from (f"{first} {second}" for first, second in pairwise(words))


def _pieces(word: str) -> Iterator[str]:
    if len(word) < _SHORTEST_TO_CUT or word.startswith("<"):
        return
    marked = f"^{word}$"
    for length in _PIECES:
        yield from (f"#{marked[at : at + length]}" for at in range(len(marked) - length + 1))


def weight_of(name: str) -> float:
    """How much a kind of feature counts in a sentence: there are many pieces of words, and few words."""
    return PIECE_WEIGHT if name.startswith("#") else 1.0
