"""Finds the values of a custom slot (a side, a feeling) in a sentence, with what is denied and what is corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from milk_coach.understanding.spans import Span


@dataclass(frozen=True, slots=True)
class NamedSpan(Span):
    """A custom slot's value, by id. negated: the words around it deny it ("not the left")."""

    negated: bool


NOT_VALUES = (
    "right now", "right away", "right after", "right before", "all right", "alright", "is that right", "that's right",
    "right time", "right person", "right thing", "turn right", "left over", "left it", "any left", "minutes left",
    "let down", "lets down", "letting down", "put down", "put it down", "put that down", "note it down",
    "write it down", "jot it down", "mark it down",
)  # fmt: skip
"""Words that hold a side's or a feeling's word and mean something else."""
_FILLERS = (
    "a|an|the|my|her|their|your|any|some|on|at|in|it|it's|with|while|from|during|using|i|we|she|was|were|is|am|are|be|been|being|that|this|"
    "really|very|so|too|quite|even|particularly|especially|much|all|feel|feels|feeling|felt|have|had|having|get|getting|got|"
    "do|did|doing|more|bit|of|actually|exactly|for|side|one"
)
_DENIERS = r"not|never|without|nor|neither|isnt|wasnt|didnt|doesnt|dont|instead of|rather than|\w+n['’]t"
_NEGATED = re.compile(rf"\b(?:{_DENIERS})(?: (?:{_FILLERS}))* $")
_NO = re.compile(r"\bno (?:(?:real|actual|more|big|such|sign of|a) )?$")
_GONE = re.compile(
    r" (?:no more|free\b|(?:is|has|was|have|had)(?: all)?(?: now)? (?:gone|stopped|passed|eased)|went away|stopped)\b"
)
_CORRECTION = re.compile(
    r"\b(?:no|sorry|i mean|i meant|actually|wait|oops|scratch that|make (?:it|that)|change|switch\w*|swap\w*|rather"
    r"|to)\b"
)


class NamedValues:
    """The values of one custom slot, found by their synonyms: whole words, the longest first."""

    def __init__(
        self, synonyms: Mapping[str, Iterable[str]], *, ignore: Iterable[str] = NOT_VALUES, no_denies: bool = True
    ) -> None:
        """synonyms: id -> what people say for it, the id's own word included only if listed.

        ignore: phrases that hold a synonym and mean something else. no_denies: "no tingling" is no tingling; False
        for a slot where "no" corrects ("no the left" is the left).
        """
        self._ids = {phrase.lower(): "" for phrase in ignore}
        self._ids |= {phrase.lower(): value for value, phrases in synonyms.items() for phrase in phrases}
        longest_first = sorted(filter(None, self._ids), key=len, reverse=True)
        words = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w'’-])(?:{words})(?![\w-])")
        self._no_denies = no_denies

    def find(self, text: str) -> list[NamedSpan]:
        """Every value in a sentence, in the order they are said, the denied ones too."""
        found, since = [], 0
        for match in self._pattern.finditer(text):
            value = self._ids[match[0]]
            if value:
                found.append(NamedSpan(value, match.start(), match.end(), self._denied(text, since, match)))
                since = match.end()
        return found

    def pick(self, text: str) -> str | None:
        """The id of the value that is meant: the first that is not denied, or the last when somebody corrects."""
        meant = [span for span in self.find(text) if not span.negated]
        if not meant:
            return None
        corrected = len(meant) > 1 and _CORRECTION.search(text, meant[0].end, meant[-1].start)
        return meant[-1 if corrected else 0].value

    def _denied(self, text: str, since: int, match: re.Match[str]) -> bool:
        before = text[since : match.start()]
        if _NEGATED.search(before) or (self._no_denies and _NO.search(before)):
            return True
        return _GONE.match(text, match.end()) is not None
