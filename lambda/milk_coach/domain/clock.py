"""Moments as the log keeps them (milliseconds since 1970, UTC) and as Python does (aware datetimes)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

_EPOCH = datetime.fromtimestamp(0, UTC)
_NIGHT_STARTS, _NIGHT_ENDS = 22, 6


def epoch_ms(moment: datetime) -> int:
    """Milliseconds since 1970 of an aware datetime, exactly (no floats on the way)."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """The UTC datetime of a moment in the log."""
    return _EPOCH + timedelta(milliseconds=ms)


def is_night(now: datetime, zone: tzinfo) -> bool:
    """Whether it is between 22:00 and 06:00 in the zone: then replies are short."""
    hour = now.astimezone(zone).hour
    return hour >= _NIGHT_STARTS or hour < _NIGHT_ENDS
