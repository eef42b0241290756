"""Days in sentences as people speak them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milk_coach.understanding.said_dates import dates
from tests.calendars import UNHURRIED

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("say", "value", "day"),
    [
        ("yesterday", "2026-11-23", "yesterday"),
        ("today on the left", "2026-11-24", "today"),
        ("the day before yesterday", "2026-11-22", "day_before_yesterday"),
        ("last night", "2026-11-23TNI", "yesterday"),
        ("the night before last", "2026-11-22TNI", "day_before_yesterday"),
        ("yesterday afternoon", "2026-11-23TAF", "yesterday"),
        ("this morning", "2026-11-24TMO", None),
        ("this arvo", "2026-11-24TAF", None),
        ("tonight", "2026-11-24TNI", None),
        ("on monday", "2026-11-23", "monday"),
        ("on tuesday", "2026-11-24", "tuesday"),
        ("wednesday evening", "2026-11-18TEV", "wednesday"),
    ],
)
def test_dates(say: str, value: str, day: str | None) -> None:
    (span,) = dates(say, TODAY)
    assert (span.value, span.day) == (value, day)


@pytest.mark.parametrize("say", ["", "tomorrow", "the other day", "monday's child", "good morning"])
def test_no_date(say: str) -> None:
    assert dates(say, TODAY) == []


@UNHURRIED
@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001  # a calendar, not a moment
def test_a_weekday_is_within_the_last_week(now: datetime) -> None:
    for day in dates("monday tuesday wednesday thursday friday saturday sunday", now.date()):
        assert timedelta() <= now.date() - date.fromisoformat(day.value) < timedelta(days=7)
