"""Finds the lengths of time in a sentence as people speak it, and those that lie back from now. English only."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from milk_coach.domain.time_values import iso_duration
from milk_coach.understanding.number_words import NUMBER, number
from milk_coach.understanding.spans import Span

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)"
_SMALL_UNIT = r"(?:seconds?|secs?|minutes?|mins?)"
_LITTLE = r"(?:(?:an?[ ])?couple(?:[ ]of)?|(?:a[ ])?few|another|an?)"
_HALVES = r"half(?:[ ]an?)?"
_QUARTERS = r"(?:(?:an?|one)[ ])?quarter(?:[ ]of)?(?:[ ]an?)?|three[ ]quarters(?:[ ]of)?(?:[ ]an?)?"
# "a second letdown", "two weeks old" are no lengths of time.
_NO_LENGTH = r"(?![ -](?:old|letdown|let[ ]down|one|time|side|wave|feed|rush|twin)\b)"
_LENGTH = re.compile(
    rf"""\b(?:
      (?P<fraction>{_HALVES}|{_QUARTERS})[ -](?P<fraction_unit>hour|minute)\b
    | (?P<count>{NUMBER}|{_LITTLE})(?P<and_part>[ ]and[ ]a[ ](?:half|quarter))?(?:[ ](?:odd|or[ ]so|more))?[ -]?
      (?P<unit>{UNIT})\b{_NO_LENGTH}
      (?:[ ]and[ ](?P<tail>a[ ]half|a[ ]quarter|three[ ]quarters)\b
       | (?:[ ]and)?[ ](?P<rest>{NUMBER})(?:[ ](?P<rest_unit>{_SMALL_UNIT})\b|(?=[ ](?:ago|back|earlier)\b|$)))?
    )""",
    re.VERBOSE,
)
_BARE_DAY = re.compile(r"(?:an?|one|another) (?:days?|weeks?)$")
_AFTER_BARE_DAY = re.compile(r" (?:ago|back|earlier)\b")
_NOT_BEFORE_NOW = r"(?:an?|the|my|her|his|their|our|this|that|i|we|he|she|they|it|baby|bed|feed\w*|nurs\w*|pump\w*)"
_AGO = re.compile(
    rf"(?: or so| or thereabouts| maybe| roughly)? (?:ago|back(?! to\b)|earlier|before(?! {_NOT_BEFORE_NOW}\b))\b"
)


def durations(text: str) -> list[Span]:
    """The lengths of time in a sentence, as AMAZON.DURATION, in the order they are said."""
    found = []
    for match in _LENGTH.finditer(text):
        bare = _BARE_DAY.match(match[0])
        if bare is None or _AFTER_BARE_DAY.match(text, match.end()):
            found.append(Span(iso_duration(timedelta(seconds=_length_of(match))), match.start(), match.end()))
    return found


def _length_of(match: re.Match[str]) -> float:
    if match["fraction"]:
        return _fraction(match["fraction"]) * _SECONDS[match["fraction_unit"][0]]
    size = _SECONDS[match["unit"][0]]
    length = size * (_count_of(match["count"]) + _fraction(match["and_part"]) + _fraction(match["tail"]))
    if match["rest"] is None:
        return length
    # "one minute thirty", "an hour twenty": the smaller unit goes without saying
    return length + number(match["rest"]) * (_SECONDS[match["rest_unit"][0]] if match["rest_unit"] else size // 60)


def _count_of(words: str) -> float:
    return 2 if "couple" in words else 3 if "few" in words else number(words)


def _fraction(words: str | None) -> float:
    if words is None:
        return 0
    return 0.5 if "half" in words else 0.75 if "three" in words else 0.25


def ago(text: str) -> list[Span]:
    """The lengths of time that lie back from now: "ten minutes ago", "half an hour back", "five minutes before"."""
    found = []
    for span in durations(text):
        behind = _AGO.match(text, span.end)
        if behind:
            found.append(replace(span, end=behind.end()))
    return found
