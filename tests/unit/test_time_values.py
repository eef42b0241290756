"""The values of Alexa's built-in time slots."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milk_coach.domain.time_values import DateValue, DayPart, iso_duration, parse_date, parse_duration, parse_time
from tests.calendars import UNHURRIED


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
