"""The facts to say times with: keys of content/<language>/times.toml and their numbers, rounded as people round."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

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
