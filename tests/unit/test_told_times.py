"""The facts that times are said with."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milk_coach.domain.told_times import ago_parts, clock_parts, duration_parts
from tests.calendars import CLOCKS, UNHURRIED


@pytest.mark.parametrize(
    ("minutes", "parts"),
    [
        (0.5, ("moments", 0)),
        (1, ("minute", 1)),
        (17, ("minutes", 17)),
        (20, ("minutes", 20)),
        (23, ("about_minutes", 25)),
        (30, ("half_hour", 1)),
        (58, ("hour", 1)),
        (70, ("about_hour", 1)),
        (90, ("hour_and_half", 1)),
        (97, ("about_hour_and_half", 1)),
        (150, ("hours_and_half", 2)),
        (600, ("hours", 10)),
        (620, ("about_hours", 10)),
        (1440, ("day", 1)),
        (2880, ("days", 2)),
    ],
)
def test_ago_parts(minutes: float, parts: tuple[str, int]) -> None:
    assert ago_parts(timedelta(minutes=minutes)) == parts


@UNHURRIED
@given(st.floats(1, 60 * 60))
def test_ago_parts_stay_near_the_truth(minutes: float) -> None:
    key, count = ago_parts(timedelta(minutes=minutes))
    units = {"minute": 1, "hour": 60, "day": 1440, "half_hour": 30}
    unit = next(
        size for name, size in sorted(units.items(), reverse=True) if key.removeprefix("about_").startswith(name)
    )
    said = count * unit + 30 * key.endswith("and_half")
    assert abs(said - minutes) <= max(0.5, unit / 2, 3)


@pytest.mark.parametrize(
    ("seconds", "parts"),
    [
        (0, (("seconds", 0),)),
        (1, (("second", 1),)),
        (90, (("minute_and_half", 1),)),
        (150, (("minutes_and_half", 2),)),
        (125, (("minutes", 2), ("seconds", 5))),
        (1800, (("half_hour", 1),)),
        (1830, (("minutes", 30), ("seconds", 30))),
        (5400, (("hour_and_half", 1),)),
        (4500, (("hour", 1), ("minutes", 15))),
        (-5, (("seconds", 0),)),
    ],
)
def test_duration_parts(seconds: int, parts: tuple[tuple[str, int], ...]) -> None:
    assert duration_parts(seconds) == parts


@UNHURRIED
@given(CLOCKS)
def test_clock_parts_say_the_time(at: time) -> None:
    key, values = clock_parts(datetime.combine(date(2026, 1, 1), at))
    hour, minute = int(values["hour"]) % 12, int(values["minute"])
    minutes = hour * 60 + (-minute if key.endswith("to") and not key.startswith("past") else minute)
    assert minutes % 720 == (at.hour * 60 + at.minute) % 720
