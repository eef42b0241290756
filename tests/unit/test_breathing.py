"""The arithmetic of the breathing exercise: breaths, silences, legs and positions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milk_coach.content.breathing import load_breathing
from milk_coach.content.phrasebook import phrasebook_for
from milk_coach.domain.breathing import (
    LONGEST_BREAK_MS,
    LONGEST_MS,
    MOST_STRETCH_MS,
    SHORTEST_MS,
    Cue,
    Pattern,
    Plan,
    nearest_length,
    next_leg,
    plan,
    slower,
    timeline,
)
from milk_coach.domain.exercise import KEPT_MS, Exercise, Leg, fresh, read, saved
from milk_coach.domain.reply import Pause, Phrase

BREATHING = load_breathing("en")
PATTERNS = BREATHING.patterns
NOW = 1_772_000_000_000
LONGEST_RESPONSE_MS, LONGEST_SSML = 200_000, 6_000

patterns = st.sampled_from(sorted(PATTERNS))
lengths = st.integers(SHORTEST_MS // 1000, LONGEST_MS // 1000).map(lambda seconds: seconds * 1000)


def paces(pattern: Pattern) -> list[int]:
    found = [100]
    while (pace := slower(pattern, found[-1])) is not None:
        found.append(pace)
    return found


def legs_of(pattern: Pattern, ms: int) -> list[Plan]:
    legs = []
    while ms > 0:
        whole = plan(pattern, ms, BREATHING.easy)
        legs.append(leg := next_leg(whole, BREATHING.leg_ms))
        ms = 0 if leg == whole else ms - leg.ms
    return legs


@pytest.mark.parametrize(
    ("wanted", "length", "reason"),
    [
        (None, 60_000, None),
        (timedelta(minutes=2), 120_000, None),
        (timedelta(seconds=20), 20_000, None),
        (timedelta(minutes=20), 1_200_000, None),
        (timedelta(0), 20_000, "too_short"),
        (timedelta(seconds=19), 20_000, "too_short"),
        (timedelta(hours=1), 1_200_000, "too_long"),
        (timedelta(days=1), 1_200_000, "too_long"),
    ],
)
def test_lengths_are_the_nearest_possible(wanted: timedelta | None, length: int, reason: str | None) -> None:
    assert nearest_length(wanted) == (length, reason)


@pytest.mark.parametrize(
    ("pattern", "seconds", "breaths", "ending"),
    [
        ("slow_exhale", 20, 2, []),
        ("slow_exhale", 60, 6, []),
        ("slow_exhale", 45, 4, [("rest", 5_000)]),
        ("box", 60, 4, []),
        ("box", 20, 1, [("rest", 4_000)]),
        ("four_seven_eight", 20, 1, [("rest", 1_000)]),
        ("four_seven_eight", 30, 1, [("in", 4_400), ("out", 6_600)]),
        ("four_seven_eight", 120, 6, [("rest", 6_000)]),
    ],
)
def test_breaths_fill_the_time(pattern: str, seconds: int, breaths: int, ending: list[tuple[str, int]]) -> None:
    found = plan(PATTERNS[pattern], seconds * 1000, BREATHING.easy)
    assert (found.breaths, [(phase.cue, phase.ms) for phase in found.ending]) == (breaths, ending)
    assert found.ms == seconds * 1000


@given(patterns, lengths)
def test_an_exercise_takes_the_time_asked_for(name: str, ms: int) -> None:
    for pace in paces(PATTERNS[name]):
        taken = sum(leg.ms for leg in legs_of(PATTERNS[name].at_pace(pace), ms))
        assert taken == pytest.approx(ms, rel=0.005)


@given(patterns, lengths)
def test_every_phase_has_the_length_it_should(name: str, ms: int) -> None:
    pattern = PATTERNS[name]
    for leg in legs_of(pattern, ms):
        for phase, wanted in zip(leg.pattern.phases, pattern.phases, strict=True):
            assert abs(phase.ms - wanted.ms) <= MOST_STRETCH_MS * 2


@given(patterns, lengths)
def test_a_leg_fits_in_one_response(name: str, ms: int) -> None:
    book = phrasebook_for("en-US")
    for pace in paces(PATTERNS[name]):
        for leg in legs_of(PATTERNS[name].at_pace(pace), ms):
            assert leg.breaths or leg.ending
            assert leg.ms <= LONGEST_RESPONSE_MS - 40_000
            parts = timeline(leg, BREATHING.cue_ms)
            said = [Phrase(f"breathing.cue.{part.name}") if isinstance(part, Cue) else part for part in parts]
            assert len(book.say(said).ssml) < LONGEST_SSML - 1_000


@given(patterns, lengths)
def test_no_break_is_longer_than_the_platform_allows(name: str, ms: int) -> None:
    for pace in paces(PATTERNS[name]):
        for leg in legs_of(PATTERNS[name].at_pace(pace), ms):
            parts = timeline(leg, BREATHING.cue_ms)
            assert all(0 < part.ms <= LONGEST_BREAK_MS for part in parts if isinstance(part, Pause))
            spoken = sum(part.ms if isinstance(part, Pause) else BREATHING.cue_ms[part.name] for part in parts)
            assert spoken == leg.ms


def test_a_silence_is_the_phase_less_its_cue() -> None:
    leg = plan(PATTERNS["slow_exhale"], 20_000, BREATHING.easy)
    first = timeline(leg, {"in": 240, "out": 260})[:4]
    assert first == (Cue("in"), Pause(3_760), Cue("out"), Pause(5_740))


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda pattern: str(pattern.id))
def test_slower_ends_before_a_phase_outgrows_its_break(pattern: Pattern) -> None:
    assert len(paces(pattern)) > 1
    assert max(phase.ms for phase in pattern.at_pace(paces(pattern)[-1]).phases) <= LONGEST_BREAK_MS


# --- where it stands --------------------------------------------------------------------------------------------------

LEG = Leg(at=NOW, lead_ms=7_000, breaths=9, breath_ms=10_000, ms=90_000, last=False)
THREE_MINUTES = Exercise("slow_exhale", 180_000, 180_000, leg=LEG)


@pytest.mark.parametrize(
    ("after_s", "left_s"),
    [(0, 180), (10, 180), (19, 180), (20, 170), (45, 150), (95, 100), (100, 90), (600, 90)],
)
def test_an_interruption_counts_whole_breaths(after_s: int, left_s: int) -> None:
    stands = THREE_MINUTES.interrupted(NOW + after_s * 1000)
    assert (stands.left_ms, stands.leg) == (left_s * 1000, None)


@pytest.mark.parametrize(("after_s", "left_s"), [(0, 90), (15, 90), (45, 150), (120, 90)])
def test_asking_for_more_answers_the_question_or_carries_on_midway(after_s: int, left_s: int) -> None:
    assert THREE_MINUTES.answered(NOW + after_s * 1000).left_ms == left_s * 1000


def test_the_last_leg_ends_the_exercise() -> None:
    last = replace(THREE_MINUTES, left_ms=90_000, leg=replace(LEG, last=True))
    assert last.leg_over().left_ms == 0
    assert last.interrupted(NOW + 40_000).left_ms == 60_000


@pytest.mark.parametrize("exercise", [THREE_MINUTES, THREE_MINUTES.leg_over(), Exercise("box", 60_000, 0, 120, True)])
def test_it_survives_json(exercise: Exercise) -> None:
    assert read(exercise.as_json(), PATTERNS) == exercise


@pytest.mark.parametrize(
    "change",
    [
        {"pattern": "holotropic"},
        {"pattern": ["box"]},
        {"total": 0},
        {"total": "60000"},
        {"total": 10**9},
        {"left": 180_001},
        {"left": -1},
        {"left": True},
        {"pace": 99},
        {"pace": 1.2},
        {"pace": None},
    ],
)
def test_what_is_malformed_counts_as_absent(change: dict[str, Any]) -> None:
    assert read({**THREE_MINUTES.as_json(), **change}, PATTERNS) is None


@pytest.mark.parametrize("leg", [[], "leg", [1] * 6, [NOW, 0, 9, 10_000, 1, 0], [NOW, 0, 9, 10_000, 90_000, "no"], {}])
def test_a_malformed_leg_counts_as_none(leg: object) -> None:
    found = read({**THREE_MINUTES.as_json(), "leg": leg}, PATTERNS)
    assert found is not None
    assert found.leg is None or found.leg.ms >= found.leg.breaths * found.leg.breath_ms


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["pattern", "total", "left", "pace", "leg"]), inner)
    ),
)


@given(json_values, st.integers(0, 2 * NOW))
def test_reading_never_raises(written: object, now: int) -> None:
    fresh(written, now)
    if found := read(written, PATTERNS):
        assert found.interrupted(now).left_ms >= 0


@pytest.mark.parametrize(("later_s", "kept"), [(0, True), (600, True), (697, True), (699, False), (3_600, False)])
def test_what_was_left_is_kept_for_ten_minutes_after_its_leg(later_s: int, kept: bool) -> None:
    assert fresh(saved(THREE_MINUTES, NOW), NOW + later_s * 1000) is kept


def test_nothing_from_the_far_future_is_kept() -> None:
    assert not fresh({**THREE_MINUTES.as_json(), "saved_at": NOW + KEPT_MS}, NOW)
