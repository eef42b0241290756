"""Clock times in sentences as people speak them."""

from __future__ import annotations

from datetime import time

import pytest

from milk_coach.understanding.said_clock_times import clock_times


@pytest.mark.parametrize(
    ("say", "value", "explicit"),
    [
        # the steps of the clock
        ("at a quarter to six", "05:45", False),
        ("quarter past two", "02:15", False),
        ("quarter of six", "05:45", False),
        ("quarter after two", "02:15", False),
        ("half two", "02:30", False),
        ("about half past four", "04:30", False),
        ("twenty to six", "05:40", False),
        ("ten past three", "03:10", False),
        ("had one ten past three", "03:10", False),
        ("twenty five to eleven p m", "22:35", True),
        ("seven minutes past four", "04:07", False),
        ("quarter to one", "12:45", False),
        ("ten past midnight", "00:10", True),
        ("quarter to midnight", "23:45", True),
        # hours and minutes
        ("three fifteen", "03:15", False),
        ("log one at three ten", "03:10", False),
        ("eleven thirty p m", "23:30", True),
        ("nine oh five a m", "09:05", True),
        ("three twenty two in the morning", "03:22", True),
        # hours
        ("nine o'clock", "09:00", False),
        ("nine o'clock at night", "21:00", True),
        ("at four", "04:00", False),
        ("four in the afternoon", "16:00", True),
        ("four this morning", "04:00", True),
        ("since four", "04:00", False),
        ("noon", "12:00", True),
        ("twelve noon", "12:00", True),
        ("at midnight", "00:00", True),
        # twelve
        ("twelve thirty at night", "00:30", True),
        ("twelve thirty in the afternoon", "12:30", True),
        ("twelve thirty", "12:30", False),
        ("twelve a m", "00:00", True),
        ("twelve p m", "12:00", True),
        # the half of the day, said elsewhere in the sentence
        ("this morning at quarter to six", "05:45", True),
        ("last night at half past eleven", "23:30", True),
        ("last night i had one on the left side at half past eleven", "23:30", True),
        ("last night at half one", "01:30", True),
        ("tonight at nine", "21:00", True),
        ("half nine tonight", "21:30", True),
        ("at five tonight", "05:00", False),
        ("quarter to twelve at night", "23:45", True),
        ("quarter to twelve in the morning", "11:45", True),
        ("ten to six at night", "17:50", True),
        ("at three in the arvo", "15:00", True),
        ("six in the evening", "18:00", True),
        ("at eight yesterday morning", "08:00", True),
        ("at three in the middle of the night", "03:00", True),
        # typed
        ("at 4:30", "04:30", False),
        ("at 4:30pm", "16:30", True),
        ("at 16:30", "16:30", True),
        ("at 04:30", "04:30", True),
        ("4 a.m.", "04:00", True),
        ("at 0:15", "00:15", True),
    ],
)
def test_clock_times(say: str, value: str, explicit: bool) -> None:
    (span,) = clock_times(say)
    assert (span.value, span.explicit_half) == (value, explicit)


@pytest.mark.parametrize(
    "say",
    [
        "",
        "ten minutes ago",
        "half an hour ago",
        "five to ten minutes ago",
        "log one twenty minutes ago",
        "four seven eight breathing",
        "around two letdowns",
        "two to three letdowns",
        "another one after six",
        "at one point",
        "at two weeks",
        "four",
        "left half two minutes",
        "at five past",
        "good morning",
        "one and a half hours",
        "three thirty second breaths",
    ],
)
def test_no_clock_time(say: str) -> None:
    assert clock_times(say) == []


@pytest.mark.parametrize(
    ("say", "now", "value"),
    [
        ("at five past", time(15, 10), "15:05"),
        ("at five past on the left", time(15, 3), "14:05"),
        ("at quarter to", time(15, 10), "14:45"),
        ("at half past", time(0, 10), "23:30"),
    ],
)
def test_a_step_without_its_hour_is_the_last_one(say: str, now: time, value: str) -> None:
    (span,) = clock_times(say, now)
    assert (span.value, span.explicit_half) == (value, True)
