"""What people mean by a time: when a letdown was, and which stretch of time a count is about.

Pure: "now" (aware, UTC) and the listener's time zone come from outside. Values are those of Alexa's built-in slots:
AMAZON.DURATION "PT10M", AMAZON.TIME "15:10" or "MO", AMAZON.DATE "2026-11-24", "2026-W48", "2026-11"; our own reading
of free text writes the same. What cannot be known is said so by type (NeedsZone, Unclear), never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Literal

from milk_coach.domain.clock import epoch_ms

OLDEST = timedelta(hours=48)
"""A letdown longer ago than this is asked about, not stored."""
SLACK = timedelta(minutes=1)
"""A clock time this little ahead means now: people round, and their clocks differ from ours."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)
_NOON = 12


class DayPart(StrEnum):
    """Parts of a day as AMAZON.TIME names them; AM and PM are its halves."""

    MORNING = "MO"
    AFTERNOON = "AF"
    EVENING = "EV"
    NIGHT = "NI"
    AM = "AM"
    PM = "PM"


_HOURS = {
    DayPart.MORNING: (5, 12),
    DayPart.AFTERNOON: (12, 18),
    DayPart.EVENING: (17, 24),  # five o'clock is afternoon to some and evening to others: a count of either holds it
    DayPart.NIGHT: (18, 30),  # "last night" is 18:00 to 06:00 of the next day
    DayPart.AM: (0, 12),
    DayPart.PM: (12, 24),
}
_PART_NAMES = frozenset(part.value for part in DayPart)
_LATE_HALF = {DayPart.AFTERNOON, DayPart.EVENING, DayPart.PM}

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


# --- the built-in slots' values -------------------------------------------------------------------------------------

_NUMBER = r"\d{1,9}(?:[.,]\d{1,9})?"
_DURATION = re.compile(
    rf"P(?=[\dT])(?:(?P<years>{_NUMBER})Y)?(?:(?P<months>{_NUMBER})M)?(?:(?P<weeks>{_NUMBER})W)?(?:(?P<days>{_NUMBER})D)?"
    rf"(?:T(?=\d)(?:(?P<hours>{_NUMBER})H)?(?:(?P<minutes>{_NUMBER})M)?(?:(?P<seconds>{_NUMBER})S)?)?"
)
_UNITS = {
    "years": 365 * _DAY,
    "months": 30 * _DAY,
    "weeks": 7 * _DAY,
    "days": _DAY,
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
            return DateValue("weekend", monday + 5 * _DAY, monday + 6 * _DAY, part)
        return DateValue("week", monday, monday + 6 * _DAY, part)
    if found["season"]:
        first = date(year, _SEASONS[found["season"]], 1)
        return DateValue("season", first, _months_later(first, 3) - _DAY)
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return DateValue("day", day, day, part)
    if found["month"]:
        first = date(year, int(found["month"]), 1)
        return DateValue("month", first, _months_later(first, 1) - _DAY)
    return DateValue("year", date(year, 1, 1), date(year, 12, 31))


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


# --- when was it ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """The moment, aware, UTC. part: only that part of a day was said, and `at_utc` is the middle of what has passed
    of it: no clock time may be said then."""

    at_utc: datetime
    part: DayPart | None = None


@dataclass(frozen=True, slots=True)
class TooLongAgo:
    """More than 48 hours back."""


@dataclass(frozen=True, slots=True)
class InFuture:
    """Still to come."""


@dataclass(frozen=True, slots=True)
class NeedsZone:
    """A clock time or a day was said, and the listener's time zone is not known."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not a time that could be understood, or a day without any time."""


Moment = Known | TooLongAgo | InFuture | NeedsZone | Unclear


def moment(
    now: datetime,
    zone: tzinfo | None,
    ago: str | None = None,
    at: str | None = None,
    date: str | None = None,
    *,
    explicit_half: bool = False,
) -> Moment:
    """When something was, from the values of the slots ago, at and date; nothing said means now.

    explicit_half: a.m. or p.m. (or a part of the day) was heard with the clock time. Without it an hour from one to
    twelve may be either half of the day, and the nearest past one is meant; a slot alone ("04:30") never says which.
    """
    if ago:
        length = parse_duration(ago)
        return Unclear() if length is None else _checked(now, [now - min(length, 2 * OLDEST)])
    clock, day = parse_time(at), parse_date(date)
    if (at and clock is None) or (date and day is None):
        return Unclear()
    if day and day.kind == "now":
        day = None
    if clock is None and day is None:
        return Known(now)
    if zone is None:
        return NeedsZone()
    if day and day.kind != "day":
        return Unclear()
    part = clock if isinstance(clock, DayPart) else day.part if day else None
    if isinstance(clock, time):
        return _at_clock_time(now, zone, _halves(clock, part, explicit_half), part, day)
    return _in_part(now, zone, part, day) if part else Unclear()


def _at_clock_time(
    now: datetime, zone: tzinfo, clocks: tuple[time, ...], part: DayPart | None, day: DateValue | None
) -> Moment:
    local = now.astimezone(zone)
    today = local.date()
    if day is None:
        # Three days back, because a change of the clocks (or of the date line) may swallow one or two.
        return _checked(now, [at for back in range(4) for at in _instants(today - back * _DAY, clocks, zone)])
    first = _past_day(day.first, today)
    if abs(first - today) > 9 * _DAY:  # far from now, and perhaps from what datetime can hold
        return TooLongAgo() if first < today else InFuture()
    if part is not DayPart.NIGHT:
        return _checked(now, _instants(first, clocks, zone))
    return _checked(now, [at for evening in _evenings(first, local) for at in _night_instants(evening, clocks, zone)])


def _in_part(now: datetime, zone: tzinfo, part: DayPart, day: DateValue | None) -> Moment:
    local = now.astimezone(zone)
    first = _past_day(day.first, local.date()) if day else local.date()
    if abs(first - local.date()) > 9 * _DAY:
        return TooLongAgo() if first < local.date() else InFuture()
    if day is None:
        days = tuple(first - back * _DAY for back in range(4))
    else:
        days = _evenings(first, local) if part is DayPart.NIGHT else (first,)
    begun = [stretch for stretch in (_part_of(one, part, zone) for one in days) if stretch[0] <= now]
    if not begun:
        return InFuture()
    start, end = max(begun)
    found = _checked(now, [start + (min(end, now) - start) / 2])
    return Known(found.at_utc, part) if isinstance(found, Known) else found


def _evenings(day: date, local: datetime) -> tuple[date, ...]:
    """The evenings on which the night that is named by this day may have begun, the likelier first.

    Until noon "tonight" is the night just past; and who says "last night" at two may mean the one before.
    """
    if day == local.date():
        return (day - _DAY,) if local.hour < _NOON else (day,)
    return (day, day - _DAY)


def _halves(clock: time, part: DayPart | None, explicit: bool) -> tuple[time, ...]:
    early, late = clock.replace(hour=clock.hour % 12), clock.replace(hour=clock.hour % 12 + 12)
    if explicit or not 1 <= clock.hour <= 12:
        return (clock,)
    if part in _LATE_HALF:
        return (late,)
    return (early,) if part in (DayPart.MORNING, DayPart.AM) else (early, late)


def _checked(now: datetime, instants: list[datetime]) -> Moment:
    past = [min(instant, now) for instant in instants if instant <= now + SLACK]
    if not past:
        return InFuture()
    return Known(max(past)) if now - max(past) <= OLDEST else TooLongAgo()


def _past_day(day: date, today: date, *, soonest: int = 2) -> date:
    """AMAZON.DATE takes "monday" for the next Monday; the log knows only the last one. Tomorrow stays tomorrow."""
    return day - 7 * _DAY if soonest <= (day - today).days <= 7 else day


def _instants(day: date, clocks: tuple[time, ...], zone: tzinfo) -> list[datetime]:
    """The moments of those clock times on that day: two each where clocks go back, moved forward where they skip."""
    shown = [clock.replace(fold=0) for clock in clocks]
    shown += [clock.replace(fold=1) for clock in clocks if _is_ambiguous(day, clock, zone)]
    return [datetime.combine(day, clock, zone).astimezone(UTC) for clock in shown]


def _is_ambiguous(day: date, clock: time, zone: tzinfo) -> bool:
    """Whether the clock shows that time twice. In a gap, too, fold changes the offset, but the other way round."""
    first, second = (datetime.combine(day, clock.replace(fold=fold), zone).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first > second


def _night_instants(evening: date, clocks: tuple[time, ...], zone: tzinfo) -> list[datetime]:
    """The clock times within the night that begins on that evening: "last night at two" is on the next day."""
    early_hours = [clock for clock in clocks if clock.hour < _HOURS[DayPart.NIGHT][1] - 24]
    late_hours = [clock for clock in clocks if clock.hour >= _HOURS[DayPart.NIGHT][0]]
    if not early_hours and not late_hours:  # "last night at five p.m."
        late_hours = [clock for clock in clocks if clock.hour >= 12]
        early_hours = [clock for clock in clocks if clock.hour < 12]
    return _instants(evening, tuple(late_hours), zone) + _instants(evening + _DAY, tuple(early_hours), zone)


def _start_of(day: date, zone: tzinfo, hour: int = 0) -> datetime:
    """The moment a day (or its hour, up to 47) begins."""
    return _instants(day + hour // 24 * _DAY, (time(hour % 24),), zone)[0]


def _part_of(day: date, part: DayPart, zone: tzinfo) -> tuple[datetime, datetime]:
    start, end = _HOURS[part]
    return _start_of(day, zone, start), _start_of(day, zone, end)


# --- which stretch of time --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time to count in: `start_ms` is in it, `end_ms` is not (milliseconds since 1970, UTC).

    label_key: what to call it, a key of [periods] in content/<language>/times.toml. first: its first local day, for
    the labels that name a month; None for a rolling stretch.
    """

    start_ms: int
    end_ms: int
    label_key: str
    first: date | None = None


_ROLLING = {
    "last_hour": timedelta(hours=1),
    "last_twenty_four_hours": _DAY,
    "last_seven_days": 7 * _DAY,
    "last_thirty_days": 30 * _DAY,
}
_WITHOUT_ZONE = {
    **dict.fromkeys(
        ("today", "since_midnight", "tonight", "last_night", "this_morning", "this_afternoon", "this_evening"),
        "last_twenty_four_hours",
    ),
    "this_week": "last_seven_days",
    "this_month": "last_thirty_days",
}
_TODAYS_PARTS = {
    "this_morning": DayPart.MORNING,
    "this_afternoon": DayPart.AFTERNOON,
    "this_evening": DayPart.EVENING,
}
_NIGHT_ENDS = 6


def window(now: datetime, zone: tzinfo | None, period: str) -> Window | NeedsZone | Unclear:
    """The stretch of time that a span's id ("last_night", "monday") or an AMAZON.DATE ("2026-W48") names.

    "Last night" is 18:00 to 06:00; said between midnight and 06:00 it is the night in progress, and so is "tonight",
    which until noon is still the night just past. Weeks begin on Monday, as in AMAZON.DATE. A date ahead means the
    past one of that name. Without a time zone only rolling stretches are honest, and their labels say so.
    """
    if period in _ROLLING:
        return _rolling(now, period)
    if period == "ever":
        return Window(0, epoch_ms(now) + 1, "ever")
    if zone is None:
        return _without_zone(now, period)
    local = now.astimezone(zone)
    if period in WEEKDAYS:
        back = (local.weekday() - WEEKDAYS.index(period)) % 7 or 7  # nobody calls today by its name
        return _days(local.date() - back * _DAY, local.date() - back * _DAY, zone, period)
    named = _named_window(local, zone, period)
    if named:
        return named
    value = parse_date(period)
    return _date_window(local, zone, value) if value else Unclear()


def _named_window(local: datetime, zone: tzinfo, period: str) -> Window | None:
    today, yesterday = local.date(), _day_before(local.date(), zone)
    monday = today - local.weekday() * _DAY
    month = today.replace(day=1)
    days = {
        "today": (today, today),
        "since_midnight": (today, today),
        "yesterday": (yesterday, yesterday),
        "this_week": (monday, monday + 6 * _DAY),
        "last_week": (monday - 7 * _DAY, monday - _DAY),
        "this_month": (month, _months_later(month, 1) - _DAY),
    }
    if period in days:
        return _days(*days[period], zone, period)
    if period == "last_night":
        return _part_window(yesterday, DayPart.NIGHT, zone, period)
    if period == "tonight":
        evening = yesterday if local.hour < _NOON else today
        return _part_window(evening, DayPart.NIGHT, zone, "last_night" if _over(local) else "tonight")
    if period not in _TODAYS_PARTS:
        return None
    if period == "this_morning" and local.hour < _HOURS[DayPart.MORNING][0]:
        return _part_window(today, DayPart.AM, zone, period)  # three in the morning is a morning, too, to who is up
    still_up = period != "this_morning" and local.hour < _NIGHT_ENDS
    return _part_window(yesterday if still_up else today, _TODAYS_PARTS[period], zone, period)


def _day_before(day: date, zone: tzinfo) -> date:
    """The last day there was: Samoa had no 30th of December in 2011."""
    return (_start_of(day, zone) - SLACK).astimezone(zone).date()


def _over(local: datetime) -> bool:
    """Whether the night has just passed: the morning, when "tonight" is still said of it."""
    return _NIGHT_ENDS <= local.hour < _NOON


def _date_window(local: datetime, zone: tzinfo, value: DateValue) -> Window | Unclear:
    today = local.date()
    if value.kind == "now":
        return _days(today, today, zone, "today")
    if value.kind == "decade" or not 1970 < value.first.year < 9000:
        return Unclear()
    if value.kind != "day":
        first, last = _past_stretch(value, today)
        return _days(first, last, zone, _label_of(value.kind, first, last, today))
    day = _past_day(value.first, today, soonest=1)  # nobody counts tomorrow's
    if value.part is None:
        return _days(day, day, zone, _day_label(day, today))
    label = _part_label((today - day).days, value.part)
    return _named_window(local, zone, label) or _part_window(day, value.part, zone, label)


def _past_stretch(value: DateValue, today: date) -> tuple[date, date]:
    """A weekend ahead means the last one, a month or a season ahead last year's."""
    if value.first <= today or value.kind not in ("weekend", "month", "season"):
        return value.first, value.last
    if value.kind == "weekend":
        return value.first - 7 * _DAY, value.last - 7 * _DAY
    first = value.first.replace(year=value.first.year - 1)
    return first, _months_later(first, 1 if value.kind == "month" else 3) - _DAY


def _label_of(kind: DateKind, first: date, last: date, today: date) -> str:
    if first <= today <= last:
        return f"this_{kind}"
    if kind == "week" and last < today <= last + 7 * _DAY:
        return "last_week"
    return f"{kind}_{first.month}" if kind == "month" and 0 < (today - first).days < 365 else f"that_{kind}"


def _day_label(day: date, today: date) -> str:
    back = (today - day).days
    if back in (0, 1):
        return ("today", "yesterday")[back]
    return WEEKDAYS[day.weekday()] if 1 < back < 8 else "that_day"


_PART_LABELS = {
    DayPart.MORNING: ("this_morning", "yesterday_morning"),
    DayPart.AFTERNOON: ("this_afternoon", "yesterday_afternoon"),
    DayPart.EVENING: ("this_evening", "yesterday_evening"),
    DayPart.NIGHT: ("tonight", "last_night"),
}


def _part_label(days_back: int, part: DayPart) -> str:
    return _PART_LABELS[part][days_back] if days_back in (0, 1) else "that_day"


def _rolling(now: datetime, period: str) -> Window:
    return Window(epoch_ms(now - _ROLLING[period]), epoch_ms(now) + 1, period)


def _without_zone(now: datetime, period: str) -> Window | NeedsZone | Unclear:
    if period in _WITHOUT_ZONE:
        return _rolling(now, _WITHOUT_ZONE[period])
    value = parse_date(period)
    if value and value.kind == "now":
        return _rolling(now, "last_twenty_four_hours")
    known = value or period in WEEKDAYS or period in ("yesterday", "last_week")
    return NeedsZone() if known else Unclear()


def _days(first: date, last: date, zone: tzinfo, label: str) -> Window:
    return Window(epoch_ms(_start_of(first, zone)), epoch_ms(_start_of(last + _DAY, zone)), label, first)


def _part_window(day: date, part: DayPart, zone: tzinfo, label: str) -> Window:
    start, end = _part_of(day, part, zone)
    return Window(epoch_ms(start), epoch_ms(end), label, day)


# --- facts to say times with ------------------------------------------------------------------------------------------

ClockStyle = Literal["past_to", "digits"]
"""How clock times are said: "ten past three", or "three ten in the afternoon"."""


def ago_parts(passed: timedelta) -> tuple[str, int]:
    """How long ago, rounded the way people round: a key of [ago] in content/<language>/times.toml and its number.

    To the minute up to twenty, to five minutes up to an hour, to half hours up to six, to hours up to a day, then to
    days; "about_..." when that moved it by more than a little.
    """
    minutes = passed.total_seconds() / 60
    if minutes < 0.75:
        return "moments", 0
    if minutes < 20.5:
        return _counted("minute", round(minutes))
    if 27.5 <= minutes < 32.5:
        return _about(abs(minutes - 30) > 1, ("half_hour", 1))
    if minutes < 57.5:
        return _near("minute", minutes, 5, 1, spread=1)
    if minutes < 345:
        halves = round(minutes / 30)
        unit = "hour" if halves % 2 == 0 else "hour_and_half"
        return _about(abs(minutes - halves * 30) > 5, _counted(unit, halves // 2))
    if minutes < 1410:
        return _near("hour", minutes, 60, 60, spread=5)
    return _near("day", minutes, 1440, 1440, spread=60)


def _near(unit: str, minutes: float, step: int, per: int, *, spread: float) -> tuple[str, int]:
    rounded = max(step, round(minutes / step) * step)
    return _about(abs(minutes - rounded) > spread, _counted(unit, rounded // per))


def _counted(unit: str, count: int) -> tuple[str, int]:
    return (unit, 1) if count <= 1 else (f"{unit}s" if unit != "hour_and_half" else "hours_and_half", count)


def _about(moved: bool, parts: tuple[str, int]) -> tuple[str, int]:
    return (f"about_{parts[0]}", parts[1]) if moved else parts


def duration_parts(seconds: float) -> tuple[tuple[str, int], ...]:
    """A length of time, exactly to the second: its one or two keys of [durations], each with its number.

    Halves are said as halves, up to ten and a half; over an hour the seconds are left out.
    """
    whole = max(0, round(seconds))
    if whole >= 3600:
        hours, minutes = divmod(round(whole / 60), 60)
        return _with_half("hour", hours, "minute", minutes)
    minutes, rest = divmod(whole, 60)
    if minutes == 30 and rest == 0:
        return (("half_hour", 1),)
    return _with_half("minute", minutes, "second", rest)


def _with_half(unit: str, count: int, smaller: str, rest: int) -> tuple[tuple[str, int], ...]:
    if rest == 30 and 1 <= count <= 10:
        return ((f"{unit}_and_half" if count == 1 else f"{unit}s_and_half", count),)
    parts = [(unit, count)] if count else []
    if rest or not count:
        parts.append((smaller, rest))
    return tuple((name if n == 1 else f"{name}s", n) for name, n in parts)


def day_part(local: datetime) -> str:
    """What that hour is called in a clock time: morning, afternoon, evening or night."""
    names = ((12, "morning"), (18, "afternoon"), (21, "evening"), (24, "night"))
    return next(name for end, name in names if local.hour < end)


def clock_parts(local: datetime, style: ClockStyle = "past_to") -> tuple[str, dict[str, int | str]]:
    """A clock time, to the minute: a key of [clock] in content/<language>/times.toml, and its values.

    hour is 1 to 12, minute 0 to 59 (or to the next hour), part a key of [parts].
    """
    values: dict[str, int | str] = {"hour": (local.hour - 1) % 12 + 1, "minute": local.minute, "part": day_part(local)}
    if local.minute == 0 and local.hour % 12 == 0:
        return ("noon" if local.hour else "midnight"), values
    if local.minute == 0:
        return f"{style}_full", values
    if style == "digits":
        return ("digits_oh" if local.minute < 10 else "digits"), values
    return _past_or_to(local, values)


def _past_or_to(local: datetime, values: dict[str, int | str]) -> tuple[str, dict[str, int | str]]:
    named = {15: "quarter_past", 30: "half_past", 45: "quarter_to"}.get(local.minute)
    if local.minute > 30:
        values |= {"hour": local.hour % 12 + 1, "minute": 60 - local.minute}
    if named:
        return named, values
    key = "past" if local.minute <= 30 else "to"
    if local.minute % 5 == 0:
        return key, values
    return (f"minute_{key}" if values["minute"] == 1 else f"minutes_{key}"), values
