"""Which stretch of time is counted, in every zone and over every change of the clocks."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milk_coach.domain.clock import epoch_ms, from_ms
from milk_coach.domain.moments import NeedsZone, Unclear
from milk_coach.domain.windows import Window, window
from tests.calendars import CHANGES, LONDON, NEW_YORK, NOW, NOWS, UNHURRIED, ZONES, local


def stretch(now: str, period: str, zone: ZoneInfo = LONDON) -> tuple[str, str, str] | str:
    found = window(local(now, zone), zone, period)
    if not isinstance(found, Window):
        return type(found).__name__
    start, end = (f"{from_ms(ms).astimezone(zone):%m-%d %H:%M}" for ms in (found.start_ms, found.end_ms))
    return start, end, found.label_key


@pytest.mark.parametrize(
    ("now", "period", "start", "end", "label"),
    [
        (NOW, "today", "11-24 00:00", "11-25 00:00", "today"),
        (NOW, "since_midnight", "11-24 00:00", "11-25 00:00", "since_midnight"),
        (NOW, "yesterday", "11-23 00:00", "11-24 00:00", "yesterday"),
        (NOW, "last_night", "11-23 18:00", "11-24 06:00", "last_night"),
        ("2026-11-24 03:00", "last_night", "11-23 18:00", "11-24 06:00", "last_night"),
        ("2026-11-24 23:00", "last_night", "11-23 18:00", "11-24 06:00", "last_night"),
        ("2026-11-24 23:00", "tonight", "11-24 18:00", "11-25 06:00", "tonight"),
        ("2026-11-24 03:00", "tonight", "11-23 18:00", "11-24 06:00", "tonight"),
        ("2026-11-24 08:00", "tonight", "11-23 18:00", "11-24 06:00", "last_night"),
        (NOW, "this_morning", "11-24 05:00", "11-24 12:00", "this_morning"),
        ("2026-11-24 03:00", "this_morning", "11-24 00:00", "11-24 12:00", "this_morning"),
        (NOW, "this_afternoon", "11-24 12:00", "11-24 18:00", "this_afternoon"),
        ("2026-11-24 02:00", "this_afternoon", "11-23 12:00", "11-23 18:00", "this_afternoon"),
        ("2026-11-24 19:00", "this_evening", "11-24 17:00", "11-25 00:00", "this_evening"),
        ("2026-11-24 00:30", "this_evening", "11-23 17:00", "11-24 00:00", "this_evening"),
        (NOW, "this_week", "11-23 00:00", "11-30 00:00", "this_week"),
        (NOW, "last_week", "11-16 00:00", "11-23 00:00", "last_week"),
        (NOW, "this_month", "11-01 00:00", "12-01 00:00", "this_month"),
        (NOW, "last_hour", "11-24 14:20", "11-24 15:20", "last_hour"),
        (NOW, "last_twenty_four_hours", "11-23 15:20", "11-24 15:20", "last_twenty_four_hours"),
        (NOW, "last_seven_days", "11-17 15:20", "11-24 15:20", "last_seven_days"),
        (NOW, "last_thirty_days", "10-25 15:20", "11-24 15:20", "last_thirty_days"),
        (NOW, "monday", "11-23 00:00", "11-24 00:00", "monday"),
        (NOW, "tuesday", "11-17 00:00", "11-18 00:00", "tuesday"),
        (NOW, "2026-11-24", "11-24 00:00", "11-25 00:00", "today"),
        (NOW, "2026-11-23", "11-23 00:00", "11-24 00:00", "yesterday"),
        (NOW, "2026-11-20", "11-20 00:00", "11-21 00:00", "friday"),
        (NOW, "2026-11-27", "11-20 00:00", "11-21 00:00", "friday"),  # "friday" taken for the next one
        (NOW, "2026-11-25", "11-18 00:00", "11-19 00:00", "wednesday"),
        (NOW, "2026-11-01", "11-01 00:00", "11-02 00:00", "that_day"),
        (NOW, "2026-11-23TNI", "11-23 18:00", "11-24 06:00", "last_night"),
        (NOW, "2026-11-24TMO", "11-24 05:00", "11-24 12:00", "this_morning"),
        (NOW, "2026-11-23TEV", "11-23 17:00", "11-24 00:00", "yesterday_evening"),
        ("2026-11-24 02:00", "2026-11-24TNI", "11-23 18:00", "11-24 06:00", "tonight"),
        (NOW, "2026-W48", "11-23 00:00", "11-30 00:00", "this_week"),
        (NOW, "2026-W47", "11-16 00:00", "11-23 00:00", "last_week"),
        (NOW, "2026-W40", "09-28 00:00", "10-05 00:00", "that_week"),
        (NOW, "2026-W48-WE", "11-21 00:00", "11-23 00:00", "that_weekend"),
        ("2026-11-28 12:00", "2026-W48-WE", "11-28 00:00", "11-30 00:00", "this_weekend"),
        (NOW, "2026-11", "11-01 00:00", "12-01 00:00", "this_month"),
        (NOW, "2026-10", "10-01 00:00", "11-01 00:00", "month_10"),
        (NOW, "2026-12", "12-01 00:00", "01-01 00:00", "month_12"),  # December ahead means the last one
        (NOW, "2024-12", "12-01 00:00", "01-01 00:00", "that_month"),
        (NOW, "2026", "01-01 00:00", "01-01 00:00", "this_year"),
        (NOW, "2026-SU", "06-01 00:00", "09-01 00:00", "that_season"),
        (NOW, "PRESENT_REF", "11-24 00:00", "11-25 00:00", "today"),
    ],
)
def test_window(now: str, period: str, start: str, end: str, label: str) -> None:
    assert stretch(now, period) == (start, end, label)


@pytest.mark.parametrize("period", ["", "?", "someday", "202X", "this_feed", "0900-01-01", "9998-12-31"])
def test_no_window(period: str) -> None:
    assert stretch(NOW, period) == "Unclear"


def test_ever_holds_everything_up_to_now() -> None:
    assert window(local(NOW), None, "ever") == Window(0, epoch_ms(local(NOW)) + 1, "ever")


@pytest.mark.parametrize(
    ("period", "label"),
    [
        ("today", "last_twenty_four_hours"),
        ("since_midnight", "last_twenty_four_hours"),
        ("last_night", "last_twenty_four_hours"),
        ("tonight", "last_twenty_four_hours"),
        ("this_morning", "last_twenty_four_hours"),
        ("PRESENT_REF", "last_twenty_four_hours"),
        ("this_week", "last_seven_days"),
        ("last_seven_days", "last_seven_days"),
        ("this_month", "last_thirty_days"),
    ],
)
def test_without_a_zone_only_rolling_stretches(period: str, label: str) -> None:
    found = window(local(NOW), None, period)
    assert isinstance(found, Window)
    assert found.label_key == label
    assert found.start_ms < epoch_ms(local(NOW)) < found.end_ms


@pytest.mark.parametrize("period", ["yesterday", "last_week", "monday", "2026-11-24", "2026-W48", "2026-11", "2026"])
def test_without_a_zone_no_calendar(period: str) -> None:
    assert window(local(NOW), None, period) == NeedsZone()


def test_windows_over_a_change_of_the_clocks_are_as_long_as_the_day() -> None:
    hours = {"2026-03-08 12:00": 23, "2026-11-01 12:00": 25, "2026-07-01 12:00": 24}
    for now, length in hours.items():
        found = window(local(now, NEW_YORK), NEW_YORK, "today")
        assert isinstance(found, Window)
        assert found.end_ms - found.start_ms == length * 3_600_000


@UNHURRIED
@given(
    NOWS | CHANGES,
    ZONES,
    st.sampled_from(["today", "since_midnight", "this_week", "this_month", "last_seven_days", "ever"]),
)
def test_a_window_in_progress_contains_now(now: datetime, name: str, period: str) -> None:
    found = window(now, ZoneInfo(name), period)
    assert isinstance(found, Window)
    assert found.start_ms <= epoch_ms(now) < found.end_ms


@UNHURRIED
@given(NOWS | CHANGES, ZONES)
def test_yesterday_ends_where_today_begins(now: datetime, name: str) -> None:
    today, before = (window(now, ZoneInfo(name), period) for period in ("today", "yesterday"))
    assert isinstance(today, Window)
    assert isinstance(before, Window)
    assert before.end_ms == today.start_ms


@UNHURRIED
@given(NOWS | CHANGES, ZONES)
def test_last_night_has_begun_and_is_not_the_night_before_last(now: datetime, name: str) -> None:
    found = window(now, ZoneInfo(name), "last_night")
    assert isinstance(found, Window)
    hours = (epoch_ms(now) - found.start_ms) / 3_600_000
    assert 0 <= hours <= 31
    assert found.end_ms > found.start_ms


@UNHURRIED
@given(NOWS | CHANGES, st.none() | ZONES.map(ZoneInfo), st.text(max_size=12) | st.dates().map(date.isoformat))
def test_any_text_gives_a_window_or_says_why_not(now: datetime, zone: ZoneInfo | None, period: str) -> None:
    found = window(now, zone, period)
    assert isinstance(found, Window | NeedsZone | Unclear)
    if isinstance(found, Window):
        assert found.start_ms < found.end_ms
