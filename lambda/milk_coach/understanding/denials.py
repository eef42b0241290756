"""What a "not" does to a sentence: "I haven't had a letdown" must never be logged as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Denial:
    """A way of denying; `takes` are the intents it rules out, `gives` those that are likelier then."""

    pattern: re.Pattern[str]
    takes: frozenset[str]
    gives: tuple[str, ...]


class Denials:
    """The denials of a language, as `understanding.toml` lists them."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._denials = [
            Denial(re.compile(rf"\b(?:{'|'.join(one['patterns'])})\b"), frozenset(one["takes"]), tuple(one["gives"]))
            for one in table.values()
        ]

    def weighed(self, mended: str, likely: Mapping[str, float]) -> dict[str, float]:
        """The likelihoods with those ruled out that the sentence denies; theirs goes to what takes their place.

        mended: the sentence with its short forms written out.
        """
        weighed = dict(likely)
        for denial in self._denials:
            if denial.pattern.search(mended):
                freed = sum(weighed.pop(intent, 0.0) for intent in denial.takes)
                heirs = {intent: weighed.get(intent, 0.0) for intent in denial.gives}
                if heirs:
                    heir = max(heirs, key=lambda intent: heirs[intent])
                    weighed[heir] = heirs[heir] + freed
        return weighed
