"""Brings a sentence to the words that the classifier was trained on; the same at training and at use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

NUMBER, TIME, DAY = "<num>", "<time>", "<day>"
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u2032`\u00b4", "'"))
_NOT_A_WORD = re.compile(r"[^a-z']+")
_LONGEST = 400
"""A sentence is cut here: nobody says more in one breath, and a cost must have an end."""


class Normaliser:
    """The words of a language's `understanding.toml`, ready for use."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._slips = _by_first((said, meant) for meant, all_said in table["slips"].items() for said in all_said)
        self._short: Mapping[str, str] = table["short"]
        self._endings: Mapping[str, str] = table["endings"]
        numbers = table["numbers"]
        self._numbers, self._units = frozenset(numbers["words"]), frozenset(numbers["units"])
        self._singles, self._small = frozenset(numbers["singles"]), frozenset(numbers["small"])
        self._clock, self._days = frozenset(numbers["clock"]), frozenset(numbers["days"])

    def words(self, text: str) -> list[str]:
        """The words of a text as the classifier knows them: slips mended, short forms written out, numbers masked."""
        return self.masked(self.mended(text))

    def mended(self, text: str) -> list[str]:
        """The words with slips and short forms mended, numbers still in them."""
        return [part for word in self._unslipped(plain_words(text)) for part in self._written_out(word)]

    def masked(self, words: list[str]) -> list[str]:
        """The same words with every number and day replaced by a sign that there is one."""
        return list(self._masked(words))

    def _unslipped(self, words: list[str]) -> Iterator[str]:
        at = 0
        while at < len(words):
            for said, meant in self._slips.get(words[at], ()):
                if tuple(words[at : at + len(said)]) == said and not (
                    meant == "letdown" and _is_human(words, at, said)
                ):
                    yield meant
                    at += len(said)
                    break
            else:
                yield words[at]
                at += 1

    def _written_out(self, word: str) -> list[str]:
        if word in self._short:
            return self._short[word].split()
        if "'" not in word:
            return [word]
        for ending, meant in self._endings.items():
            if word.endswith(ending) and len(word) > len(ending):
                return [word.removesuffix(ending).replace("'", ""), meant]
        return [bare] if (bare := word.removesuffix("'s").replace("'", "")) else []

    def _masked(self, words: list[str]) -> Iterator[str]:
        at = 0
        while at < len(words):
            end = at
            while end < len(words) and self._is_number(words, end):
                end += 1
            if end > at:
                yield from self._as_number(words, at, end)
                at = end
            else:
                yield DAY if words[at] in self._days else words[at]
                at += 1

    def _is_number(self, words: list[str], at: int) -> bool:
        if words[at] in self._numbers:
            return True
        return words[at] in self._singles and at + 1 < len(words) and words[at + 1] in self._units

    def _as_number(self, words: list[str], start: int, end: int) -> Iterator[str]:
        yield NUMBER
        rest = [word for word in words[end : end + 3] if word not in ("of", "a", "an")]
        if rest and rest[0].startswith("min"):
            yield "<short>" if end - start == 1 and words[start] in self._small else "<long>"


def plain_words(text: str) -> list[str]:
    """Lower case words of letters and apostrophes only; accents, punctuation and digits are gone."""
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST]).translate(_APOSTROPHES).lower().translate(_APOSTROPHES)
    visible = "".join(c for c in decomposed if c.isascii())
    return [word for word in (w.strip("'") for w in _NOT_A_WORD.sub(" ", visible).split()) if word]


def _is_human(words: list[str], at: int, said: tuple[str, ...]) -> bool:
    """ "Let down by my sister", "feel let down": a person let somebody down, no milk did."""
    after = words[at + len(said) : at + len(said) + 1]
    before = words[max(0, at - 2) : at]
    return after == ["by"] or any(word in ("feel", "felt", "feeling", "being") for word in before[-1:])


def _by_first(pairs: Iterable[tuple[str, str]]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for said, meant in sorted(pairs, key=lambda pair: -len(pair[0])):
        words = tuple(plain_words(said))
        if words != (meant,):
            found.setdefault(words[0], []).append((words, meant))
    return found


def families(table: Mapping[str, Any]) -> dict[str, str]:
    """Every word's family, by word: "boob" -> "~breast"."""
    return {word: f"~{family}" for family, words in table["families"].items() for word in words if " " not in word}
