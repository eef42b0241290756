"""When a letdown was, from the time that was said.

Pure: "now" (aware, UTC) and the listener's time zone come from outside. What cannot be known is said so by type
(NeedsZone, Unclear), never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from milk_coach.domain.local_days import NOON, instants, night_instants, part_of, past_day
from milk_coach.domain.time_values import DAY, DateValue, DayPart, parse_date, parse_duration, parse_time

OLDEST = timedelta(hours=48)
"""A letdown longer ago than this is asked about, not stored."""
SLACK = timedelta(minutes=1)
"""A clock time this little ahead means now: people round, and their clocks differ from ours."""
_LATE_HALF = {DayPart.AFTERNOON, DayPart.EVENING, DayPart.PM}


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
        return _checked(now, [at for back in range(4) for at in instants(today - back * DAY, clocks, zone)])
    first = past_day(day.first, today)
    if abs(first - today) > 9 * DAY:  # far from now, and perhaps from what datetime can hold
        return TooLongAgo() if first < today else InFuture()
    if part is not DayPart.NIGHT:
        return _checked(now, instants(first, clocks, zone))
    return _checked(now, [at for evening in _evenings(first, local) for at in night_instants(evening, clocks, zone)])


def _in_part(now: datetime, zone: tzinfo, part: DayPart, day: DateValue | None) -> Moment:
    local = now.astimezone(zone)
    first = past_day(day.first, local.date()) if day else local.date()
    if abs(first - local.date()) > 9 * DAY:
        return TooLongAgo() if first < local.date() else InFuture()
    if day is None:
        days = tuple(first - back * DAY for back in range(4))
    else:
        days = _evenings(first, local) if part is DayPart.NIGHT else (first,)
    begun = [stretch for stretch in (part_of(one, part, zone) for one in days) if stretch[0] <= now]
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
        return (day - DAY,) if local.hour < NOON else (day,)
    return (day, day - DAY)


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
