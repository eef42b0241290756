"""What people mean by a time, in every zone and over every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milk_coach.domain.clock import epoch_ms, from_ms
from milk_coach.domain.times import (
    OLDEST,
    DateValue,
    DayPart,
    InFuture,
    Known,
    Moment,
    NeedsZone,
    TooLongAgo,
    Unclear,
    Window,
    ago_parts,
    clock_parts,
    duration_parts,
    iso_duration,
    moment,
    parse_date,
    parse_duration,
    parse_time,
    window,
)

UNHURRIED = settings(deadline=None)  # a busy machine is no failure
NEW_YORK, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
ODD_ZONES = (
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Apia",  # skipped the 30th of December 2011
    "Atlantic/Azores",
    "America/New_York",
    "America/Havana",  # its clocks change at midnight
    "Africa/Casablanca",
    "Pacific/Kiritimati",
    "America/St_Johns",
)
ZONES = st.sampled_from(ODD_ZONES) | st.sampled_from(sorted(available_timezones()))
NOWS = st.datetimes(datetime(2005, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone itself
CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
# Minutes around the changes of 2026 in New York, London and Lord Howe, and around Apia's missing day.
CHANGES = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(
        [
            datetime(2026, 3, 8, 7, tzinfo=UTC),
            datetime(2026, 11, 1, 6, tzinfo=UTC),
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2026, 10, 25, 1, tzinfo=UTC),
            datetime(2026, 4, 4, 15, tzinfo=UTC),
            datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
            datetime(2011, 12, 30, 10, tzinfo=UTC),
        ]
    ),
    st.integers(-1500, 1500),
)


def local(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """ "2026-11-24 15:10" in a zone, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def when(found: Moment, zone: ZoneInfo = LONDON) -> str:
    return f"{found.at_utc.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(found, Known) else type(found).__name__


# --- slot values ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("PT5M", 300),
        ("PT1H30M", 5400),
        ("PT1M30S", 90),
        ("PT90S", 90),
        ("PT0S", 0),
        ("PT1.5H", 5400),
        ("PT0,5H", 1800),
        ("P1D", 86_400),
        ("P1DT2H", 93_600),
        ("P2W", 1_209_600),
        ("P1M", 2_592_000),
        ("P1Y", 31_536_000),
        (" PT5M ", 300),
    ],
)
def test_duration(value: str, seconds: int) -> None:
    assert parse_duration(value) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "value", [None, "", "?", "P", "PT", "P1", "5M", "PT5", "PTM", "-PT5M", "PT5M3H", "P1DT", "PT1e9S", "P999999999Y"]
)
def test_no_duration(value: str | None) -> None:
    assert parse_duration(value) is None


@UNHURRIED
@given(st.integers(0, 10**7))
def test_duration_round_trip(seconds: int) -> None:
    assert parse_duration(iso_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("15:10", time(15, 10)),
        ("03:05:30", time(3, 5, 30)),
        ("15", time(15)),
        ("3:05", time(3, 5)),
        ("00:00", time(0)),
        ("24:00", time(0)),
        ("NI", DayPart.NIGHT),
        ("MO", DayPart.MORNING),
        ("AF", DayPart.AFTERNOON),
        ("EV", DayPart.EVENING),
        ("AM", DayPart.AM),
        ("PM", DayPart.PM),
        (None, None),
        ("", None),
        ("?", None),
        ("25:00", None),
        ("24:01", None),
        ("12:60", None),
        ("noon", None),
        ("1²:00", None),
    ],
)
def test_time(value: str | None, meant: time | DayPart | None) -> None:
    assert parse_time(value) == meant


@pytest.mark.parametrize(
    ("value", "kind", "first", "last"),
    [
        ("2026-11-24", "day", "2026-11-24", "2026-11-24"),
        ("2026-W48", "week", "2026-11-23", "2026-11-29"),
        ("2026-W48-WE", "weekend", "2026-11-28", "2026-11-29"),
        ("2026-W53", "week", "2026-12-28", "2027-01-03"),
        ("2026-11", "month", "2026-11-01", "2026-11-30"),
        ("2026-12", "month", "2026-12-01", "2026-12-31"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2026", "year", "2026-01-01", "2026-12-31"),
        ("202X", "decade", "2020-01-01", "2029-12-31"),
        ("2026-SU", "season", "2026-06-01", "2026-08-31"),
        ("2026-WI", "season", "2026-12-01", "2027-02-28"),
        ("PRESENT_REF", "now", "0001-01-01", "9999-12-31"),
    ],
)
def test_date(value: str, kind: str, first: str, last: str) -> None:
    found = parse_date(value)
    assert found is not None
    assert (found.kind, found.first.isoformat(), found.last.isoformat()) == (kind, first, last)


def test_date_with_part_of_day() -> None:
    day = date(2026, 11, 23)
    assert parse_date("2026-11-23TNI") == DateValue("day", day, day, DayPart.NIGHT)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "?",
        "2026-13",
        "2026-02-30",
        "2026-W60",
        "2026-W00",
        "0000-01-01",
        "9999-12",
        "monday",
        "2026-XX",
        "000X",
    ],
)
def test_no_date(value: str | None) -> None:
    assert parse_date(value) is None


# --- when was it ------------------------------------------------------------------------------------------------------

NOW = "2026-11-24 15:20"  # a Tuesday


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


# --- windows ----------------------------------------------------------------------------------------------------------


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


# --- facts to say times with ------------------------------------------------------------------------------------------


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
