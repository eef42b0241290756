"""The small language in which red flags are written: plain words, and phrases over them.

`content/<language>/triage.toml` explains it to those who write rules. The words themselves are data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

SET_ASIDE = "~"
"""Stands in a text where a harmless phrase was."""

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u2032\u0060\u00b4\uff07", "'"))
_NOT_A_WORD = re.compile(r"[^a-z0-9']+")
_WORD = re.compile(r"[a-z0-9'-]+")


class PlainWords:
    """Brings a text to the plain words that rules are written in; the rules themselves pass through it too."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """`table`: drop (words), endings (ending to words), same (meant to the ways it is said)."""
        self._drop = frozenset(table["drop"])
        self._endings: dict[str, list[str]] = {ending: meant.split() for ending, meant in table["endings"].items()}
        self._said: dict[str, list[tuple[list[str], list[str]]]] = {}
        for meant, ways in table["same"].items():
            for way in map(str.split, ways):
                self._said.setdefault(way[0], []).append((way, meant.split()))
        for entries in self._said.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def of(self, text: str) -> list[str]:
        """The plain words of any text; case, accents, punctuation and filler words are gone."""
        letters = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).lower().translate(_APOSTROPHES)
        if not letters.isascii():
            letters = "".join(c for c in letters if unicodedata.category(c) not in ("Mn", "Cf"))
        whole = (word.strip("'") for word in _NOT_A_WORD.sub(" ", letters).split())
        parts = [part for word in whole if word for part in self._parts(word)]
        return [word for word in self._meant(parts) if word not in self._drop]

    def _parts(self, word: str) -> list[str]:
        if "'" not in word or word in self._said:
            return [word]
        for ending, meant in self._endings.items():
            if word.endswith(ending):
                stem = word.removesuffix(ending).replace("'", "")
                return [stem, *meant] if stem else meant
        return [word.replace("'", "")]

    def _meant(self, words: list[str]) -> Iterator[str]:
        at = 0
        while at < len(words):
            for way, meant in self._said.get(words[at], ()):
                if words[at : at + len(way)] == way:
                    yield from meant
                    at += len(way)
                    break
            else:
                yield words[at]
                at += 1


class Lexicon:
    """The plain words and the named groups that phrases are made of."""

    def __init__(self, words: Mapping[str, Any], groups: Mapping[str, Iterable[str]]) -> None:
        self.words = PlainWords(words)
        self._groups = groups
        self._known: dict[str, tuple[str, ...]] = {}

    def choices(self, token: str) -> tuple[str, ...]:
        """What `one|other|<group>|two_words` may be, in plain words. ValueError if nothing is left of it."""
        if token not in self._known:
            choices = dict.fromkeys(choice for part in token.split("|") for choice in self._choices(part) if choice)
            if not choices:
                raise ValueError(f"nothing is heard of {token!r}: a group without a name, or only dropped words")
            self._known[token] = tuple(sorted(choices, key=len, reverse=True))
        return self._known[token]

    def _choices(self, part: str) -> Iterable[str]:
        if not part.startswith("<"):
            return [" ".join(self.words.of(part.replace("_", " ")))]
        members = (member.replace(" ", "_") for member in self._groups.get(part[1:-1], ()))
        return [choice for member in members for choice in self.choices(member)]


@dataclass(frozen=True)
class _Gap:
    """Up to `words` words in between; `across`: also words that begin another clause."""

    words: int
    across: bool


class Phrase:
    """One phrase, as a pattern over plain words; read when first needed, so that a cold start stays short.

    A malformed phrase raises ValueError then; a test of the content needs every one.
    """

    def __init__(self, written: str, lexicon: Lexicon, walls: Sequence[str] = (), clauses: Sequence[str] = ()) -> None:
        """`walls`: words that no gap runs across. `clauses`: words that begin a clause; only `...3` runs across."""
        self.written = written
        self._lexicon, self._walls, self._clauses = lexicon, walls, clauses

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Words of which at least one stands in every text that this phrase can match."""
        required = [piece for piece, optional in self._pieces if isinstance(piece, tuple) and not optional]
        surest = max(required, key=lambda choices: min(max(map(len, choice.split())) for choice in choices))
        return frozenset(max(choice.split(), key=len) for choice in surest)

    @cached_property
    def _pieces(self) -> list[tuple[tuple[str, ...] | _Gap, bool]]:
        pieces = list(self._read())
        if all(optional for _, optional in pieces) or isinstance(pieces[0][0], _Gap):
            raise ValueError(f"a phrase starts with a word, and some word must be said: {self.written!r}")
        return pieces

    def _read(self) -> Iterator[tuple[tuple[str, ...] | _Gap, bool]]:
        run: list[str] = []
        for token in [*self.written.split(), ""]:
            if _WORD.fullmatch(token):
                run.append(token)
                continue
            for word in self._lexicon.words.of(" ".join(run)):
                yield (word,), False
            run.clear()
            if token.startswith(".."):
                yield _Gap(int(token.lstrip(".")), token.startswith("...")), True
            elif token:
                yield self._lexicon.choices(token.removesuffix("?")), token.endswith("?")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches in a text of plain words with a space before and after each."""
        return re.compile("".join(self._regex(piece, optional) for piece, optional in self._pieces))

    def _regex(self, piece: tuple[str, ...] | _Gap, optional: bool) -> str:
        if isinstance(piece, _Gap):
            stops = "|".join(self._walls if piece.across else (*self._walls, *self._clauses))
            return f"(?: {f'(?!(?:{stops}) )' if stops else ''}\\S+){{0,{piece.words}}}?"
        said = f" (?:{'|'.join(piece)})(?= )"
        return f"(?:{said})?" if optional else said


def set_aside(asides: Iterable[Phrase], plain: str, known: frozenset[str]) -> str:
    """Blanks every harmless phrase, so that what is left is judged without it. `known`: the words of the text."""
    for phrase in asides:
        if not phrase.anchors.isdisjoint(known):
            plain = phrase.pattern.sub(f" {SET_ASIDE}", plain)
    return plain
