"""Reads and writes the values of Alexa's built-in time slots.

AMAZON.DURATION "PT10M", AMAZON.TIME "15:10" or "MO", AMAZON.DATE "2026-11-24", "2026-W48", "2026-11"; our own reading
of free text writes the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Literal

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""By their place in the week, as date.weekday() counts: what people say, and what a span's id is."""
DAY = timedelta(days=1)


class DayPart(StrEnum):
    """Parts of a day as AMAZON.TIME names them; AM and PM are its halves."""

    MORNING = "MO"
    AFTERNOON = "AF"
    EVENING = "EV"
    NIGHT = "NI"
    AM = "AM"
    PM = "PM"


_PART_NAMES = frozenset(part.value for part in DayPart)
DateKind = Literal["now", "day", "weekend", "week", "month", "season", "year", "decade"]


@dataclass(frozen=True, slots=True)
class DateValue:
    """An AMAZON.DATE: its first and last day (both in it), and the part of the day when one was said.

    "now" (PRESENT_REF) fits any day: it spans all of them.
    """

    kind: DateKind
    first: date
    last: date
    part: DayPart | None = None


_NUMBER = r"\d{1,9}(?:[.,]\d{1,9})?"
_DURATION = re.compile(
    rf"P(?=[\dT])(?:(?P<years>{_NUMBER})Y)?(?:(?P<months>{_NUMBER})M)?(?:(?P<weeks>{_NUMBER})W)?(?:(?P<days>{_NUMBER})D)?"
    rf"(?:T(?=\d)(?:(?P<hours>{_NUMBER})H)?(?:(?P<minutes>{_NUMBER})M)?(?:(?P<seconds>{_NUMBER})S)?)?"
)
_UNITS = {
    "years": 365 * DAY,
    "months": 30 * DAY,
    "weeks": 7 * DAY,
    "days": DAY,
    "hours": timedelta(hours=1),
    "minutes": timedelta(minutes=1),
    "seconds": timedelta(seconds=1),
}
_TIME = re.compile(r"T?(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?Z?", re.ASCII)
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?|-W(?P<week>\d{2})(?P<weekend>-WE)?|-(?P<season>WI|SP|SU|FA))?"
    r"(?:T(?P<part>MO|AF|EV|NI))?|(?P<decade>\d{3})X",
    re.ASCII,
)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # of the north; winter begins in the year it is named after (?)


def parse_duration(value: str | None) -> timedelta | None:
    """The length of an AMAZON.DURATION (a year counts as 365 days, a month as 30); None when it is none."""
    found = _DURATION.fullmatch((value or "").strip())
    if found is None:
        return None
    given = {unit: float(amount.replace(",", ".")) for unit, amount in found.groupdict().items() if amount}
    try:
        return sum((_UNITS[unit] * amount for unit, amount in given.items()), timedelta()) if given else None
    except OverflowError:
        return None


def iso_duration(length: timedelta) -> str:
    """A length of time, whole seconds, as AMAZON.DURATION writes it: "PT1H30M"; nothing at all is "PT0S"."""
    seconds = max(0, round(length.total_seconds()))
    units = ((seconds // 3600, "H"), (seconds // 60 % 60, "M"), (seconds % 60, "S"))
    return "PT" + ("".join(f"{amount}{unit}" for amount, unit in units if amount) or "0S")


def parse_time(value: str | None) -> time | DayPart | None:
    """The clock time or part of the day of an AMAZON.TIME; "24:00" is midnight; None when it is neither."""
    value = (value or "").strip()
    if value in _PART_NAMES:
        return DayPart(value)
    found = _TIME.fullmatch(value)
    if found is None:
        return None
    hour, minute, second = (int(group or 0) for group in found.groups())
    if (hour, minute, second) == (24, 0, 0):
        hour = 0
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def parse_date(value: str | None) -> DateValue | None:
    """The days of an AMAZON.DATE: day, week, weekend, month, season, year, decade or PRESENT_REF; None for no date."""
    value = (value or "").strip()
    if value == "PRESENT_REF":
        return DateValue("now", date.min, date.max)
    found = _DATE.fullmatch(value)
    try:
        return _days_of(found) if found else None
    except (ValueError, OverflowError):  # the 30th of February, week 60, the year 0
        return None


def _days_of(found: re.Match[str]) -> DateValue:
    part = DayPart(found["part"]) if found["part"] else None
    if found["decade"]:
        start = int(found["decade"]) * 10
        return DateValue("decade", date(start, 1, 1), date(start + 9, 12, 31))
    year = int(found["year"])
    if found["week"]:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
        if found["weekend"]:
            return DateValue("weekend", monday + 5 * DAY, monday + 6 * DAY, part)
        return DateValue("week", monday, monday + 6 * DAY, part)
    if found["season"]:
        first = date(year, _SEASONS[found["season"]], 1)
        return DateValue("season", first, months_later(first, 3) - DAY)
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return DateValue("day", day, day, part)
    if found["month"]:
        first = date(year, int(found["month"]), 1)
        return DateValue("month", first, months_later(first, 1) - DAY)
    return DateValue("year", date(year, 1, 1), date(year, 12, 31))


def months_later(first: date, months: int) -> date:
    """The first of the month that comes so many months after that of `first`."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
