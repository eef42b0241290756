"""Says times, lengths of time and numbers in words: the facts of domain/told_times.py with the words of times.toml.

Everything here is for the middle of a sentence: no capital, no full stop.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from milk_coach.content.files import read
from milk_coach.domain.told_times import ClockStyle, ago_parts, clock_parts, duration_parts

_ENGLISH = "en"


def spoken_ago(ms: int, language: str = _ENGLISH, *, exact: bool = False) -> str:
    """Milliseconds that have passed: "about an hour and a half ago".

    exact: to the minute ("twenty-three minutes ago"), to echo what somebody said themselves. Less than nothing is now.
    """
    words = _words(language)["ago"]
    if exact and ms >= 60_000:
        length = timedelta(minutes=round(ms / 60_000)).total_seconds()
        return str(words["exactly"]).format(length=spoken_duration(length, language))
    key, number = ago_parts(timedelta(milliseconds=ms))
    return str(words[key]).format(n=spoken_count(number, language))


def spoken_duration(seconds: float, language: str = _ENGLISH) -> str:
    """A length of time, exactly: "two and a half minutes", "one hour and ten minutes"."""
    words = _words(language)["durations"]
    said = [str(words[key]).format(n=spoken_count(n, language)) for key, n in duration_parts(seconds)]
    return said[0] if len(said) == 1 else str(words["two_parts"]).format(first=said[0], second=said[1])


def spoken_clock(
    local: datetime, style: ClockStyle = "past_to", language: str = _ENGLISH, *, with_part: bool = False
) -> str:
    """A local clock time: "ten past three", or in the style "digits" "three ten in the afternoon".

    with_part: say the part of the day in either style, where the style leaves open which half of the day it was.
    """
    words = _words(language)
    key, values = clock_parts(local, style)
    part = str(words["parts"][values["part"]])
    hour, minute = (spoken_count(int(values[name]), language) for name in ("hour", "minute"))
    said = str(words["clock"][key]).format(hour=hour, minute=minute, part=part)
    if not with_part or key in ("noon", "midnight") or style == "digits":
        return said
    return str(words["clock"]["with_part"]).format(time=said, part=part)


def spoken_period(label_key: str, language: str = _ENGLISH) -> str:
    """What a window is called: "last night", "in the last seven days". Raises KeyError for a label nobody gives."""
    return str(_words(language)["periods"][label_key])


def spoken_count(n: int, language: str = _ENGLISH) -> str:
    """A whole number in words, from nought up; a million and more are a great many. Raises ValueError below nought."""
    words = _words(language)["numbers"]
    if n < 0:
        raise ValueError("a count below nought")
    if n < 20:
        return str(words["small"][n])
    if n < 100:
        tens, ones = str(words["tens"][n // 10 - 2]), n % 10
        return str(words["joined"]).format(tens=tens, ones=words["small"][ones]) if ones else tens
    return _large_count(n, words, language)


def _large_count(n: int, words: dict[str, Any], language: str) -> str:
    if n >= 1_000_000:
        return str(words["many"])
    size, name = (1000, "thousands") if n >= 1000 else (100, "hundreds")
    whole, rest = divmod(n, size)
    if rest:
        name += "_and_few" if name == "thousands" and rest < 100 else "_and"
    return str(words[name]).format(n=spoken_count(whole, language), rest=spoken_count(rest, language))


def style_for(locale: str, language: str = _ENGLISH) -> ClockStyle:
    """How the people of a locale say clock times."""
    return "digits" if locale in _words(language)["styles"]["digits"] else "past_to"


@cache
def _words(language: str) -> dict[str, Any]:
    return read(language, "times.toml")
