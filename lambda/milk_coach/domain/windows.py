"""Which stretch of time a count is about, from the span or the date that was said.

Pure: "now" (aware, UTC) and the listener's time zone come from outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from milk_coach.domain.clock import epoch_ms
from milk_coach.domain.local_days import HOURS, NOON, day_before, part_of, past_day, past_stretch, start_of
from milk_coach.domain.moments import NeedsZone, Unclear
from milk_coach.domain.time_values import DAY, WEEKDAYS, DateValue, DayPart, months_later, parse_date
from milk_coach.domain.window_labels import day_label, part_label, stretch_label


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
    "last_twenty_four_hours": DAY,
    "last_seven_days": 7 * DAY,
    "last_thirty_days": 30 * DAY,
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
        return _days(local.date() - back * DAY, local.date() - back * DAY, zone, period)
    named = _named_window(local, zone, period)
    if named:
        return named
    value = parse_date(period)
    return _date_window(local, zone, value) if value else Unclear()


def _named_window(local: datetime, zone: tzinfo, period: str) -> Window | None:
    today, yesterday = local.date(), day_before(local.date(), zone)
    monday = today - local.weekday() * DAY
    month = today.replace(day=1)
    days = {
        "today": (today, today),
        "since_midnight": (today, today),
        "yesterday": (yesterday, yesterday),
        "this_week": (monday, monday + 6 * DAY),
        "last_week": (monday - 7 * DAY, monday - DAY),
        "this_month": (month, months_later(month, 1) - DAY),
    }
    if period in days:
        return _days(*days[period], zone, period)
    if period == "last_night":
        return _part_window(yesterday, DayPart.NIGHT, zone, period)
    if period == "tonight":
        evening = yesterday if local.hour < NOON else today
        return _part_window(evening, DayPart.NIGHT, zone, "last_night" if _over(local) else "tonight")
    if period not in _TODAYS_PARTS:
        return None
    if period == "this_morning" and local.hour < HOURS[DayPart.MORNING][0]:
        return _part_window(today, DayPart.AM, zone, period)  # three in the morning is a morning, too, to who is up
    still_up = period != "this_morning" and local.hour < _NIGHT_ENDS
    return _part_window(yesterday if still_up else today, _TODAYS_PARTS[period], zone, period)


def _over(local: datetime) -> bool:
    """Whether the night has just passed: the morning, when "tonight" is still said of it."""
    return _NIGHT_ENDS <= local.hour < NOON


def _date_window(local: datetime, zone: tzinfo, value: DateValue) -> Window | Unclear:
    today = local.date()
    if value.kind == "now":
        return _days(today, today, zone, "today")
    if value.kind == "decade" or not 1970 < value.first.year < 9000:
        return Unclear()
    if value.kind != "day":
        first, last = past_stretch(value, today)
        return _days(first, last, zone, stretch_label(value.kind, first, last, today))
    day = past_day(value.first, today, soonest=1)  # nobody counts tomorrow's
    if value.part is None:
        return _days(day, day, zone, day_label(day, today))
    label = part_label((today - day).days, value.part)
    return _named_window(local, zone, label) or _part_window(day, value.part, zone, label)


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
    return Window(epoch_ms(start_of(first, zone)), epoch_ms(start_of(last + DAY, zone)), label, first)


def _part_window(day: date, part: DayPart, zone: tzinfo, label: str) -> Window:
    start, end = part_of(day, part, zone)
    return Window(epoch_ms(start), epoch_ms(end), label, day)
