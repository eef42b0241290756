"""Whatever is done in whatever order, every store answers as the one in memory does."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from milk_coach.domain.records import FEELINGS, SIDES, SOURCES, Feed, Letdown, Preferences
from milk_coach.stores.base import Conflict, LetdownStore, UserKey, user_key
from milk_coach.stores.memory import MemoryStore
from tests.stores.samples import DAY, KEEP_MS, NOW, HandClock, feed, letdown

_households = itertools.count()

names = st.sampled_from("abcdefgh")
times = st.integers(NOW, NOW + 5)  # few moments and few names: they meet often
letdowns = st.builds(
    letdown,
    names,
    times,
    side=st.sampled_from(SIDES),
    source=st.sampled_from(SOURCES),
    feeling=st.sampled_from([None, *FEELINGS]),
    since_feed_start_ms=st.none() | st.integers(0, 9),
)
feeds = st.builds(
    feed,
    names,
    times,
    end=st.none() | times,
    source=st.sampled_from(SOURCES),
    sides=st.lists(st.tuples(times, st.sampled_from(SIDES)), max_size=3).map(tuple),
)
json = st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=2))
preferences = st.builds(
    Preferences,
    time_zone=st.sampled_from([None, "UTC", "Europe/Paris"]),
    last_disclaimer_at=st.none() | times,
    last_entry=st.none() | names,
    breathing=st.none() | st.dictionaries(st.text(max_size=3), json, max_size=3),
)
limits = st.integers(-1, 9)


class TwoStores(RuleBasedStateMachine):
    """Does everything to both stores for a household of its own, and compares what they answer or raise."""

    def __init__(self, store: LetdownStore, clock: HandClock) -> None:
        super().__init__()
        self.store, self.clock = store, clock
        self.model = MemoryStore(clock, KEEP_MS)
        clock.now = NOW + 10
        self.user: UserKey = user_key(f"household {next(_households)}")

    def both(self, method: str, *arguments: Any, **options: Any) -> Any:
        """What both answer. `Conflict` counts as an answer; a difference fails the test."""
        model, store = (_answer(one, method, self.user, *arguments, **options) for one in (self.model, self.store))
        assert store == model, method
        return store

    @rule(one=letdowns)
    def add(self, one: Letdown) -> None:
        self.both("add_letdown", one)

    @rule(one=letdowns)
    def remove(self, one: Letdown) -> None:
        self.both("remove_letdown", one)

    @rule(n=limits)
    def latest(self, n: int) -> None:
        self.both("latest", n)

    @rule(start=times, end=times, limit=limits, newest_first=st.booleans())
    def between(self, **options: Any) -> None:
        self.both("between", **options)
        self.both("feeds_between", **options)

    @rule(other=letdowns, pick=st.integers(0, 9))
    def change_one_that_is_there(self, other: Letdown, pick: int) -> None:
        if kept := self.model.latest(self.user, 9):
            before = kept[pick % len(kept)]
            self.both("change_letdown", before, replace(other, id=before.id, request_id=before.request_id))

    @rule(one=letdowns, other=letdowns)
    def change_as_remembered(self, one: Letdown, other: Letdown) -> None:
        self.both("change_letdown", one, replace(other, id=one.id, request_id=one.request_id))

    @rule(one=feeds)
    def put_feed(self, one: Feed) -> None:
        self.both("put_feed", one)

    @rule(one=feeds, other=feeds)
    def change_feed_as_remembered(self, one: Feed, other: Feed) -> None:
        self.both("change_feed", one, replace(other, id=one.id))

    @rule(other=feeds, pick=st.integers(0, 9))
    def change_feed_that_is_there(self, other: Feed, pick: int) -> None:
        if kept := self.model.latest_feeds(self.user, 9):
            before = kept[pick % len(kept)]
            self.both("change_feed", before, replace(other, id=before.id))

    @rule(end=times)
    def end_the_running_feed(self, end: int) -> None:
        if one := self.both("running_feed"):
            self.both("change_feed", one, replace(one, end=end, ended_by="listener"))

    @rule(n=limits)
    def latest_feeds(self, n: int) -> None:
        self.both("latest_feeds", n)

    @rule(new=preferences)
    def save_preferences(self, new: Preferences) -> None:
        self.both("save_preferences", new)
        self.both("preferences")

    @rule(new=preferences, before=preferences)
    def save_changed_preferences(self, new: Preferences, before: Preferences) -> None:
        self.both("save_preferences", new, before=before)
        self.both("preferences")

    @rule()
    def delete_all(self) -> None:
        self.both("delete_all")

    @precondition(lambda self: self.clock.now == NOW + 10)
    @rule(by=st.sampled_from([DAY, 2 * DAY, KEEP_MS - 10, KEEP_MS - 7, KEEP_MS, KEEP_MS + 990]))
    def time_passes(self, by: int) -> None:
        self.clock.now += by

    def teardown(self) -> None:
        for method in ("latest", "latest_feeds"):
            self.both(method, 99)
        self.both("running_feed")
        self.both("preferences")
        self.both("delete_all")  # or the table grows, and with it the copies that moto makes of it


def _answer(store: LetdownStore, method: str, *arguments: Any, **options: Any) -> Any:
    try:
        return getattr(store, method)(*arguments, **options)
    except Conflict:
        return Conflict


@pytest.mark.parametrize("kind", ["sqlite", "dynamodb"])
def test_every_store_answers_as_the_one_in_memory(
    kind: str, new_store: Callable[[str], LetdownStore], clock: HandClock
) -> None:
    store = new_store(kind)

    class TheseTwo(TwoStores):
        def __init__(self) -> None:
            super().__init__(store, clock)

    run_state_machine_as_test(
        TheseTwo,
        settings=settings(
            max_examples=60,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
