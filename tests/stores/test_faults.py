"""Each call of a night fails in turn, before it is carried out or after: nothing half-written remains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from milk_coach.domain.records import Preferences
from milk_coach.stores.base import LetdownStore, StoreUnavailable
from milk_coach.stores.memory import MemoryStore
from tests.stores.faulty import FaultyStore
from tests.stores.samples import MINUTE, NOW, PARENT, HandClock, feed, letdown

FEED = feed("feed")
SWITCHED = replace(FEED, sides=((NOW, "right"),))
ENDED = replace(SWITCHED, end=NOW + 9 * MINUTE, ended_by="listener")
ONE = letdown("one", at=NOW + MINUTE, feed_id=FEED.id)
TWO = letdown("two", at=NOW + 2 * MINUTE)
MOVED = replace(ONE, at=NOW + 3 * MINUTE, side="left")
PREFERENCES = Preferences(time_zone="Europe/Paris", time_zone_checked_at=NOW)
NIGHT: tuple[Callable[[LetdownStore], object], ...] = (
    lambda store: store.ping(),
    lambda store: store.save_preferences(PARENT, PREFERENCES),
    lambda store: store.put_feed(PARENT, FEED),
    lambda store: store.add_letdown(PARENT, ONE),
    lambda store: store.change_feed(PARENT, FEED, SWITCHED),
    lambda store: store.add_letdown(PARENT, TWO),
    lambda store: store.change_letdown(PARENT, ONE, MOVED),
    lambda store: store.latest(PARENT),
    lambda store: store.remove_letdown(PARENT, TWO),
    lambda store: store.between(PARENT, NOW, NOW + MINUTE, limit=9),
    lambda store: store.running_feed(PARENT),
    lambda store: store.change_feed(PARENT, SWITCHED, ENDED),
    lambda store: store.latest_feeds(PARENT),
    lambda store: store.feeds_between(PARENT, NOW, NOW + 1, limit=1),
    lambda store: store.preferences(PARENT),
)


@pytest.mark.parametrize("done", [False, True], ids=["not carried out", "answer lost"])
def test_what_is_tried_again_after_a_fault_is_done_exactly_once(
    new_store: Callable[[str], LetdownStore], done: bool
) -> None:
    for failing in range(1, len(NIGHT) + 1):
        store = FaultyStore(new_store("memory"), failing, done=done)
        for number, step in enumerate(NIGHT, start=1):
            if number == failing:
                with pytest.raises(StoreUnavailable):
                    step(store)
            step(store)
        assert store.latest(PARENT, 9) == [MOVED]
        assert store.latest_feeds(PARENT, 9) == [ENDED]
        assert store.running_feed(PARENT) is None
        assert store.preferences(PARENT) == PREFERENCES


def test_what_is_not_tried_again_has_left_nothing(store: LetdownStore) -> None:
    faulty = FaultyStore(store, 1, lasting=True)
    for step in NIGHT:
        with pytest.raises(StoreUnavailable):
            step(faulty)
    with pytest.raises(StoreUnavailable):
        faulty.delete_all(PARENT)
    assert store.latest(PARENT) == []
    assert store.latest_feeds(PARENT) == []
    assert store.preferences(PARENT) == Preferences()


def test_every_store_bears_every_step_twice(store: LetdownStore) -> None:
    for step in NIGHT:
        step(store)
        step(store)
    assert store.latest(PARENT, 9) == [MOVED]
    assert store.latest_feeds(PARENT, 9) == [ENDED]


def test_the_night_uses_every_method(clock: HandClock) -> None:
    faulty = FaultyStore(MemoryStore(clock))
    for step in NIGHT:
        step(faulty)
    faulty.delete_all(PARENT)
    promised = {name for name in vars(LetdownStore) if not name.startswith("_")}
    assert set(faulty.calls) == promised
