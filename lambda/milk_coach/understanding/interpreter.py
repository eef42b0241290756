"""Free text to an intent and its slots."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from math import log

from milk_coach.content.library import question_tables, read
from milk_coach.content.safety import load_triage
from milk_coach.domain.questions import intent_of
from milk_coach.domain.slot import Slots


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a sentence means: an intent with slots, when `sure`; else the two nearest `choices`, or nothing."""

    intent: str
    slots: Slots = field(default_factory=dict)
    confidence: float = 0.0
    sure: bool = False
    choices: tuple[str, ...] = ()


class Interpreter:
    """Understands sentences of one language."""

    def __init__(self, language: str) -> None:
        self._triage = load_triage(language)
        samples = {}
        for topic, table in question_tables(language).items():
            samples[intent_of(topic)] = table["wordings"]
            for facet, own in table.get("facets", {}).items():
                samples[intent_of(topic, facet)] = own["wordings"]
        partner = read(language, "tips.toml")["partner"]
        samples["PartnerTipIntent"], samples["NextTipIntent"] = partner["wordings"], partner["next_wordings"]
        for name, table in read(language, "commands.toml").items():
            if name != "AskQuestionIntent":
                samples[name] = [re.sub(r"\{.*?\}", "", s) for s in table.get("samples", [])]
        docs = [(name, frozenset(_words(s))) for name, ss in samples.items() for s in ss]
        df: dict[str, int] = {}
        for _, ws in docs:
            for w in ws:
                df[w] = df.get(w, 0) + 1
        self._idf = {w: log(len(docs) / n) for w, n in df.items()}
        self._docs = [(n, ws, sum(self._idf[w] ** 2 for w in ws) ** 0.5) for n, ws in docs if ws]

    def interpret(self, text: str) -> Interpretation:
        """The meaning of a sentence."""
        if flag := self._triage.check(text):
            return Interpretation(intent_of(flag), confidence=1.0, sure=True)
        ws = frozenset(_words(text))
        norm = sum(self._idf.get(w, 5.0) ** 2 for w in ws) ** 0.5 or 1.0
        best: dict[str, float] = {}
        for name, doc, size in self._docs:
            s = sum(self._idf[w] ** 2 for w in ws & doc) / (norm * (size or 1.0))
            best[name] = max(best.get(name, 0.0), s)
        ranked = sorted(best, key=lambda n: -best[n])
        top = best[ranked[0]]
        return Interpretation(ranked[0], confidence=top, sure=top > 0.3, choices=tuple(ranked[:2]) if top > 0.2 else ())


def _words(text: str) -> list[str]:
    return re.sub(r"let(s)? down", r"letdown", text.lower()).split()


@cache
def load_interpreter(language: str) -> Interpreter:
    """The interpreter of a language, made once."""
    return Interpreter(language)
