"""What the understanding learns from: every wording of every question, command, tip and red flag, with its intent."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from milk_coach.content.files import CONTENT
from milk_coach.domain.questions import intent_of
from tools.content_source import question_tables
from tools.content_source import read_source as read

OUT_OF_SCOPE = "AMAZON.FallbackIntent"
NOT_LEARNT = frozenset({"AskQuestionIntent", OUT_OF_SCOPE, "AMAZON.NavigateHomeIntent"})
FILES = (
    "commands.toml",
    "slots.toml",
    "out_of_scope.toml",
    "triage.toml",
    "tips.toml",
    "understanding.toml",
    "more_wordings.toml",
)
_SLOT = re.compile(r"\{(\w+)\}")
_FILLINGS = {
    "AMAZON.DURATION": ("ten minutes", "two minutes", "an hour", "half an hour", "thirty seconds", "five minutes"),
    "AMAZON.TIME": ("half past three", "nine p m", "two fifteen", "noon", "quarter to six", "four in the morning"),
    "AMAZON.DATE": ("yesterday", "today", "monday", "this morning", "last night", "this week"),
    "SIDE": ("left", "right", "both sides", "left side", "right side", "right breast"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence and its intent; `written` is the sample it was made from, slots still in it."""

    intent: str
    text: str
    written: str


class Vectors:
    """The distilled word vectors of a language: a line of JSON (the words, the size, the step), then signed bytes."""

    @staticmethod
    def file(language: str) -> Path:
        """Where the table lies."""
        return Path(__file__).parent / "data" / f"{language}.vectors"

    @classmethod
    def read(cls, language: str) -> dict[str, Any]:
        """Every word's vector; empty when there is no table, and then words that nobody wrote stay unknown."""
        if not cls.file(language).exists():
            return {}
        header, _, rows = cls.file(language).read_bytes().partition(b"\n")
        about = json.loads(header)
        table = np.frombuffer(rows, dtype=np.int8).reshape(len(about["words"]), about["size"]) * about["step"]
        return dict(zip(about["words"], table, strict=True))

    @classmethod
    def write(cls, language: str, words: list[str], table: Any) -> None:
        """Writes the table, in bytes."""
        step = float(np.quantile(np.abs(table), 0.999)) / 127
        rows = np.clip(np.rint(table / step), -127, 127).astype(np.int8)
        header = json.dumps({"size": table.shape[1], "step": round(step, 8), "words": words})
        cls.file(language).write_bytes(header.encode() + b"\n" + rows.tobytes())


def corpus(language: str) -> list[Sample]:
    """Every sample of a language, each sentence once, in a fixed order."""
    samples = dict.fromkeys(_all(language))
    return list({(s.intent, s.text): s for s in samples}.values())


def fingerprint(language: str) -> str:
    """A hash of everything that the model is made from: the content, and the code that reads a sentence."""
    understanding = CONTENT.parent / "understanding"
    content = [CONTENT / language / name for name in FILES] + sorted((CONTENT / language / "questions").glob("*.toml"))
    code = [understanding / name for name in ("normalise.py", "features.py")] + [
        Path(__file__),
        Path(__file__).with_name("train_understanding.py"),
        Vectors.file(language),
    ]
    digest = hashlib.sha256()
    for path in [*content, *code]:
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _all(language: str) -> Iterator[Sample]:
    for intent, wordings in _wordings(language):
        for wording in wordings:
            yield Sample(intent, wording, wording)
    fillings = {kind: cycle(values) for kind, values in _values(language).items()}
    commands = read(language, "commands.toml")
    more = _more(language)
    for intent, table in commands.items():
        if intent in NOT_LEARNT:
            continue
        slots = table.get("slots", {})
        for written in [*table.get("samples", ()), *more.get(intent, {}).get("samples", ())]:
            for _ in range(3 if _SLOT.search(written) else 1):
                text = _filled(written, slots, fillings)
                yield Sample(intent, text, written)


def _filled(written: str, slots: Mapping[str, str], fillings: Mapping[str, Iterator[str]]) -> str:
    """A sample with a value in place of each slot."""
    return _SLOT.sub(lambda found: next(fillings[slots[found[1]]]), written)


def _wordings(language: str) -> Iterator[tuple[str, list[str]]]:
    more = _more(language)
    for topic, table in question_tables(language).items():
        yield intent_of(topic), [*table["wordings"], *more.get(topic, {}).get("wordings", ())]
        for facet, own in table.get("facets", {}).items():
            yield intent_of(topic, facet), [*own["wordings"], *more.get(f"{topic}_{facet}", {}).get("wordings", ())]
    partner = read(language, "tips.toml")["partner"]
    yield "PartnerTipIntent", [*partner["wordings"], *more.get("partner", {}).get("wordings", ())]
    yield "NextTipIntent", [*partner["next_wordings"], *more.get("next_tip", {}).get("wordings", ())]
    triage = read(language, "triage.toml")
    for flag in triage["order"]:
        yield intent_of(flag), [*triage[flag].get("wordings", ()), *more.get(flag, {}).get("wordings", ())]
    yield (
        OUT_OF_SCOPE,
        [*read(language, "out_of_scope.toml")["wordings"], *more.get("out_of_scope", {}).get("wordings", ())],
    )


def _more(language: str) -> dict[str, dict[str, list[str]]]:
    return read(language, "more_wordings.toml") if (CONTENT / language / "more_wordings.toml").exists() else {}


def _values(language: str) -> dict[str, list[str]]:
    values = {kind: list(said) for kind, said in _FILLINGS.items()}
    for kind, table in read(language, "slots.toml").items():
        if kind not in values:
            rows = [[own["value"], *own["synonyms"]] for own in table.values()]
            longest = max(map(len, rows))
            values[kind] = [row[i] for i in range(longest) for row in rows if i < len(row)]
    return values
