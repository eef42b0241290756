"""Invented sentences with what they mean (tests/data/utterances), and whether an understanding of one is right."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from milk_coach.domain.questions import intent_of
from milk_coach.domain.slot import Slots
from milk_coach.domain.time_values import parse_duration
from tools.content_source import question_tables
from tools.content_source import read_source as read

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "utterances"
SETS = {"development": ("questions", "commands"), "fresh": ("fresh",), "final": ("final",)}
"""Development: for finding kinds of sentences that are missing. Fresh: seen now and then. Final: never tuned on."""
FLAGS = frozenset({"self_harm", "baby_emergency", "fever_lump", "few_wet_diapers"})
_ACTS = {
    "log_letdown": ("LogLetdownIntent",),
    "change_log": ("ChangeLetdownIntent",),
    "undo_log": ("UndoLetdownIntent",),
    "last_letdown": ("LastLetdownIntent",),
    "count_letdowns": ("CountLetdownsIntent",),
    "average_time_to_letdown": ("TimeToLetdownIntent",),
    "usual_side": ("UsualSideIntent",),
    "start_feed": ("StartFeedIntent",),
    "stop_feed": ("StopFeedIntent",),
    "time_since_start": ("FeedTimeIntent",),
    "delete_all": ("DeleteLogIntent",),
    "send_to_phone": ("SendLogIntent",),
    "breathe": ("BreatheIntent",),
    "partner_tip": ("PartnerTipIntent",),
    "next_tip": ("NextTipIntent", "AMAZON.NextIntent"),
    "let_down_by": ("LetDownByIntent",),
    "repeat": ("AMAZON.RepeatIntent",),
    "help": ("AMAZON.HelpIntent",),
    "stop": ("AMAZON.StopIntent", "AMAZON.CancelIntent"),
    "yes": ("AMAZON.YesIntent",),
    "no": ("AMAZON.NoIntent",),
}
_SERVES_TOO = {"sources": ("SourceIntent",), "out_of_scope": ("LetDownByIntent",)}
"""Intents that are no question of a topic and still its right answer when nothing was asked before."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence, the kind of its meaning (question, flag, command or out_of_scope), and the intents that are right."""

    say: str
    kind: str
    meant: str
    right: frozenset[str]
    slots: dict[str, str] | None
    may_alarm: bool


def utterances(name: str, language: str = "en") -> list[Utterance]:
    """The sentences of a set."""
    serving = _serving(language)
    lines = [line for file in SETS[name] for line in (FOLDER / f"{file}.jsonl").read_text().splitlines()]
    return [_utterance(json.loads(line), serving) for line in lines]


def _serving(language: str) -> dict[str, frozenset[str]]:
    serving = {
        topic: frozenset({intent_of(topic), *(intent_of(topic, facet) for facet in table.get("facets", {}))})
        for topic, table in question_tables(language).items()
    }
    serving |= {topic: frozenset({intent_of(topic)}) for topic in (*FLAGS, "partner")}
    serving |= {topic: serving.get(topic, frozenset()) | set(also) for topic, also in _SERVES_TOO.items()}
    return serving


def _utterance(row: dict[str, Any], serving: dict[str, frozenset[str]]) -> Utterance:
    if "act" in row:
        slots = None if row.get("any_slots") else row["slots"]
        return Utterance(row["say"], "command", row["act"], frozenset(_ACTS[row["act"]]), slots, False)
    topics = [row["topic"], *row.get("also", ())]
    right = frozenset[str]().union(*(serving[topic] for topic in topics))
    kind = {"out_of_scope": "out_of_scope"}.get(row["topic"], "flag" if row["topic"] in FLAGS else "question")
    return Utterance(row["say"], kind, row["topic"], right, None, not FLAGS.isdisjoint(topics))


def slots_agree(wanted: dict[str, str], heard: Slots, language: str = "en") -> bool:
    """Whether the slots are all and only those that the sentence says."""
    return _wanted(wanted, language) == _heard(heard)


def _wanted(slots: dict[str, str], language: str) -> dict[str, object]:
    feelings = read(language, "slots.toml")["FEELING"]
    ids = {word: id for id, table in feelings.items() for word in (table["value"], *table["synonyms"])}
    return {name: _length(name, ids.get(value, value) if name == "feeling" else value) for name, value in slots.items()}


def _heard(slots: Slots) -> dict[str, object]:
    found = {"period" if name == "span" else name: slot for name, slot in sorted(slots.items()) if name != "half"}
    return {name: _length(name, (slot.id or slot.text).replace("_", " ")) for name, slot in found.items()}


def _length(name: str, value: str) -> str | timedelta | None:
    return parse_duration(value) if name in ("ago", "duration") else value
