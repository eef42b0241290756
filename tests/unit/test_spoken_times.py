"""Times, lengths of time and numbers as they are said."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milk_coach.content.files import read
from milk_coach.content.spoken_times import (
    spoken_ago,
    spoken_clock,
    spoken_count,
    spoken_duration,
    spoken_period,
    style_for,
)
from milk_coach.domain.told_times import ClockStyle
from milk_coach.domain.windows import Window, window
from milk_coach.understanding.number_words import number
from milk_coach.understanding.said_clock_times import clock_times
from milk_coach.understanding.said_durations import ago, durations

UNHURRIED = settings(deadline=None)  # a busy machine is no failure
_FOR_THE_EAR = re.compile(r"[a-z][a-z' -]*[a-z]")
MINUTE = 60_000


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-1, "a moment ago"),
        (0, "a moment ago"),
        (1, "a minute ago"),
        (17, "seventeen minutes ago"),
        (20, "twenty minutes ago"),
        (23, "about twenty-five minutes ago"),
        (30, "half an hour ago"),
        (29, "half an hour ago"),
        (28, "about half an hour ago"),
        (45, "forty-five minutes ago"),
        (60, "an hour ago"),
        (70, "about an hour ago"),
        (92, "an hour and a half ago"),
        (100, "about an hour and a half ago"),
        (122, "two hours ago"),
        (150, "two and a half hours ago"),
        (610, "about ten hours ago"),
        (1440, "a day ago"),
        (2800, "about two days ago"),
    ],
)
def test_ago(minutes: int, said: str) -> None:
    assert spoken_ago(minutes * MINUTE) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "a moment ago"), (1, "one minute ago"), (23, "twenty-three minutes ago"), (30, "half an hour ago")],
)
def test_ago_as_somebody_said_it(minutes: int, said: str) -> None:
    assert spoken_ago(minutes * MINUTE, exact=True) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "zero seconds"),
        (1, "one second"),
        (45, "forty-five seconds"),
        (60, "one minute"),
        (90, "a minute and a half"),
        (120, "two minutes"),
        (125, "two minutes and five seconds"),
        (150, "two and a half minutes"),
        (1800, "half an hour"),
        (1830, "thirty minutes and thirty seconds"),
        (3600, "one hour"),
        (4500, "one hour and fifteen minutes"),
        (5400, "an hour and a half"),
        (9000, "two and a half hours"),
    ],
)
def test_duration(seconds: int, said: str) -> None:
    assert spoken_duration(seconds) == said


@pytest.mark.parametrize(
    ("at", "past_to", "digits"),
    [
        ("00:00", "midnight", "midnight"),
        ("00:05", "five past twelve", "twelve oh five in the morning"),
        ("03:00", "three o'clock", "three in the morning"),
        ("03:10", "ten past three", "three ten in the morning"),
        ("03:01", "one minute past three", "three oh one in the morning"),
        ("07:15", "quarter past seven", "seven fifteen in the morning"),
        ("12:00", "noon", "noon"),
        ("12:30", "half past twelve", "twelve thirty in the afternoon"),
        ("12:45", "quarter to one", "twelve forty-five in the afternoon"),
        ("15:37", "twenty-three minutes to four", "three thirty-seven in the afternoon"),
        ("15:59", "one minute to four", "three fifty-nine in the afternoon"),
        ("18:20", "twenty past six", "six twenty in the evening"),
        ("21:35", "twenty-five to ten", "nine thirty-five at night"),
        ("23:45", "quarter to twelve", "eleven forty-five at night"),
    ],
)
def test_clock(at: str, past_to: str, digits: str) -> None:
    local = datetime.fromisoformat(f"2026-11-24 {at}").replace(tzinfo=ZoneInfo("Europe/London"))
    assert spoken_clock(local) == past_to
    assert spoken_clock(local, "digits") == digits


def test_clock_with_its_part_of_the_day() -> None:
    afternoon, midnight = datetime(2026, 11, 24, 15, 10, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    assert spoken_clock(afternoon, with_part=True) == "ten past three in the afternoon"
    assert spoken_clock(afternoon, "digits", with_part=True) == "three ten in the afternoon"
    assert spoken_clock(midnight, with_part=True) == "midnight"


@pytest.mark.parametrize(
    ("locale", "style"), [("en-US", "digits"), ("en-GB", "past_to"), ("en-AU", "past_to"), ("en-IN", "past_to")]
)
def test_style(locale: str, style: str) -> None:
    assert style_for(locale) == style


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (59, "fifty-nine"),
        (100, "one hundred"),
        (312, "three hundred and twelve"),
        (1005, "one thousand and five"),
        (1250, "one thousand two hundred and fifty"),
        (1_000_000, "a great many"),
    ],
)
def test_count(n: int, said: str) -> None:
    assert spoken_count(n) == said


def test_no_count_below_nought() -> None:
    with pytest.raises(ValueError, match="below nought"):
        spoken_count(-1)


@UNHURRIED
@given(st.integers(0, 999))
def test_a_count_said_and_heard_again_is_the_same(n: int) -> None:
    assert number(spoken_count(n)) == n


@UNHURRIED
@given(st.integers(1, 24 * 3600))
def test_a_duration_said_and_heard_again_is_the_same(seconds: int) -> None:
    exact = seconds if seconds < 3600 else round(seconds / 60) * 60
    heard = durations(spoken_duration(seconds))
    total = sum(_seconds(span.value) for span in heard)
    assert total == exact


@UNHURRIED
@given(st.integers(1, 47 * 60))
def test_ago_said_and_heard_again_is_the_same(minutes: int) -> None:
    (heard,) = ago(spoken_ago(minutes * MINUTE, exact=True))
    assert _seconds(heard.value) == minutes * 60


@UNHURRIED
@given(st.integers(0, 1439), st.sampled_from(["past_to", "digits"]))
def test_a_clock_time_said_and_heard_again_is_the_same(minute: int, style: ClockStyle) -> None:
    local = datetime(2026, 11, 24, tzinfo=UTC) + timedelta(minutes=minute)
    (heard,) = clock_times(spoken_clock(local, style, with_part=True))
    assert heard.value == f"{local:%H:%M}"
    assert heard.explicit_half


@UNHURRIED
@given(st.integers(-1, 10**12), st.booleans())
def test_everything_is_made_for_the_ear(ms: int, exact: bool) -> None:
    for said in (spoken_ago(ms, exact=exact), spoken_duration(ms / 1000)):
        assert _FOR_THE_EAR.fullmatch(said)


@pytest.mark.parametrize("zone", [None, ZoneInfo("Europe/London")])
@UNHURRIED
@given(
    st.dates().map(str)
    | st.sampled_from(sorted(read("en", "slots.toml")["SPAN"]))
    | st.from_regex(r"20(19|2\d)-W[0-5]\d", fullmatch=True)
)
def test_every_window_has_a_name(zone: ZoneInfo | None, period: str) -> None:
    found = window(datetime(2026, 11, 24, 15, 20, tzinfo=UTC), zone, period)
    if isinstance(found, Window):
        assert spoken_period(found.label_key)


def _seconds(value: str) -> int:
    parts = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", value)
    assert parts
    hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return hours * 3600 + minutes * 60 + seconds
