"""Reads what the breathing exercise is made of: its patterns, and how long its cues take to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from milk_coach.content.files import read
from milk_coach.domain.breathing import Pattern, Phase


@dataclass(frozen=True)
class Breathing:
    """The breathing of one language.

    easy: the default pattern. leg_ms: how much of an exercise one response holds. whispering: the locales whose
    voice can whisper. cue_ms, whispered_cue_ms: how long each cue takes to say, in milliseconds.
    """

    patterns: Mapping[str, Pattern]
    easy: Pattern
    leg_ms: int
    whispering: frozenset[str]
    cue_ms: Mapping[str, int]
    whispered_cue_ms: Mapping[str, int]


@cache
def load_breathing(language: str) -> Breathing:
    """The breathing of a language ("en"). Read once."""
    written = read(language, "breathing.toml")
    durations = read(language, "cue_durations.toml")
    patterns = {name: _pattern(name, table) for name, table in written["patterns"].items()}
    return Breathing(
        patterns=patterns,
        easy=patterns[written["default"]],
        leg_ms=written["leg_seconds"] * 1000,
        whispering=frozenset(written["whispering"]),
        cue_ms=durations["normal"],
        whispered_cue_ms=durations["whispered"],
    )


def _pattern(name: str, table: Mapping[str, Any]) -> Pattern:
    return Pattern(name, tuple(Phase(phase["cue"], round(phase["seconds"] * 1000)) for phase in table["phases"]))
