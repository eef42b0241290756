"""Where a breathing exercise stands, through interruptions, and how it survives a round trip through JSON.

Times are whole milliseconds; moments are UTC, in milliseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from milk_coach.domain.breathing import LONGEST_MS, SLOWEST_PACE, USUAL_PACE, Plan
from milk_coach.domain.records import LATEST_TIME

KEPT_MS = 10 * 60_000
"""How long an exercise that was left can be carried on."""
_REACTION_MS = 3_000
"""From a listener's wish to stop until the request that tells us: it is better to breathe one breath twice."""
_LONGEST_LEG_MS = 240_000
_ROUNDING_MS = 1_000  # phases are whole milliseconds: a leg may be a little longer than what was left


@dataclass(frozen=True, slots=True)
class Leg:
    """What one response said, and may still be saying.

    at: when it was sent. lead_ms: what it says before the first cue. last: the exercise ends with it.
    """

    at: int
    lead_ms: int
    breaths: int
    breath_ms: int
    ms: int
    last: bool

    @property
    def over_at(self) -> int:
        """The moment its last phase ends."""
        return self.at + self.lead_ms + self.ms

    def breaths_by(self, now: int) -> int:
        """How many of its breaths were breathed by a moment."""
        passed = now - self.at - self.lead_ms - _REACTION_MS
        return max(0, min(self.breaths, passed // self.breath_ms))


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise under way. left_ms: what of it is still to come, its `leg` included; 0: it is over."""

    pattern: str
    total_ms: int
    left_ms: int
    pace: int = USUAL_PACE
    whispered: bool = False
    leg: Leg | None = None

    def began(self, leg: Plan, *, at: int, lead_ms: int, last: bool) -> Exercise:
        """The exercise as a leg of it is sent."""
        return replace(self, leg=Leg(at, lead_ms, leg.breaths, leg.pattern.breath_ms, leg.ms, last))

    def leg_over(self) -> Exercise:
        """The exercise once its leg was heard to the end."""
        if self.leg is None:
            return self
        return replace(self, left_ms=0 if self.leg.last else max(0, self.left_ms - self.leg.ms), leg=None)

    def interrupted(self, now: int) -> Exercise:
        """The exercise as it stands when its leg is broken off: whole breaths count, a begun one is repeated."""
        if self.leg is None:
            return self
        done = self.leg.breaths_by(now)
        if done == self.leg.breaths:
            return self.leg_over()
        return replace(self, left_ms=max(0, self.left_ms - done * self.leg.breath_ms), leg=None)

    def answered(self, now: int) -> Exercise:
        """The exercise as it stands when somebody asks for more of it.

        That answers the question at a leg's end, unless it comes clearly in the middle of the leg. (Before its first
        breath is over nobody asks for more: then the answer was typed, faster than anybody breathes.)
        """
        midway = self.leg is not None and 0 < self.leg.breaths_by(now) < self.leg.breaths
        return self.interrupted(now) if midway else self.leg_over()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON, as `read` takes it."""
        leg = self.leg
        written = {
            "pattern": self.pattern,
            "total": self.total_ms,
            "left": self.left_ms,
            "pace": self.pace,
            "whispered": self.whispered,
        }
        if leg is None:
            return written
        return {**written, "leg": [leg.at, leg.lead_ms, leg.breaths, leg.breath_ms, leg.ms, int(leg.last)]}


def read(written: object, patterns: Collection[str]) -> Exercise | None:
    """The exercise that as_json wrote; None for anything malformed or a pattern that is not among these."""
    if not isinstance(written, Mapping) or written.get("pattern") not in tuple(patterns):
        return None
    total, left, pace = written.get("total"), written.get("left"), written.get("pace")
    if not _within(total, 1, LONGEST_MS) or not _within(left, 0, total):
        return None
    if not _within(pace, USUAL_PACE, SLOWEST_PACE):
        return None
    whispered = written.get("whispered") is True
    return Exercise(str(written["pattern"]), total, left, pace, whispered, _read_leg(written.get("leg"), left))


def saved(exercise: Exercise, now: int) -> dict[str, Any]:
    """The exercise as the household keeps it: with the moment until which it lasts."""
    return {**exercise.as_json(), "saved_at": max(now, exercise.leg.over_at if exercise.leg else now)}


def fresh(written: object, now: int) -> bool:
    """Whether what was saved may still be carried on."""
    saved_at = written.get("saved_at") if isinstance(written, Mapping) else None
    return _within(saved_at, now - KEPT_MS, now + _LONGEST_LEG_MS)


def _read_leg(written: object, left: int) -> Leg | None:
    highest = (LATEST_TIME, 60_000, 1_000, 60_000, min(_LONGEST_LEG_MS, left + _ROUNDING_MS), 1)
    lowest = (0, 0, 0, 1, 1, 0)
    if not isinstance(written, list) or len(written) != len(highest):
        return None
    if not all(_within(value, low, high) for value, low, high in zip(written, lowest, highest, strict=True)):
        return None
    at, lead_ms, breaths, breath_ms, ms, last = written
    return Leg(at, lead_ms, breaths, breath_ms, ms, last == 1) if breaths * breath_ms <= ms else None


def _within(value: object, low: int, high: int) -> TypeGuard[int]:
    return type(value) is int and low <= value <= high
