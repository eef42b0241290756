"""Finds the clock times in a sentence as people speak it. English only; no clock: the hour comes from outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from milk_coach.understanding.number_words import ONE, ONES, TEENS, UNDER_100, number
from milk_coach.understanding.said_day_halves import MARK, PART_BEHIND, half_of, part_near, parts_of_day
from milk_coach.understanding.said_durations import UNIT
from milk_coach.understanding.spans import Span


@dataclass(frozen=True, slots=True)
class ClockSpan(Span):
    """A clock time "HH:MM" in 24 hours. explicit_half: the words say which half of the day it is."""

    explicit_half: bool


_HOUR_WORDS = {**ONES, "ten": 10, "eleven": 11, "twelve": 12}
_NAMED_HOURS = {"midnight": 0, "midday": 12, "noon": 12}
_HOUR = rf"(?:{'|'.join(_HOUR_WORDS)}|1[0-2]|0?[1-9])"
_COUNTED = (
    rf"(?![ -](?:{UNIT}|letdowns?|let[ ]?downs?|times?|feeds?|ounces?|oz|mls?|months?|percent|breaths?|rounds?|sides?|"
    r"point|stage|go|or|and[ ]a[ ]half|hundred|of[ ](?:them|those|these)|more|different|big|strong|weak)\b)"
)
_PAST, _TO = r"(?:past|after|gone)", r"(?:to|till|til|before)"
_NO_STEP = rf"(?![ ](?:{_PAST}|{_TO})[ ]{_HOUR}\b)"  # in "one ten past three" no "one ten"
_STEP = rf"(?:quarter|half|(?:five|ten|fifteen|twenty(?:[ -]five)?|5|10|20|25)(?:[ ]minutes?)?|{UNDER_100}[ ]minutes?)"
_MINUTES = (
    rf"(?:thirty|forty|fourty|fifty|twenty)(?:[ -](?:{ONE})\b)?|{'|'.join(TEENS)}|(?:oh|o|zero|nought)[ ](?:{ONE})"
)
_OCLOCK = r"[ ]?o['’ ]?clock"
_AT = "|".join(rf"(?<=\b{word}[ ])" for word in ("at", "around", "round", "since", "at[ ]about", "at[ ]around"))
_CLOCK = re.compile(
    rf"""\b(?:
      (?P<noon>twelve[ ]noon|noon|midday|mid-day) | (?P<midnight>(?:twelve[ ])?midnight)
    | (?:(?P<digits>(?:[01]?\d|2[0-3])[:.][0-5]\d)(?!\d)
       | (?:a[ ])?(?P<step>{_STEP}|{UNDER_100}(?=[ ]past\b))[ ](?:(?P<past>{_PAST})|{_TO}|of)
         [ ](?P<step_hour>{_HOUR}|midnight|midday|noon)\b
       | half[ ](?P<half_hour>{_HOUR})\b
       | (?P<hour>{_HOUR})[ ](?P<minutes>{_MINUTES})\b{_NO_STEP}(?![ -]{UNDER_100}\b)
       | (?P<full>{_HOUR})(?={_OCLOCK}|{MARK}|{PART_BEHIND}\b)
       | (?:{_AT})(?P<bare>{_HOUR})\b(?!:){_NO_STEP}(?![ ]past\b)(?![ ]to(?:[ ](?:on|in)\b|$))
      ){_COUNTED}(?:{_OCLOCK})?(?P<mark>{MARK})?
    )(?!\d)""",
    re.VERBOSE,
)
_HOURLESS = re.compile(
    rf"""(?<=\bat[ ])(?:about[ ]|around[ ])?(?:a[ ])?(?P<step>{_STEP})[ ](?:(?P<past>past)|to)
    (?=[ ](?:on|in[ ]the[ ](?:left|right)|with|while|and|please|from)\b|$)""",
    re.VERBOSE,
)


def clock_times(text: str, now: time | None = None) -> list[ClockSpan]:
    """The clock times in a sentence, in the order they are said.

    now: the listener's own clock, when known: only then "at five past" has an hour, the last one that fits.
    """
    found = list(_CLOCK.finditer(text))
    parts = parts_of_day(text) if found else []
    spans = [_clock_span(match, part_near(match, parts, alone=len(found) == 1)) for match in found]
    if now is not None and not spans:
        spans = [_hourless_span(match, now) for match in _HOURLESS.finditer(text)]
    return spans


def _clock_span(match: re.Match[str], part: str | None) -> ClockSpan:
    if match["noon"] or match["midnight"]:
        return ClockSpan("12:00" if match["noon"] else "00:00", match.start(), match.end(), explicit_half=True)
    spoken, minutes = _hour_and_minutes(match)
    hour = (spoken if minutes >= 0 else spoken - 1) % 24
    minutes %= 60
    named = match["step_hour"] in _NAMED_HOURS
    if named or (match["digits"] and (spoken == 0 or spoken > 12 or match["digits"].startswith("0"))):
        return ClockSpan(f"{hour:02}:{minutes:02}", match.start(), match.end(), explicit_half=True)
    hour = hour or 12
    half, explicit = half_of(hour, spoken, match["mark"], part)
    value = hour if half is None else hour % 12 + half
    return ClockSpan(f"{value:02}:{minutes:02}", match.start(), match.end(), explicit_half=explicit)


def _hour_and_minutes(match: re.Match[str]) -> tuple[int, int]:
    """The hour as spoken, and the minutes past it; those before it are negative."""
    if match["digits"]:
        hour, _, minutes = match["digits"].replace(".", ":").partition(":")
        return int(hour), int(minutes)
    if match["step"]:
        minutes = _step_of(match["step"])
        return _hour_of(match["step_hour"]), minutes if match["past"] else -minutes
    if match["half_hour"]:
        return _hour_of(match["half_hour"]), 30
    if match["hour"]:
        return _hour_of(match["hour"]), round(number(match["minutes"]))
    return _hour_of(match["full"] or match["bare"]), 0


def _hour_of(word: str) -> int:
    return {**_HOUR_WORDS, **_NAMED_HOURS}[word] if word.isalpha() else int(word)


def _step_of(words: str) -> int:
    return {"quarter": 15, "half": 30}.get(words) or round(number(words.removesuffix("s").removesuffix(" minute"))) % 60


def _hourless_span(match: re.Match[str], now: time) -> ClockSpan:
    minutes = _step_of(match["step"])
    minutes = minutes if match["past"] else 60 - minutes
    hour = now.hour if minutes <= now.minute else (now.hour - 1) % 24
    return ClockSpan(f"{hour:02}:{minutes:02}", match.start(), match.end(), explicit_half=True)
