"""When a letdown was, in every zone and over every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milk_coach.domain.moments import OLDEST, InFuture, Known, Moment, NeedsZone, TooLongAgo, Unclear, moment
from milk_coach.domain.time_values import DayPart
from tests.calendars import CHANGES, CLOCKS, LONDON, NEW_YORK, NOW, NOWS, UNHURRIED, ZONES, local


def when(found: Moment, zone: ZoneInfo = LONDON) -> str:
    return f"{found.at_utc.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(found, Known) else type(found).__name__


@pytest.mark.parametrize(
    ("now", "ago", "at", "day", "explicit", "meant"),
    [
        # nothing said is now
        (NOW, None, None, None, False, "2026-11-24 15:20"),
        (NOW, None, None, "PRESENT_REF", False, "2026-11-24 15:20"),
        # ago
        (NOW, "PT10M", None, None, False, "2026-11-24 15:10"),
        (NOW, "PT1H30M", "03:00", None, False, "2026-11-24 13:50"),
        (NOW, "P2D", None, None, False, "2026-11-22 15:20"),
        (NOW, "PT48H1M", None, None, False, "TooLongAgo"),
        (NOW, "P9999Y", None, None, False, "TooLongAgo"),
        (NOW, "?", None, None, False, "Unclear"),
        # either half of the day: the nearest past one
        (NOW, None, "04:30", None, False, "2026-11-24 04:30"),
        (NOW, None, "03:10", None, False, "2026-11-24 15:10"),
        (NOW, None, "03:30", None, False, "2026-11-24 03:30"),
        ("2026-11-24 02:00", None, "11:30", None, False, "2026-11-23 23:30"),
        ("2026-11-24 02:00", None, "12:30", None, False, "2026-11-24 00:30"),
        ("2026-11-24 14:00", None, "12:30", None, False, "2026-11-24 12:30"),
        # one half: still to come today means yesterday
        (NOW, None, "03:30", None, True, "2026-11-24 03:30"),
        (NOW, None, "16:30", None, True, "2026-11-23 16:30"),
        (NOW, None, "16:30", None, False, "2026-11-23 16:30"),
        ("2026-11-24 02:00", None, "04:30", None, True, "2026-11-23 04:30"),
        (NOW, None, "00:00", None, False, "2026-11-24 00:00"),
        ("2026-11-24 00:00", None, "00:00", None, True, "2026-11-24 00:00"),
        # said while the clock is about to show it
        ("2026-11-24 15:19:30", None, "15:20", None, True, "2026-11-24 15:19"),
        # with a day
        (NOW, None, "11:30", "2026-11-23", False, "2026-11-23 23:30"),
        (NOW, None, "11:30", "2026-11-23", True, "2026-11-23 11:30"),
        (NOW, None, "16:30", "2026-11-24", True, "InFuture"),
        (NOW, None, "15:10", "2026-11-22", True, "TooLongAgo"),
        (NOW, None, "15:30", "2026-11-22", True, "2026-11-22 15:30"),
        (NOW, None, "10:00", "2026-11-25", True, "InFuture"),
        (NOW, None, "10:00", "2026-11-30", True, "2026-11-23 10:00"),  # "monday" taken for the next one
        (NOW, None, "10:00", "1914-01-01", True, "TooLongAgo"),
        (NOW, None, "10:00", "0001-01-01", True, "TooLongAgo"),
        (NOW, None, "10:00", "9998-12-31", True, "InFuture"),
        # nights
        (NOW, None, "11:30", "2026-11-23TNI", False, "2026-11-23 23:30"),
        (NOW, None, "02:00", "2026-11-23TNI", False, "2026-11-24 02:00"),
        (NOW, None, "02:00", "2026-11-23TNI", True, "2026-11-24 02:00"),
        (NOW, None, "17:00", "2026-11-23TNI", True, "2026-11-23 17:00"),
        ("2026-11-24 02:00", None, "23:00", "2026-11-23TNI", True, "2026-11-23 23:00"),
        ("2026-11-24 02:00", None, "04:00", "2026-11-23TNI", True, "2026-11-23 04:00"),
        ("2026-11-24 02:00", None, "09:00", "2026-11-24TNI", False, "2026-11-23 21:00"),
        (NOW, None, "21:00", "2026-11-24TNI", True, "InFuture"),
        # other parts of the day
        (NOW, None, "06:00", "2026-11-24TMO", False, "2026-11-24 06:00"),
        (NOW, None, "02:00", "2026-11-23TAF", False, "2026-11-23 14:00"),
        (NOW, None, "MO", None, False, "2026-11-24 08:30"),
        (NOW, None, "NI", None, False, "2026-11-24 00:00"),
        (NOW, None, "EV", None, False, "2026-11-23 20:30"),
        (NOW, None, "AF", "2026-11-24", False, "2026-11-24 13:40"),
        (NOW, None, "EV", "2026-11-24", False, "InFuture"),
        (NOW, None, "MO", "2026-11-21", False, "TooLongAgo"),
        (NOW, None, "MO", "1914-01-01", False, "TooLongAgo"),
        (NOW, None, None, "2026-11-23TNI", False, "2026-11-24 00:00"),
        ("2026-11-24 02:00", None, "NI", "2026-11-24", False, "2026-11-23 22:00"),
        # no time at all
        (NOW, None, None, "2026-11-24", False, "Unclear"),
        (NOW, None, "10:00", "2026-W48", False, "Unclear"),
        (NOW, None, "half four", None, False, "Unclear"),
        (NOW, None, "10:00", "someday", False, "Unclear"),
    ],
)
def test_moment(now: str, ago: str | None, at: str | None, day: str | None, explicit: bool, meant: str) -> None:
    assert when(moment(local(now), LONDON, ago, at, day, explicit_half=explicit)) == meant


def test_only_a_part_of_the_day_is_marked() -> None:
    found = moment(local(NOW), LONDON, at="MO")
    assert isinstance(found, Known)
    assert found.part is DayPart.MORNING


@pytest.mark.parametrize(("at", "day"), [("15:10", None), (None, "2026-11-24"), ("MO", None), ("MO", "2026-11-24")])
def test_clock_time_or_day_needs_the_zone(at: str | None, day: str | None) -> None:
    assert moment(local(NOW), None, at=at, date=day) == NeedsZone()


def test_relative_times_need_no_zone() -> None:
    assert moment(local(NOW), None, "PT10M") == Known(local(NOW) - timedelta(minutes=10))
    assert moment(local(NOW), None, date="PRESENT_REF") == Known(local(NOW))
    assert moment(local(NOW), None, at="nonsense") == Unclear()


@pytest.mark.parametrize(
    ("now", "at", "meant"),
    [
        ("2026-03-08 09:00", "02:30", "2026-03-08 03:30"),  # does not exist: moved forward
        ("2026-03-08 03:10", "02:30", "2026-03-07 02:30"),  # moved forward it has not come yet
        ("2026-11-01 09:00", "01:30", "2026-11-01 01:30"),
        ("2026-11-02 01:10", "01:30", "2026-11-01 01:30"),
    ],
)
def test_change_of_the_clocks(now: str, at: str, meant: str) -> None:
    assert when(moment(local(now, NEW_YORK), NEW_YORK, at=at, explicit_half=True), NEW_YORK) == meant


def test_a_time_shown_twice_is_the_latest_past_one() -> None:
    first, second = datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    between, after = second - timedelta(minutes=10), second + timedelta(minutes=10)
    assert moment(between, NEW_YORK, at="01:30", explicit_half=True) == Known(first)
    assert moment(after, NEW_YORK, at="01:30", explicit_half=True) == Known(second)


def test_the_day_that_apia_skipped() -> None:
    apia = ZoneInfo("Pacific/Apia")
    now = local("2011-12-31 10:00", apia)
    assert when(moment(now, apia, at="11:00", explicit_half=True), apia) == "2011-12-29 11:00"


@UNHURRIED
@given(NOWS | CHANGES, ZONES, CLOCKS, st.booleans())
def test_a_bare_clock_time_lies_within_the_last_day(now: datetime, name: str, at: time, explicit: bool) -> None:
    zone = ZoneInfo(name)
    found = moment(now, zone, at=f"{at:%H:%M}", explicit_half=explicit)
    assert isinstance(found, Known)
    assert found.at_utc <= now
    shown, clock = found.at_utc.astimezone(zone), now.astimezone(zone)
    # A day is as long as the clocks make it: their change comes on top.
    shift = (clock.utcoffset() or timedelta()) - (shown.utcoffset() or timedelta())
    assert now - found.at_utc <= timedelta(hours=24) + max(timedelta(), -shift)


@UNHURRIED
@given(NOWS | CHANGES, ZONES, CLOCKS)
def test_the_clock_shows_what_was_said(now: datetime, name: str, at: time) -> None:
    zone = ZoneInfo(name)
    found = moment(now, zone, at=f"{at:%H:%M}", explicit_half=True)
    assert isinstance(found, Known)
    shown = found.at_utc.astimezone(zone)
    asked = datetime.combine(shown.date(), at, zone)
    exists = asked.astimezone(UTC).astimezone(zone).time() == at
    if exists and found.at_utc != now:
        assert shown.time() == at


@UNHURRIED
@given(NOWS | CHANGES, ZONES, st.integers(0, 48 * 60))
def test_a_stored_moment_said_again_is_found_again(now: datetime, name: str, minutes: int) -> None:
    zone = ZoneInfo(name)
    now = now.replace(second=0, microsecond=0)
    stored = (now - timedelta(minutes=minutes)).astimezone(zone)
    found = moment(now, zone, at=f"{stored:%H:%M}", date=stored.date().isoformat(), explicit_half=True)
    if stored.second == 0:
        twice = timedelta(hours=2)
        assert isinstance(found, Known)
        assert timedelta() <= found.at_utc - stored <= twice
        assert f"{found.at_utc.astimezone(zone):%H:%M}" == f"{stored:%H:%M}"


@UNHURRIED
@given(
    NOWS | CHANGES,
    st.none() | ZONES.map(ZoneInfo),
    st.sampled_from([None, "PT5M", "P3D", "x"]),
    st.none() | CLOCKS.map(lambda at: f"{at:%H:%M}") | st.sampled_from(["NI", "MO", "AF", "EV", "AM", "PM", "?"]),
    st.none() | st.dates().map(date.isoformat) | st.sampled_from(["2026-11-24TNI", "2026-W48", "2026", "PRESENT_REF"]),
    st.booleans(),
)
def test_nothing_known_is_ahead_or_too_old(
    now: datetime, zone: ZoneInfo | None, ago: str | None, at: str | None, day: str | None, explicit: bool
) -> None:
    found = moment(now, zone, ago, at, day, explicit_half=explicit)
    assert isinstance(found, Known | TooLongAgo | InFuture | NeedsZone | Unclear)
    if isinstance(found, Known):
        assert now - OLDEST <= found.at_utc <= now
        assert found.at_utc.utcoffset() == timedelta()
