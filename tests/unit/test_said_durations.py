"""Lengths of time in sentences as people speak them."""

from __future__ import annotations

import pytest

from milk_coach.understanding.said_durations import ago, durations


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
