"""What a stretch of time that was given by its dates is called: keys of [periods] in content/<language>/times.toml."""

from __future__ import annotations

from datetime import date

from milk_coach.domain.time_values import DAY, WEEKDAYS, DateKind, DayPart

_PART_LABELS = {
    DayPart.MORNING: ("this_morning", "yesterday_morning"),
    DayPart.AFTERNOON: ("this_afternoon", "yesterday_afternoon"),
    DayPart.EVENING: ("this_evening", "yesterday_evening"),
    DayPart.NIGHT: ("tonight", "last_night"),
}


def stretch_label(kind: DateKind, first: date, last: date, today: date) -> str:
    """For a week, weekend, month, season or year: "this_week", "month_10", "that_year"; first and last are in it."""
    if first <= today <= last:
        return f"this_{kind}"
    if kind == "week" and last < today <= last + 7 * DAY:
        return "last_week"
    return f"{kind}_{first.month}" if kind == "month" and 0 < (today - first).days < 365 else f"that_{kind}"


def day_label(day: date, today: date) -> str:
    """For a day up to today: "today", "yesterday", a weekday within the last week, else "that_day"."""
    back = (today - day).days
    if back in (0, 1):
        return ("today", "yesterday")[back]
    return WEEKDAYS[day.weekday()] if 1 < back < 8 else "that_day"


def part_label(days_back: int, part: DayPart) -> str:
    """For a part of a day that lies so many days back: "this_morning", "last_night", else "that_day"."""
    return _PART_LABELS[part][days_back] if days_back in (0, 1) else "that_day"
