"""Breathing to the clock: patterns, how many breaths fill a stretch of time, and the words and silences of a leg.

All times are whole milliseconds. A phase lasts from the start of its cue to the start of the next one, so its silence
is what remains of the phase once the cue is spoken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Literal

from milk_coach.domain.reply import Pause

DEFAULT_MS, SHORTEST_MS, LONGEST_MS = 60_000, 20_000, 20 * 60_000
LONGEST_BREAK_MS = 10_000
"""The platform refuses a longer break."""
MOST_STRETCH_MS = 250
"""How far a phase may be from its pattern so that whole breaths fill the time: under what anybody notices."""
USUAL_PACE, SLOWEST_PACE, _SLOWER_BY = 100, 140, 20  # per cent of a pattern's own length
REST = "rest"
_LONGEST_REST_MS = 7_000  # beyond it an easy breath is better company than silence
_SHORTEST_REST_MS = 1_000  # its cue takes most of that


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that begins a phase: "in", "hold", "out" or "rest"."""

    name: str


Part = Cue | Pause


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a breath, from the start of its cue to the start of the next."""

    cue: str
    ms: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to breathe: the phases of one breath."""

    id: str
    phases: tuple[Phase, ...]

    @property
    def breath_ms(self) -> int:
        """How long one breath takes."""
        return sum(phase.ms for phase in self.phases)

    def at_pace(self, pace: int) -> Pattern:
        """The pattern at a percentage of its own length: 120 is slower by a fifth."""
        return self.lasting(self.breath_ms * pace // 100)

    def lasting(self, ms: int) -> Pattern:
        """The pattern with a breath of this length, its phases in the same proportion."""
        return Pattern(self.id, tuple(Phase(one.cue, round(one.ms * ms / self.breath_ms)) for one in self.phases))


@dataclass(frozen=True, slots=True)
class Plan:
    """Whole breaths of a pattern, and what ends the exercise when they don't fill its time: easy breaths or a rest."""

    pattern: Pattern
    breaths: int
    ending: tuple[Phase, ...] = ()

    @property
    def ms(self) -> int:
        """How long it takes."""
        return self.breaths * self.pattern.breath_ms + sum(phase.ms for phase in self.ending)


def nearest_length(wanted: timedelta | None) -> tuple[int, Literal["too_short", "too_long"] | None]:
    """The length of an exercise in ms, to the second, and why it isn't the one wanted. None wanted: the default."""
    if wanted is None:
        return DEFAULT_MS, None
    seconds = round(wanted.total_seconds())
    if seconds * 1000 < SHORTEST_MS:
        return SHORTEST_MS, "too_short"
    return (LONGEST_MS, "too_long") if seconds * 1000 > LONGEST_MS else (seconds * 1000, None)


def slower(pattern: Pattern, pace: int) -> int | None:
    """The next slower pace, or None when no phase could be longer: one silence fits in one break."""
    wanted = pace + _SLOWER_BY
    longest = max(phase.ms for phase in pattern.at_pace(wanted).phases)
    return wanted if wanted <= SLOWEST_PACE and longest <= LONGEST_BREAK_MS else None


def plan(pattern: Pattern, ms: int, easy: Pattern) -> Plan:
    """The breaths that fill a time.

    The nearest number of whole breaths, each stretched or shortened a little; where that would take a phase more than
    MOST_STRETCH_MS from its pattern, one breath fewer and the rest of the time as `easy` breaths or in silence.
    """
    breath = pattern.breath_ms
    nearest = max(1, round(ms / breath))
    fitted = pattern.lasting(round(ms / nearest))
    whole, over = divmod(ms, breath)
    close = all(abs(a.ms - b.ms) <= MOST_STRETCH_MS for a, b in zip(fitted.phases, pattern.phases, strict=True))
    if close or (whole and over < _SHORTEST_REST_MS):
        return Plan(fitted if close else pattern.lasting(ms // whole), nearest if close else whole)
    return Plan(pattern, whole, _ending(over, easy))


def _ending(ms: int, easy: Pattern) -> tuple[Phase, ...]:
    if ms <= _LONGEST_REST_MS:
        return (Phase(REST, ms),)
    count = max(1, round(ms / easy.breath_ms))
    return easy.lasting(ms // count).phases * count


def next_leg(whole: Plan, leg_ms: int) -> Plan:
    """What of a plan is said in one response of at most `leg_ms`: all of it, or one of legs about equally long."""
    legs = ceil(whole.ms / leg_ms)
    breaths = ceil(whole.breaths / legs)
    return whole if breaths == whole.breaths else Plan(whole.pattern, breaths)


def timeline(leg: Plan, cue_ms: Mapping[str, int]) -> tuple[Part, ...]:
    """The cues of a leg and the silences between them; cue_ms: how long each cue takes to say."""
    parts: list[Part] = []
    for phase in leg.pattern.phases * leg.breaths + leg.ending:
        silence = min(phase.ms - cue_ms[phase.cue], LONGEST_BREAK_MS)
        parts += [Cue(phase.cue), Pause(silence)] if silence > 0 else [Cue(phase.cue)]
    return tuple(parts)
