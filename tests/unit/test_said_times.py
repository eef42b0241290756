"""All that a sentence says of times."""

from __future__ import annotations

from datetime import date, time
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milk_coach.domain.time_values import parse_date, parse_duration, parse_time
from milk_coach.understanding.said_clock_times import clock_times
from milk_coach.understanding.said_dates import dates
from milk_coach.understanding.said_durations import durations
from milk_coach.understanding.said_times import TimeWords, time_words
from tests.calendars import UNHURRIED

TODAY = date(2026, 11, 24)  # a Tuesday
LONG = (
    "um so last night at about half past eleven i think i had a really strong letdown on the left while i was pumping "
    "it was maybe a minute and a half in and then another one on the right twenty minutes ago"
)
WORDS = (
    "a an one two three ten twelve fifteen twenty five thirty hundred half quarter past to of and the at in minutes "
    "hour seconds ago back before morning night tonight last yesterday monday p m a.m. o'clock noon midnight 4:30 not"
)


@pytest.mark.parametrize(
    ("say", "meant"),
    [
        ("just had one", TimeWords()),
        ("twenty minutes ago not ten minutes ago", TimeWords(ago="PT20M")),
        ("not ten minutes ago twenty minutes ago", TimeWords(ago="PT20M")),
        (
            "half past three this afternoon not half past two",
            TimeWords(at="15:30", explicit_half=True, date="2026-11-24TAF"),
        ),
        (
            "last night at half past one",
            TimeWords(at="01:30", explicit_half=True, date="2026-11-23TNI", day="today"),
        ),
        (LONG, TimeWords("PT20M", "23:30", True, "2026-11-23TNI", "yesterday", "PT1M30S")),
    ],
)
def test_time_words(say: str, meant: TimeWords) -> None:
    assert time_words(say, TODAY) == meant


@UNHURRIED
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join) | st.text(max_size=40))
def test_any_words_give_values_that_parse(say: str) -> None:
    for length in durations(say):
        assert parse_duration(length.value) is not None
        assert 0 <= length.start < length.end <= len(say)
    for clock in clock_times(say, time(3, 10)):
        assert isinstance(parse_time(clock.value), time)
    for day in dates(say, TODAY):
        assert parse_date(day.value) is not None
    time_words(say, TODAY, time(3, 10))


def test_a_sentence_takes_no_time() -> None:
    def once() -> float:
        began = perf_counter()
        time_words(LONG, TODAY)
        return perf_counter() - began

    assert min(once() for _ in range(50)) < 0.002  # measured at 0.2 ms; a busy machine is given its due
