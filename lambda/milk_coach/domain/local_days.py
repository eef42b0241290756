"""The days of a listener's own calendar as moments: when a day, a part of it or a night begins and ends.

Every zone and every change of its clocks: a clock time may come twice in a day or not at all, and a day may be missing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from milk_coach.domain.time_values import DAY, DateValue, DayPart, months_later

NOON = 12
"""Until this hour "tonight" may still be the night just past."""
HOURS = {
    DayPart.MORNING: (5, 12),
    DayPart.AFTERNOON: (12, 18),
    DayPart.EVENING: (17, 24),  # five o'clock is afternoon to some and evening to others: a count of either holds it
    DayPart.NIGHT: (18, 30),  # "last night" is 18:00 to 06:00 of the next day
    DayPart.AM: (0, 12),
    DayPart.PM: (12, 24),
}
"""The hours at which each part of a day begins and ends; those from 24 on are of the next day."""


def instants(day: date, clocks: tuple[time, ...], zone: tzinfo) -> list[datetime]:
    """The moments of those clock times on that day: two each where clocks go back, moved forward where they skip."""
    shown = [clock.replace(fold=0) for clock in clocks]
    shown += [clock.replace(fold=1) for clock in clocks if _is_ambiguous(day, clock, zone)]
    return [datetime.combine(day, clock, zone).astimezone(UTC) for clock in shown]


def _is_ambiguous(day: date, clock: time, zone: tzinfo) -> bool:
    """Whether the clock shows that time twice. In a gap, too, fold changes the offset, but the other way round."""
    first, second = (datetime.combine(day, clock.replace(fold=fold), zone).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first > second


def night_instants(evening: date, clocks: tuple[time, ...], zone: tzinfo) -> list[datetime]:
    """The clock times within the night that begins on that evening: "last night at two" is on the next day."""
    early_hours = [clock for clock in clocks if clock.hour < HOURS[DayPart.NIGHT][1] - 24]
    late_hours = [clock for clock in clocks if clock.hour >= HOURS[DayPart.NIGHT][0]]
    if not early_hours and not late_hours:  # "last night at five p.m."
        late_hours = [clock for clock in clocks if clock.hour >= 12]
        early_hours = [clock for clock in clocks if clock.hour < 12]
    return instants(evening, tuple(late_hours), zone) + instants(evening + DAY, tuple(early_hours), zone)


def start_of(day: date, zone: tzinfo, hour: int = 0) -> datetime:
    """The moment a day (or its hour, up to 47) begins."""
    return instants(day + hour // 24 * DAY, (time(hour % 24),), zone)[0]


def part_of(day: date, part: DayPart, zone: tzinfo) -> tuple[datetime, datetime]:
    """When a part of that day begins and ends; the night's end is on the next day."""
    start, end = HOURS[part]
    return start_of(day, zone, start), start_of(day, zone, end)


def day_before(day: date, zone: tzinfo) -> date:
    """The last day there was: Samoa had no 30th of December in 2011."""
    return (start_of(day, zone) - timedelta(minutes=1)).astimezone(zone).date()


def past_day(day: date, today: date, *, soonest: int = 2) -> date:
    """AMAZON.DATE takes "monday" for the next Monday; the log knows only the last one. Tomorrow stays tomorrow."""
    return day - 7 * DAY if soonest <= (day - today).days <= 7 else day


def past_stretch(value: DateValue, today: date) -> tuple[date, date]:
    """A weekend ahead means the last one, a month or a season ahead last year's."""
    if value.first <= today or value.kind not in ("weekend", "month", "season"):
        return value.first, value.last
    if value.kind == "weekend":
        return value.first - 7 * DAY, value.last - 7 * DAY
    first = value.first.replace(year=value.first.year - 1)
    return first, months_later(first, 1 if value.kind == "month" else 3) - DAY
