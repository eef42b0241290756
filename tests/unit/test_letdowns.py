"""What the log says about a person's own pattern."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milk_coach.domain.letdowns import (
    AGAIN_MS,
    FEED_LIMIT_MS,
    Usual,
    completes,
    ended_by_itself,
    first_waits,
    has_run_out,
    may_be_the_same,
    other_side,
    side_at,
    side_counts,
    usual_wait,
    within_feed,
)
from milk_coach.domain.records import Feed, Letdown

MINUTE = 60_000
T = 1_700_000_000_000


def letdown(at: int = T, **fields: object) -> Letdown:
    return Letdown(id=f"id{at}", at=at, request_id="r", **fields)  # type: ignore[arg-type]  # the test says which


def timed(feed: str, minutes: float) -> Letdown:
    return letdown(T + round(minutes * 1000), feed_id=feed, since_feed_start_ms=round(minutes * MINUTE))


def test_the_usual_is_the_median_of_first_letdowns_with_its_middle_half() -> None:
    log = [timed("a", 2), timed("a", 9), timed("b", 3), timed("c", 4), timed("d", 5)]
    assert usual_wait(log) == Usual(round(3.5 * MINUTE), round(2.75 * MINUTE), round(4.25 * MINUTE), 4)


@pytest.mark.parametrize("feeds", [0, 1, 2])
def test_too_few_feeds_are_no_pattern(feeds: int) -> None:
    assert usual_wait(timed(str(n), 2) for n in range(feeds)) is None


@given(st.lists(st.integers(0, 30 * MINUTE), min_size=3, max_size=50))
def test_the_spread_holds_the_middle(waits: list[int]) -> None:
    usual = usual_wait(letdown(T + n, feed_id=str(n), since_feed_start_ms=wait) for n, wait in enumerate(waits))
    assert usual is not None
    assert min(waits) <= usual.low <= usual.middle <= usual.high <= max(waits)
    assert usual.compare(usual.middle) == "usual"


@pytest.mark.parametrize(("waited", "how"), [(0, "sooner"), (2, "usual"), (3.2, "usual"), (9, "later")])
def test_a_wait_is_compared_with_the_usual(waited: float, how: str) -> None:
    assert Usual(2 * MINUTE, MINUTE, 3 * MINUTE, 5).compare(round(waited * MINUTE)) == how


def test_only_the_first_letdown_of_a_feed_is_its_wait() -> None:
    assert first_waits([timed("a", 6), timed("a", 2), letdown()]) == [2 * MINUTE]


def test_both_counts_for_both_and_unknown_for_none() -> None:
    log = [letdown(side="left"), letdown(side="both"), letdown(side="unknown")]
    assert side_counts(log) == {"left": 2, "right": 1}


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left"), ("both", "unknown")])
def test_the_other_side(side: str, other: str) -> None:
    assert other_side(side) == other  # type: ignore[arg-type]  # literals


def test_a_feed_ends_by_itself_after_two_hours() -> None:
    feed = Feed("f", T)
    assert not has_run_out(feed, T + FEED_LIMIT_MS - 1)
    assert has_run_out(feed, T + FEED_LIMIT_MS)
    assert ended_by_itself(feed) == replace(feed, end=T + FEED_LIMIT_MS, ended_by="timeout")


def test_what_was_not_said_comes_from_the_feed_at_that_time() -> None:
    feed = Feed("f", T, source="pumping", sides=((T, "left"), (T + 5 * MINUTE, "right")))
    early, late = within_feed(letdown(T + MINUTE), feed), within_feed(letdown(T + 6 * MINUTE), feed)
    assert (early.side, late.side, early.source) == ("left", "right", "pumping")
    assert (early.feed_id, early.since_feed_start_ms) == ("f", MINUTE)
    assert side_at(feed, T - 1) == "left"


@pytest.mark.parametrize("feed", [None, Feed("f", T + 1), Feed("f", T - 10, end=T - 1)])
def test_outside_a_feed_nothing_is_guessed(feed: Feed | None) -> None:
    alone = within_feed(letdown(T), feed)
    assert (alone.side, alone.source, alone.feed_id) == ("unknown", "unknown", None)


def test_what_was_said_stays_as_it_was_said() -> None:
    feed = Feed("f", T, source="nursing", sides=((T, "left"),))
    assert within_feed(letdown(T + 1, side="right", source="pumping"), feed).side == "right"


@pytest.mark.parametrize(
    ("new", "same", "fills"),
    [
        ({}, True, False),
        ({"side": "left"}, True, False),
        ({"side": "right"}, False, False),
        ({"feeling": "sad"}, False, True),
        ({"side": "left", "source": "pumping"}, False, True),
    ],
)
def test_within_half_a_minute(new: dict[str, str], same: bool, fills: bool) -> None:
    last = letdown(T, side="left")
    second = letdown(T + AGAIN_MS, **new)
    assert may_be_the_same(last, second) is same
    assert completes(last, second) is fills


def test_after_half_a_minute_it_is_another() -> None:
    assert not may_be_the_same(letdown(T), letdown(T + AGAIN_MS + 1))
    assert not completes(letdown(T), letdown(T + AGAIN_MS + 1, side="left"))
    assert not may_be_the_same(None, letdown())
