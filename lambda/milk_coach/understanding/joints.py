"""Where one sentence holds two: "log it and how many is that today"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Joints:
    """What stands between two commands in one sentence, and how each of the two begins."""

    between: re.Pattern[str]
    begin: re.Pattern[str]

    @classmethod
    def of(cls, table: Mapping[str, list[str]]) -> Joints:
        """From `[joined]` of understanding.toml."""
        between, starts, polite = ("|".join(table[name]) for name in ("words", "starts", "polite"))
        return cls(re.compile(rf"\s(?:{between})\s"), re.compile(rf"\s*(?:(?:{polite})\s+)*(?:{starts})\b"))

    def halves(self, text: str) -> Iterator[tuple[str, str]]:
        """The ways to part a text into two that both begin like something to be done."""
        for joint in self.between.finditer(text):
            parts = text[: joint.start()], text[joint.end() :]
            if all(map(self.begin.match, parts)):
                yield parts
