"""Red flags in any free text: what must be answered before anything else (facts safety.1 to safety.5).

The module knows no words. It is given rules as data (the table of `content/<language>/triage.toml`) and says which
flag, if any, a sentence raises. Three steps: bring the sentence to plain words, set aside the phrases known to be
harmless, look for the signs in the order of severity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from milk_coach.domain.triage_language import Lexicon, Phrase, set_aside


@dataclass(frozen=True)
class Rule:
    """One sign: any of `phrases`, with one of `near` (if there are any) in it or at most `within` words away."""

    phrases: tuple[Phrase, ...]
    near: tuple[Phrase, ...]
    within: int
    asides: tuple[Phrase, ...]

    def found_in(self, plain: str, known: frozenset[str]) -> bool:
        """Whether the sign stands in a text of plain words; `known`: the words of the text."""
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
        around = f" {' '.join(before)}{match[0]} {' '.join(after)} "
        return any(phrase.pattern.search(around) for phrase in self.near)


@dataclass(frozen=True)
class RedFlag:
    """A kind of danger with its own answer; `id` is the topic and the key of the answer."""

    id: str
    rules: tuple[Rule, ...]


class Triage:
    """Which red flag a text raises. Deterministic, no state; `rules` is the parsed table of triage.toml.

    Raises KeyError when a table is missing, and ValueError when `phrases` or a text first needs a malformed phrase.
    """

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._lexicon = Lexicon(rules["words"], rules["groups"])
        self._walls, self._clauses = rules["words"]["walls"], rules["words"]["clauses"]
        self._asides = self._harmless(rules["asides"])
        self._someone_else = self._phrases(rules["someone_else"])
        self.flags = tuple(RedFlag(flag, tuple(map(self._rule, rules[flag]["rules"]))) for flag in rules["order"])

    def _phrases(self, written: Iterable[str]) -> tuple[Phrase, ...]:
        return tuple(Phrase(phrase, self._lexicon) for phrase in written)

    def _harmless(self, written: Iterable[str]) -> tuple[Phrase, ...]:
        return tuple(Phrase(phrase, self._lexicon, self._walls, self._clauses) for phrase in written)

    def _rule(self, table: Mapping[str, Any]) -> Rule:
        return Rule(
            phrases=self._phrases(table["any"]),
            near=self._phrases(table.get("near", ())),
            within=int(table.get("within", 12)),
            asides=self._harmless(table.get("asides", ())),
        )

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Every phrase of the rules, to prove them."""
        yield from (*self._asides, *self._someone_else)
        for rule in (rule for flag in self.flags for rule in flag.rules):
            yield from (*rule.phrases, *rule.near, *rule.asides)

    def check(self, text: str) -> str | None:
        """The id of the gravest red flag in `text`, or None."""
        plain, known = self._plain(text)
        plain = set_aside(self._asides, plain, known)
        for flag in self.flags:
            if any(rule.found_in(plain, known) for rule in flag.rules):
                return flag.id
        return None

    def about_someone_else(self, text: str) -> bool:
        """Whether the speaker tells of another adult ("my wife says she wants to die"), not of themself."""
        plain, known = self._plain(text)
        return any(not each.anchors.isdisjoint(known) and each.pattern.search(plain) for each in self._someone_else)

    def _plain(self, text: str) -> tuple[str, frozenset[str]]:
        words = self._lexicon.words.of(text)
        return f" {' '.join(words)} ", frozenset(words)
