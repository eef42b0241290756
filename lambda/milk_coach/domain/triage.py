"""Red flags in any free text: what must be answered before anything else (facts safety.1 to safety.5).

The module knows no words. It is given rules as data (the table of `content/<language>/triage.toml`, whose head
explains the small language) and says which flag, if any, a sentence raises. Three steps: bring the sentence to plain
words, set aside the phrases known to be harmless, look for the signs in the order of severity.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

SET_ASIDE = "~"
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ′`´＇", "'"))
_NOT_A_WORD = re.compile(r"[^a-z0-9']+")


@dataclass(frozen=True)
class Words:
    """Brings a text to the plain words the rules are written in; the rules themselves pass through it too."""

    same: Mapping[tuple[str, ...], tuple[str, ...]]
    endings: Mapping[str, str]
    drop: frozenset[str]

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> "Words":
        same = {
            tuple(said.split()): tuple(meant.split()) for meant, all_said in table["same"].items() for said in all_said
        }
        return cls(same, dict(table["endings"]), frozenset(table["drop"]))

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, ...]]]:
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for said in sorted(self.same, key=len, reverse=True):
            by_first.setdefault(said[0], []).append(said)
        return by_first

    def plain(self, text: str) -> list[str]:
        """The plain words of any text; case, accents, punctuation and filler words are gone."""
        decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).lower().translate(_APOSTROPHES)
        visible = "".join(c for c in decomposed if c.isascii() or unicodedata.category(c) not in ("Mn", "Cf"))
        whole = [word.strip("'") for word in _NOT_A_WORD.sub(" ", visible).split()]
        return [
            word
            for word in self._meant([part for word in whole for part in self._parts(word)])
            if word not in self.drop
        ]

    def _parts(self, word: str) -> list[str]:
        if "'" not in word:
            return [word] if word else []
        for ending, meant in self.endings.items():
            if word.endswith(ending) and (word,) not in self.same:
                return [word.removesuffix(ending).replace("'", ""), *meant.split()]
        return [word if (word,) in self.same else word.replace("'", "")]

    def _meant(self, words: list[str]) -> Iterator[str]:
        at = 0
        while at < len(words):
            for said in self._by_first.get(words[at], ()):
                if tuple(words[at : at + len(said)]) == said:
                    yield from self.same[said]
                    at += len(said)
                    break
            else:
                yield words[at]
                at += 1


class Phrase:
    """One phrase of the rule language, compiled when it is first needed so that a cold start stays short."""

    def __init__(
        self, written: str, words: Words, groups: Mapping[str, Sequence[str]], walls: Iterable[str] = ()
    ) -> None:
        self.written = written
        self._walls = "|".join(map(re.escape, walls))
        self._pieces = list(self._read(written, words, groups))
        required = [choices for choices, optional in self._pieces if isinstance(choices, list) and not optional]
        if not required:
            raise ValueError(f"a phrase needs a word that must be said: {written!r}")
        surest = max(required, key=lambda choices: min(max(map(len, choice.split())) for choice in choices))
        #: words of which at least one stands in every text that this phrase can match
        self.anchors = frozenset(max(choice.split(), key=len) for choice in surest)

    def _read(
        self, written: str, words: Words, groups: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[list[str] | int, bool]]:
        run: list[str] = []
        for token in [*written.split(), ""]:
            if token and re.fullmatch(r"[a-z0-9'-]+", token):
                run.append(token)
                continue
            for word in words.plain(" ".join(run)):
                yield [word], False
            run.clear()
            if token.startswith(".."):
                yield int(token[2:]), True
            elif token:
                yield self._choices(token.removesuffix("?"), words, groups), token.endswith("?")

    def _choices(self, token: str, words: Words, groups: Mapping[str, Sequence[str]]) -> list[str]:
        choices: list[str] = []
        for part in token.split("|"):
            if part.startswith("<") and part[1:-1] in groups:
                for member in groups[part[1:-1]]:
                    choices += (
                        self._choices(member, words, groups) if "<" in member else [" ".join(words.plain(member))]
                    )
            elif part.startswith("<"):
                raise ValueError(f"no group named {part} in {self.written!r}")
            else:
                choices.append(" ".join(words.plain(part)))
        heard = list(dict.fromkeys(filter(None, choices)))
        if not heard:
            raise ValueError(f"only dropped words stand in a choice of {self.written!r}")
        return heard

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        between = rf" (?!(?:{self._walls}) )\S+" if self._walls else r" \S+"
        parts = []
        for piece, optional in self._pieces:
            if isinstance(piece, int):
                parts.append(f"(?:{between}){{0,{piece}}}?")
            else:
                parts.append(f" (?:{'|'.join(sorted(piece, key=len, reverse=True))})(?= )")
                parts[-1] = f"(?:{parts[-1]})?" if optional else parts[-1]
        return re.compile("".join(parts))


@dataclass(frozen=True)
class Rule:
    """One sign: any of `phrases`, with one of `near` (if there are any) at most `within` words away."""

    phrases: tuple[Phrase, ...]
    near: tuple[Phrase, ...]
    within: int
    asides: tuple[Phrase, ...]

    def found_in(self, plain: str, known: frozenset[str]) -> bool:
        likely = [phrase for phrase in self.phrases if not phrase.anchors.isdisjoint(known)]
        if not likely:
            return False
        text = set_aside(self.asides, plain, known)
        return any(self._stands(match, text) for phrase in likely for match in phrase.pattern.finditer(text))

    def _stands(self, match: re.Match[str], text: str) -> bool:
        if not self.near:
            return True
        before = text[: match.start()].split()[-self.within :]
        after = text[match.end() :].split()[: self.within]
        around = f" {' '.join(before)} | {' '.join(after)} "
        return any(phrase.pattern.search(around) for phrase in self.near)


@dataclass(frozen=True)
class RedFlag:
    """A kind of danger with its own answer; `id` is the topic and the key of the answer."""

    id: str
    rules: tuple[Rule, ...]


def set_aside(asides: Iterable[Phrase], plain: str, known: frozenset[str]) -> str:
    """Blanks every harmless phrase, so that what is left is judged without it."""
    for phrase in asides:
        if not phrase.anchors.isdisjoint(known):
            plain = phrase.pattern.sub(f" {SET_ASIDE}", plain)
    return plain


class Triage:
    """Which red flag a text raises. Deterministic, no state; `rules` is the parsed table of triage.toml.

    Raises ValueError or KeyError when the rules are malformed, never on a text.
    """

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._words = Words.from_table(rules["words"])
        self._groups: Mapping[str, Sequence[str]] = rules["groups"]
        self._walls = tuple(rules["words"]["walls"])
        self._asides = self._phrases(rules["asides"], self._walls)
        self._others = self._phrases(rules["someone_else"])
        self.flags = tuple(RedFlag(id, tuple(map(self._rule, rules[id]["rules"]))) for id in rules["order"])

    def _phrases(self, written: Iterable[str], walls: Iterable[str] = ()) -> tuple[Phrase, ...]:
        return tuple(Phrase(each, self._words, self._groups, walls) for each in written)

    def _rule(self, table: Mapping[str, Any]) -> Rule:
        return Rule(
            phrases=self._phrases(table["any"]),
            near=self._phrases(table.get("near", ())),
            within=int(table.get("within", 12)),
            asides=self._phrases(table.get("asides", ()), self._walls),
        )

    def check(self, text: str) -> str | None:
        """The id of the gravest red flag in `text`, or None."""
        words = self._words.plain(text)
        known = frozenset(words)
        plain = set_aside(self._asides, f" {' '.join(words)} ", known)
        for flag in self.flags:
            if any(rule.found_in(plain, known) for rule in flag.rules):
                return flag.id
        return None

    def about_someone_else(self, text: str) -> bool:
        """Whether the speaker tells of another adult ("my wife says she wants to die"), not of themself."""
        words = self._words.plain(text)
        known, plain = frozenset(words), f" {' '.join(words)} "
        return any(not each.anchors.isdisjoint(known) and each.pattern.search(plain) for each in self._others)
