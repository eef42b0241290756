"""Slot values in sentences as people speak them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milk_coach.domain.times import parse_date, parse_duration, parse_time
from milk_coach.understanding.slot_words import (
    NamedValues,
    TimeWords,
    ago,
    clock_times,
    dates,
    durations,
    number,
    time_words,
)

UNHURRIED = settings(deadline=None)  # a busy machine is no failure
TODAY = date(2026, 11, 24)  # a Tuesday
LONG = (
    "um so last night at about half past eleven i think i had a really strong letdown on the left while i was pumping "
    "it was maybe a minute and a half in and then another one on the right twenty minutes ago"
)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty five", 25),
        ("twenty-five", 25),
        ("a hundred and five", 105),
        ("three hundred", 300),
        ("two point five", 2.5),
        ("2.5", 2.5),
        ("nineteen", 19),
    ],
)
def test_number(words: str, value: float) -> None:
    assert number(words) == value


@pytest.mark.parametrize(
    ("say", "values"),
    [
        ("breathe with me for two minutes", ["PT2M"]),
        ("two and a half minutes please", ["PT2M30S"]),
        ("a minute and a half", ["PT1M30S"]),
        ("one minute thirty", ["PT1M30S"]),
        ("one minute and thirty seconds", ["PT1M30S"]),
        ("ninety seconds", ["PT1M30S"]),
        ("a hundred and twenty seconds", ["PT2M"]),
        ("half a minute of breathing", ["PT30S"]),
        ("a half hour", ["PT30M"]),
        ("three quarters of an hour", ["PT45M"]),
        ("a quarter hour", ["PT15M"]),
        ("an hour and a quarter", ["PT1H15M"]),
        ("a five minute breathing exercise", ["PT5M"]),
        ("another minute", ["PT1M"]),
        ("a couple more minutes", ["PT2M"]),
        ("one point five hours", ["PT1H30M"]),
        ("10 mins", ["PT10M"]),
        ("after ten minutes i felt it for thirty seconds", ["PT10M", "PT30S"]),
        # no lengths of time
        ("my baby is two weeks old", []),
        ("my two-week-old", []),
        ("three times a day", []),
        ("log a second letdown", []),
        ("half two", []),
        ("the last minute", []),
        ("", []),
    ],
)
def test_durations(say: str, values: list[str]) -> None:
    assert [span.value for span in durations(say)] == values


@pytest.mark.parametrize(
    ("say", "value", "words"),
    [
        ("log one ten minutes ago on the left", "PT10M", "ten minutes ago"),
        ("log one twenty minutes ago", "PT20M", "twenty minutes ago"),
        ("about half an hour ago", "PT30M", "half an hour ago"),
        ("it was an hour and a half ago", "PT1H30M", "an hour and a half ago"),
        ("one and a half hours ago", "PT1H30M", "one and a half hours ago"),
        ("a quarter of an hour back", "PT15M", "a quarter of an hour back"),
        ("a couple of minutes ago", "PT2M", "a couple of minutes ago"),
        ("a few minutes ago", "PT3M", "a few minutes ago"),
        ("ten minutes back only", "PT10M", "ten minutes back"),
        ("make that five minutes before", "PT5M", "five minutes before"),
        ("ten minutes or so ago", "PT10M", "ten minutes or so ago"),
        ("twenty odd minutes ago", "PT20M", "twenty odd minutes ago"),
        ("an hour twenty ago", "PT1H20M", "an hour twenty ago"),
        ("five to ten minutes ago", "PT10M", "ten minutes ago"),
        ("five minutes earlier", "PT5M", "five minutes earlier"),
        ("a day ago", "PT24H", "a day ago"),
    ],
)
def test_ago(say: str, value: str, words: str) -> None:
    (span,) = ago(say)
    assert (span.value, say[span.start : span.end]) == (value, words)


@pytest.mark.parametrize(
    "say", ["five minutes before the feed", "ten minutes", "a while ago", "put it ten minutes back to front"]
)
def test_not_back_from_now(say: str) -> None:
    assert ago(say) == []


@pytest.mark.parametrize(
    ("say", "value", "explicit"),
    [
        # the steps of the clock
        ("at a quarter to six", "05:45", False),
        ("quarter past two", "02:15", False),
        ("quarter of six", "05:45", False),
        ("quarter after two", "02:15", False),
        ("half two", "02:30", False),
        ("about half past four", "04:30", False),
        ("twenty to six", "05:40", False),
        ("ten past three", "03:10", False),
        ("had one ten past three", "03:10", False),
        ("twenty five to eleven p m", "22:35", True),
        ("seven minutes past four", "04:07", False),
        ("quarter to one", "12:45", False),
        ("ten past midnight", "00:10", True),
        ("quarter to midnight", "23:45", True),
        # hours and minutes
        ("three fifteen", "03:15", False),
        ("log one at three ten", "03:10", False),
        ("eleven thirty p m", "23:30", True),
        ("nine oh five a m", "09:05", True),
        ("three twenty two in the morning", "03:22", True),
        # hours
        ("nine o'clock", "09:00", False),
        ("nine o'clock at night", "21:00", True),
        ("at four", "04:00", False),
        ("four in the afternoon", "16:00", True),
        ("four this morning", "04:00", True),
        ("since four", "04:00", False),
        ("noon", "12:00", True),
        ("twelve noon", "12:00", True),
        ("at midnight", "00:00", True),
        # twelve
        ("twelve thirty at night", "00:30", True),
        ("twelve thirty in the afternoon", "12:30", True),
        ("twelve thirty", "12:30", False),
        ("twelve a m", "00:00", True),
        ("twelve p m", "12:00", True),
        # the half of the day, said elsewhere in the sentence
        ("this morning at quarter to six", "05:45", True),
        ("last night at half past eleven", "23:30", True),
        ("last night i had one on the left side at half past eleven", "23:30", True),
        ("last night at half one", "01:30", True),
        ("tonight at nine", "21:00", True),
        ("half nine tonight", "21:30", True),
        ("at five tonight", "05:00", False),
        ("quarter to twelve at night", "23:45", True),
        ("quarter to twelve in the morning", "11:45", True),
        ("ten to six at night", "17:50", True),
        ("at three in the arvo", "15:00", True),
        ("six in the evening", "18:00", True),
        ("at eight yesterday morning", "08:00", True),
        ("at three in the middle of the night", "03:00", True),
        # typed
        ("at 4:30", "04:30", False),
        ("at 4:30pm", "16:30", True),
        ("at 16:30", "16:30", True),
        ("at 04:30", "04:30", True),
        ("4 a.m.", "04:00", True),
        ("at 0:15", "00:15", True),
    ],
)
def test_clock_times(say: str, value: str, explicit: bool) -> None:
    (span,) = clock_times(say)
    assert (span.value, span.explicit_half) == (value, explicit)


@pytest.mark.parametrize(
    "say",
    [
        "",
        "ten minutes ago",
        "half an hour ago",
        "five to ten minutes ago",
        "log one twenty minutes ago",
        "four seven eight breathing",
        "around two letdowns",
        "two to three letdowns",
        "another one after six",
        "at one point",
        "at two weeks",
        "four",
        "left half two minutes",
        "at five past",
        "good morning",
        "one and a half hours",
        "three thirty second breaths",
    ],
)
def test_no_clock_time(say: str) -> None:
    assert clock_times(say) == []


@pytest.mark.parametrize(
    ("say", "now", "value"),
    [
        ("at five past", time(15, 10), "15:05"),
        ("at five past on the left", time(15, 3), "14:05"),
        ("at quarter to", time(15, 10), "14:45"),
        ("at half past", time(0, 10), "23:30"),
    ],
)
def test_a_step_without_its_hour_is_the_last_one(say: str, now: time, value: str) -> None:
    (span,) = clock_times(say, now)
    assert (span.value, span.explicit_half) == (value, True)


@pytest.mark.parametrize(
    ("say", "value", "day"),
    [
        ("yesterday", "2026-11-23", "yesterday"),
        ("today on the left", "2026-11-24", "today"),
        ("the day before yesterday", "2026-11-22", "day_before_yesterday"),
        ("last night", "2026-11-23TNI", "yesterday"),
        ("the night before last", "2026-11-22TNI", "day_before_yesterday"),
        ("yesterday afternoon", "2026-11-23TAF", "yesterday"),
        ("this morning", "2026-11-24TMO", None),
        ("this arvo", "2026-11-24TAF", None),
        ("tonight", "2026-11-24TNI", None),
        ("on monday", "2026-11-23", "monday"),
        ("on tuesday", "2026-11-24", "tuesday"),
        ("wednesday evening", "2026-11-18TEV", "wednesday"),
    ],
)
def test_dates(say: str, value: str, day: str | None) -> None:
    (span,) = dates(say, TODAY)
    assert (span.value, span.day) == (value, day)


@pytest.mark.parametrize("say", ["", "tomorrow", "the other day", "monday's child", "good morning"])
def test_no_date(say: str) -> None:
    assert dates(say, TODAY) == []


@pytest.mark.parametrize(
    ("say", "meant"),
    [
        ("just had one", TimeWords()),
        ("twenty minutes ago not ten minutes ago", TimeWords(ago="PT20M")),
        ("not ten minutes ago twenty minutes ago", TimeWords(ago="PT20M")),
        (
            "half past three this afternoon not half past two",
            TimeWords(at="15:30", explicit_half=True, date="2026-11-24TAF"),
        ),
        (
            "last night at half past one",
            TimeWords(at="01:30", explicit_half=True, date="2026-11-23TNI", day="today"),
        ),
        (LONG, TimeWords("PT20M", "23:30", True, "2026-11-23TNI", "yesterday", "PT1M30S")),
    ],
)
def test_time_words(say: str, meant: TimeWords) -> None:
    assert time_words(say, TODAY) == meant


# --- named values -----------------------------------------------------------------------------------------------------

SIDE = NamedValues(
    {
        "left": ["left", "the left", "left side", "on the left"],
        "right": ["right", "the right", "right side"],
        "both": ["both", "both sides", "left and right"],
    },
    no_denies=False,
)
SOURCE = NamedValues({"nursing": ["nursing", "feeding"], "pumping": ["pumping", "pump", "expressing"]}, no_denies=False)
FEELING = NamedValues(
    {
        "painful": ["painful", "pain", "hurt", "hurts"],
        "tingling": ["tingling", "tingly"],
        "sad": ["sad", "down"],
        "none": ["nothing", "didn't feel anything"],
    }
)


@pytest.mark.parametrize(
    ("say", "side"),
    [
        ("just had one on the left", "left"),
        ("not the left the right", "right"),
        ("that was the left side not the right", "left"),
        ("it wasn't the left it was the right", "right"),
        ("not left but right", "right"),
        ("the left instead of the right", "left"),
        ("left no wait right", "right"),
        ("no the left", "left"),
        ("switch from left to right", "right"),
        ("left and right", "both"),
        ("both sides", "both"),
        ("not only the left", "left"),
        ("log it right away", None),
        ("right now on the left", "left"),
        ("a bright light", None),
        ("log it", None),
        ("", None),
    ],
)
def test_side(say: str, side: str | None) -> None:
    assert SIDE.pick(say) == side


@pytest.mark.parametrize(
    ("say", "source"),
    [
        ("while i was pumping", "pumping"),
        ("pumping not nursing", "pumping"),
        ("i wasn't nursing i was pumping", "pumping"),
        ("not while feeding while expressing", "pumping"),
    ],
)
def test_source(say: str, source: str) -> None:
    assert SOURCE.pick(say) == source


@pytest.mark.parametrize(
    ("say", "feeling"),
    [
        ("it hurt", "painful"),
        ("it didn't hurt", None),
        ("it doesn't hurt any more", None),
        ("no pain this time", None),
        ("without any pain", None),
        ("the pain has gone", None),
        ("it wasn't painful but tingly", "tingling"),
        ("i never felt any tingling", None),
        ("i didn't feel anything", "none"),
        ("had a let down", None),
        ("i feel so down", "sad"),
    ],
)
def test_feeling(say: str, feeling: str | None) -> None:
    assert FEELING.pick(say) == feeling


def test_every_value_is_found_with_its_place() -> None:
    say = "not the left the right"
    assert [(v.value, say[v.start : v.end], v.negated) for v in SIDE.find(say)] == [
        ("left", "the left", True),
        ("right", "the right", False),
    ]


def test_nothing_to_find() -> None:
    assert NamedValues({}, ignore=()).find("on the left") == []


# --- anything at all --------------------------------------------------------------------------------------------------

WORDS = (
    "a an one two three ten twelve fifteen twenty five thirty hundred half quarter past to of and the at in minutes "
    "hour seconds ago back before morning night tonight last yesterday monday p m a.m. o'clock noon midnight 4:30 not"
)


@UNHURRIED
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join) | st.text(max_size=40))
def test_any_words_give_values_that_parse(say: str) -> None:
    for length in durations(say):
        assert parse_duration(length.value) is not None
        assert 0 <= length.start < length.end <= len(say)
    for clock in clock_times(say, time(3, 10)):
        assert isinstance(parse_time(clock.value), time)
    for day in dates(say, TODAY):
        assert parse_date(day.value) is not None
    time_words(say, TODAY, time(3, 10))
    SIDE.pick(say)


@UNHURRIED
@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001  # a calendar, not a moment
def test_a_weekday_is_within_the_last_week(now: datetime) -> None:
    for day in dates("monday tuesday wednesday thursday friday saturday sunday", now.date()):
        assert timedelta() <= now.date() - date.fromisoformat(day.value) < timedelta(days=7)


def test_a_sentence_takes_no_time() -> None:
    def once() -> float:
        began = perf_counter()
        time_words(LONG, TODAY)
        SIDE.pick(LONG)
        FEELING.pick(LONG)
        return perf_counter() - began

    assert min(once() for _ in range(50)) < 0.002  # measured at 0.2 ms; a busy machine is given its due
