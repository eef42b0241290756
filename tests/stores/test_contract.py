"""What every store promises, held against each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from milk_coach.domain.records import FEELINGS, LATEST_TIME, SIDES, SOURCES, Feed, Letdown, Preferences
from milk_coach.stores.base import RECEIPT_S, Conflict, LetdownStore, Started, Stored
from tests.stores.samples import DAY, KEEP_MS, MINUTE, NOW, OTHER, PARENT, HandClock, feed, letdown

FULL = letdown(
    "full",
    side="left",
    source="pumping",
    feeling="painful",
    feed_id="feed-1",
    since_feed_start_ms=2 * MINUTE,
    person_id="amzn1.ask.person.X",
)
FULL_FEED = feed(
    "full",
    end=NOW + MINUTE,
    source="nursing",
    sides=((NOW, "left"), (NOW + 1, "right")),
    ended_by="timeout",
    person_id="amzn1.ask.person.X",
)


class TestAnEmptyStore:
    def test_answers_nothing_to_everything(self, store: LetdownStore) -> None:
        store.ping()
        assert store.latest(PARENT, 5) == []
        assert store.between(PARENT, 0, LATEST_TIME, limit=5) == []
        assert store.running_feed(PARENT) is None
        assert store.latest_feeds(PARENT, 5) == []
        assert store.feeds_between(PARENT, 0, LATEST_TIME, limit=5) == []
        assert store.preferences(PARENT) == Preferences()

    def test_has_nothing_to_remove(self, store: LetdownStore) -> None:
        assert store.remove_letdown(PARENT, letdown()) is False
        store.delete_all(PARENT)


class TestAdding:
    @pytest.mark.parametrize("one", [letdown(), FULL], ids=["least", "full"])
    def test_a_letdown_comes_back_as_it_was(self, store: LetdownStore, one: Letdown) -> None:
        assert store.add_letdown(PARENT, one) == Stored(one, added=True)
        assert store.latest(PARENT) == [one]

    def test_every_side_source_and_feeling_comes_back(self, store: LetdownStore) -> None:
        every = [
            letdown(f"{n}", at=NOW + n, side=side, source=source, feeling=feeling)
            for n, (side, source, feeling) in enumerate(
                [(side, "unknown", None) for side in SIDES]
                + [("unknown", source, None) for source in SOURCES]
                + [("unknown", "unknown", feeling) for feeling in FEELINGS]
            )
        ]
        for one in every:
            store.add_letdown(PARENT, one)
        assert store.between(PARENT, NOW, NOW + DAY, limit=99, newest_first=False) == every

    def test_the_same_request_stores_once(self, store: LetdownStore) -> None:
        store.add_letdown(PARENT, FULL)
        assert store.add_letdown(PARENT, FULL) == Stored(FULL, added=False)
        assert store.latest(PARENT, 9) == [FULL]

    def test_the_same_request_stores_once_even_at_another_time(self, store: LetdownStore) -> None:
        store.add_letdown(PARENT, FULL)
        again = replace(FULL, at=FULL.at + 7, side="right")
        assert store.add_letdown(PARENT, again) == Stored(FULL, added=False)
        assert store.latest(PARENT, 9) == [FULL]

    def test_the_same_request_answers_with_what_the_letdown_became(self, store: LetdownStore) -> None:
        moved = replace(FULL, at=FULL.at - 10 * MINUTE, side="both")
        store.add_letdown(PARENT, FULL)
        store.change_letdown(PARENT, FULL, moved)
        assert store.add_letdown(PARENT, FULL) == Stored(moved, added=False)

    def test_the_same_request_does_not_bring_back_what_was_removed(self, store: LetdownStore) -> None:
        store.add_letdown(PARENT, FULL)
        store.remove_letdown(PARENT, FULL)
        assert store.add_letdown(PARENT, FULL) == Stored(FULL, added=False)
        assert store.latest(PARENT) == []

    def test_the_same_request_long_after_finds_its_letdown(self, store: LetdownStore, clock: HandClock) -> None:
        store.add_letdown(PARENT, FULL)
        clock.now += RECEIPT_S * 1_000
        assert store.add_letdown(PARENT, FULL) == Stored(FULL, added=False)
        assert store.latest(PARENT, 9) == [FULL]

    def test_two_letdowns_of_one_moment_are_two(self, store: LetdownStore) -> None:
        store.add_letdown(PARENT, letdown("a"))
        store.add_letdown(PARENT, letdown("b"))
        assert {one.request_id for one in store.latest(PARENT, 9)} == {"request-a", "request-b"}

    @pytest.mark.parametrize("at", [0, 1, LATEST_TIME])
    def test_the_ends_of_time_are_stored(self, store: LetdownStore, clock: HandClock, at: int) -> None:
        clock.now = at
        one = letdown(at=at)
        store.add_letdown(PARENT, one)
        assert store.latest(PARENT) == [one]

    def test_households_do_not_see_each_other(self, store: LetdownStore) -> None:
        store.add_letdown(PARENT, FULL)
        assert store.latest(OTHER) == []
        assert store.add_letdown(OTHER, FULL).added
        assert store.remove_letdown(OTHER, FULL)
        assert store.latest(PARENT) == [FULL]


class TestChanging:
    def test_another_side(self, store: LetdownStore) -> None:
        store.add_letdown(PARENT, FULL)
        changed = replace(FULL, side="right", feeling=None)
        store.change_letdown(PARENT, FULL, changed)
        assert store.latest(PARENT, 9) == [changed]

    @pytest.mark.parametrize("by", [-10 * MINUTE, 1])
    def test_another_time(self, store: LetdownStore, by: int) -> None:
        store.add_letdown(PARENT, FULL)
        moved = replace(FULL, at=FULL.at + by)
        store.change_letdown(PARENT, FULL, moved)
        assert store.latest(PARENT, 9) == [moved]

    @pytest.mark.parametrize("after", [FULL, replace(FULL, side="right"), replace(FULL, at=NOW + 1)])
    def test_the_same_change_twice_is_fine(self, store: LetdownStore, after: Letdown) -> None:
        store.add_letdown(PARENT, FULL)
        store.change_letdown(PARENT, FULL, after)
        store.change_letdown(PARENT, FULL, after)
        assert store.latest(PARENT, 9) == [after]

    @pytest.mark.parametrize("mine", [replace(FULL, side="both"), replace(FULL, at=NOW + 1)], ids=["side", "time"])
    @pytest.mark.parametrize(
        "theirs",
        [replace(FULL, side="right"), replace(FULL, feeling=None), replace(FULL, at=NOW + 2)],
        ids=["side", "nothing", "time"],
    )
    def test_the_slower_of_two_devices_is_told(self, store: LetdownStore, mine: Letdown, theirs: Letdown) -> None:
        store.add_letdown(PARENT, FULL)
        store.change_letdown(PARENT, FULL, theirs)
        with pytest.raises(Conflict):
            store.change_letdown(PARENT, FULL, mine)
        assert store.latest(PARENT, 9) == [theirs]

    @pytest.mark.parametrize("after", [replace(FULL, side="right"), replace(FULL, at=NOW + 1)])
    def test_what_was_removed_stays_removed(self, store: LetdownStore, after: Letdown) -> None:
        store.add_letdown(PARENT, FULL)
        store.remove_letdown(PARENT, FULL)
        with pytest.raises(Conflict):
            store.change_letdown(PARENT, FULL, after)
        assert store.latest(PARENT, 9) == []

    @pytest.mark.parametrize("after", [replace(FULL, id="other"), replace(FULL, request_id="other")])
    def test_a_letdown_stays_itself(self, store: LetdownStore, after: Letdown) -> None:
        store.add_letdown(PARENT, FULL)
        with pytest.raises(ValueError, match="keeps the id"):
            store.change_letdown(PARENT, FULL, after)


class TestRemoving:
    def test_once_and_not_twice(self, store: LetdownStore) -> None:
        store.add_letdown(PARENT, FULL)
        assert store.remove_letdown(PARENT, FULL) is True
        assert store.remove_letdown(PARENT, FULL) is False
        assert store.latest(PARENT) == []

    def test_whatever_it_says_now(self, store: LetdownStore) -> None:
        store.add_letdown(PARENT, FULL)
        store.change_letdown(PARENT, FULL, replace(FULL, side="right"))
        assert store.remove_letdown(PARENT, FULL) is True

    def test_not_what_was_moved(self, store: LetdownStore) -> None:
        moved = replace(FULL, at=NOW + 1)
        store.add_letdown(PARENT, FULL)
        store.change_letdown(PARENT, FULL, moved)
        assert store.remove_letdown(PARENT, FULL) is False
        assert store.latest(PARENT) == [moved]


class TestReading:
    @pytest.fixture
    def five(self, store: LetdownStore) -> list[Letdown]:
        """Five letdowns, oldest first, a minute apart, stored in no order."""
        every = [letdown(str(n), at=NOW + n * MINUTE) for n in range(5)]
        for n in (3, 0, 4, 1, 2):
            store.add_letdown(PARENT, every[n])
            store.add_letdown(OTHER, letdown(f"other{n}", at=NOW + n * MINUTE))
        return every

    @pytest.mark.parametrize("n", [0, 1, 3, 5, 6, -1])
    def test_the_latest(self, store: LetdownStore, five: list[Letdown], n: int) -> None:
        assert store.latest(PARENT, n) == five[::-1][: max(n, 0)]

    @pytest.mark.parametrize("newest_first", [True, False])
    @pytest.mark.parametrize("limit", [0, 1, 2, 9])
    def test_an_interval_has_its_start_and_not_its_end(
        self, store: LetdownStore, five: list[Letdown], newest_first: bool, limit: int
    ) -> None:
        found = store.between(PARENT, NOW + MINUTE, NOW + 4 * MINUTE, limit=limit, newest_first=newest_first)
        assert found == five[1:4][:: -1 if newest_first else 1][:limit]

    @pytest.mark.parametrize(
        ("start", "end", "count"),
        [(0, NOW, 0), (0, NOW + 1, 1), (NOW + 5 * MINUTE, NOW, 0), (-(10**30), 10**30, 5), (NOW, NOW, 0)],
    )
    def test_odd_intervals(self, store: LetdownStore, five: list[Letdown], start: int, end: int, count: int) -> None:
        assert store.between(PARENT, start, end, limit=9, newest_first=False) == five[:count]

    def test_letdowns_of_one_moment_keep_an_order(self, store: LetdownStore) -> None:
        for name in "abcd":
            store.add_letdown(PARENT, letdown(name))
        newest = store.between(PARENT, NOW, NOW + 1, limit=9)
        assert newest == store.between(PARENT, NOW, NOW + 1, limit=9, newest_first=False)[::-1]
        assert store.latest(PARENT, 2) == newest[:2]


class TestFeeds:
    @pytest.mark.parametrize("one", [feed(), FULL_FEED, feed(sides=((NOW, "both"),))], ids=["least", "full", "on"])
    def test_a_feed_comes_back_as_it_was(self, store: LetdownStore, one: Feed) -> None:
        assert store.put_feed(PARENT, one) == Started(one, added=True)
        assert store.latest_feeds(PARENT) == [one]
        assert store.running_feed(PARENT) == (one if one.running else None)

    def test_the_same_feed_starts_once_even_with_another_start(self, store: LetdownStore) -> None:
        one = feed()
        store.put_feed(PARENT, one)
        assert store.put_feed(PARENT, one) == Started(one, added=False)
        assert store.put_feed(PARENT, replace(one, start=NOW + 5)) == Started(one, added=False)
        assert store.latest_feeds(PARENT, 9) == [one]

    def test_starting_again_answers_with_what_the_feed_became(self, store: LetdownStore) -> None:
        one, ended = feed(), feed(end=NOW + MINUTE, ended_by="listener")
        store.put_feed(PARENT, one)
        store.change_feed(PARENT, one, ended)
        assert store.put_feed(PARENT, one) == Started(ended, added=False)
        assert store.running_feed(PARENT) is None

    def test_two_feeds_do_not_run_at_once(self, store: LetdownStore) -> None:
        first, second = feed("first"), feed("second", start=NOW + MINUTE)
        store.put_feed(PARENT, first)
        with pytest.raises(Conflict):
            store.put_feed(PARENT, second)
        assert store.latest_feeds(PARENT, 9) == [first]
        assert store.running_feed(PARENT) == first
        assert store.put_feed(OTHER, second).added

    def test_a_feed_told_afterwards_does_not_disturb_the_running_one(self, store: LetdownStore) -> None:
        running = feed("running", start=NOW - DAY)
        store.put_feed(PARENT, running)
        store.put_feed(PARENT, FULL_FEED)
        assert store.running_feed(PARENT) == running
        assert store.latest_feeds(PARENT, 2) == [FULL_FEED, running]

    def test_side_end_and_next_feed(self, store: LetdownStore) -> None:
        first, second = feed("first", sides=((NOW, "left"),)), feed("second", start=NOW + DAY)
        switched = replace(first, sides=(*first.sides, (NOW + MINUTE, "right")))
        ended = replace(switched, end=NOW + 2 * MINUTE, ended_by="listener")
        store.put_feed(PARENT, first)
        store.change_feed(PARENT, first, switched)
        assert store.running_feed(PARENT) == switched
        store.change_feed(PARENT, switched, ended)
        assert store.running_feed(PARENT) is None
        store.put_feed(PARENT, second)
        assert store.running_feed(PARENT) == second
        assert store.latest_feeds(PARENT, 9) == [second, ended]

    def test_another_start_of_the_running_feed(self, store: LetdownStore) -> None:
        one = feed()
        earlier = replace(one, start=NOW - 10 * MINUTE)
        store.put_feed(PARENT, one)
        store.change_feed(PARENT, one, earlier)
        store.change_feed(PARENT, one, earlier)
        assert store.running_feed(PARENT) == earlier
        assert store.latest_feeds(PARENT, 9) == [earlier]

    def test_the_slower_of_two_devices_is_told(self, store: LetdownStore) -> None:
        one = feed()
        ended, switched = replace(one, end=NOW + 1), replace(one, sides=((NOW, "left"),))
        store.put_feed(PARENT, one)
        store.change_feed(PARENT, one, ended)
        store.change_feed(PARENT, one, ended)
        with pytest.raises(Conflict):
            store.change_feed(PARENT, one, switched)
        assert store.latest_feeds(PARENT, 9) == [ended]
        assert store.running_feed(PARENT) is None

    def test_an_ended_feed_goes_on_only_when_no_other_runs(self, store: LetdownStore) -> None:
        one, ended = feed(), feed(end=NOW + 1)
        store.put_feed(PARENT, ended)
        store.change_feed(PARENT, ended, one)
        assert store.running_feed(PARENT) == one
        store.change_feed(PARENT, one, ended)
        other = feed("other")
        store.put_feed(PARENT, other)
        with pytest.raises(Conflict):
            store.change_feed(PARENT, ended, one)
        assert store.running_feed(PARENT) == other

    def test_a_feed_stays_itself(self, store: LetdownStore) -> None:
        with pytest.raises(ValueError, match="keeps the id"):
            store.change_feed(PARENT, feed("a"), feed("b"))

    def test_intervals(self, store: LetdownStore) -> None:
        every = [feed(str(n), start=NOW + n, end=NOW + MINUTE) for n in range(4)]
        for one in every:
            store.put_feed(PARENT, one)
        assert store.feeds_between(PARENT, NOW + 1, NOW + 3, limit=9) == [every[2], every[1]]
        assert store.feeds_between(PARENT, NOW, NOW + 9, limit=2, newest_first=False) == every[:2]


class TestPreferences:
    FULL = Preferences(
        time_zone="Europe/Paris",
        time_zone_checked_at=NOW,
        last_disclaimer_at=NOW - DAY,
        last_entry="entry",
        breathing={"saved_at": NOW, "pace": 5.5, "legs": [1, {"x": None, "y": "\u00e9\U0001f600"}]},
    )

    def test_they_come_back_as_they_were(self, store: LetdownStore) -> None:
        store.save_preferences(PARENT, self.FULL)
        assert store.preferences(PARENT) == self.FULL
        assert store.preferences(OTHER) == Preferences()

    @pytest.mark.parametrize("new", [Preferences(), Preferences(time_zone="Asia/Kolkata"), replace(FULL, breathing={})])
    def test_saved_whole_they_replace_the_old(self, store: LetdownStore, new: Preferences) -> None:
        store.save_preferences(PARENT, self.FULL)
        store.save_preferences(PARENT, new)
        assert store.preferences(PARENT) == new

    def test_two_devices_that_change_different_ones_both_succeed(self, store: LetdownStore) -> None:
        store.save_preferences(PARENT, self.FULL)
        read = store.preferences(PARENT)
        store.save_preferences(PARENT, replace(read, time_zone="Asia/Kolkata"), before=read)
        store.save_preferences(PARENT, replace(read, breathing=None), before=read)
        assert store.preferences(PARENT) == replace(self.FULL, time_zone="Asia/Kolkata", breathing=None)

    def test_nothing_changed_is_fine(self, store: LetdownStore) -> None:
        store.save_preferences(PARENT, self.FULL, before=self.FULL)
        assert store.preferences(PARENT) == Preferences()

    def test_what_is_saved_is_a_copy(self, store: LetdownStore) -> None:
        breathing = {"saved_at": NOW}
        store.save_preferences(PARENT, Preferences(breathing=breathing))
        breathing["saved_at"] = 0
        assert store.preferences(PARENT).breathing == {"saved_at": NOW}

    @pytest.mark.parametrize("value", [object(), float("nan"), {1, 2}])
    def test_only_plain_json_is_saved(self, store: LetdownStore, value: object) -> None:
        with pytest.raises(ValueError, match="JSON"):
            store.save_preferences(PARENT, Preferences(breathing={"value": value}))


class TestAge:
    def test_what_is_too_old_is_gone_before_anything_deletes_it(self, store: LetdownStore, clock: HandClock) -> None:
        old, young = letdown("old"), letdown("young", at=NOW + 1)
        store.add_letdown(PARENT, old)
        store.add_letdown(PARENT, young)
        clock.now = NOW + KEEP_MS
        assert store.latest(PARENT, 9) == [young, old]
        clock.now += 1
        assert store.latest(PARENT, 9) == [young]
        assert store.between(PARENT, 0, LATEST_TIME, limit=9) == [young]
        assert store.remove_letdown(PARENT, old) is False

    def test_what_is_too_old_is_not_changed(self, store: LetdownStore, clock: HandClock) -> None:
        store.add_letdown(PARENT, FULL)
        clock.now += KEEP_MS + 1
        with pytest.raises(Conflict):
            store.change_letdown(PARENT, FULL, replace(FULL, at=clock.now))
        assert store.latest(PARENT, 9) == []

    def test_an_old_running_feed_does_not_stand_in_the_way(self, store: LetdownStore, clock: HandClock) -> None:
        store.put_feed(PARENT, feed("old"))
        clock.now += KEEP_MS + 1
        assert store.running_feed(PARENT) is None
        new = feed("new", start=clock.now)
        assert store.put_feed(PARENT, new).added
        assert store.running_feed(PARENT) == new
        assert store.latest_feeds(PARENT, 9) == [new]

    def test_old_preferences_are_gone_and_do_not_come_back(self, store: LetdownStore, clock: HandClock) -> None:
        store.save_preferences(PARENT, TestPreferences.FULL)
        clock.now += KEEP_MS
        assert store.preferences(PARENT) == TestPreferences.FULL
        clock.now += 1_000
        assert store.preferences(PARENT) == Preferences()
        store.save_preferences(PARENT, Preferences(last_disclaimer_at=clock.now), before=Preferences())
        assert store.preferences(PARENT) == Preferences(last_disclaimer_at=clock.now)


class TestDeletingEverything:
    def test_nothing_of_the_household_is_left_and_all_of_the_other(self, store: LetdownStore) -> None:
        for user in (PARENT, OTHER):
            for n in range(60):  # more than two batches of DynamoDB
                store.add_letdown(user, letdown(str(n), at=NOW + n))
            store.put_feed(user, feed())
            store.save_preferences(user, TestPreferences.FULL)
        store.delete_all(PARENT)
        store.delete_all(PARENT)
        assert (store.latest(PARENT, 99), store.latest_feeds(PARENT, 9)) == ([], [])
        assert (store.running_feed(PARENT), store.preferences(PARENT)) == (None, Preferences())
        assert (len(store.latest(OTHER, 99)), len(store.latest_feeds(OTHER, 9))) == (60, 1)
        assert store.preferences(OTHER) == TestPreferences.FULL

    def test_the_log_begins_anew(self, store: LetdownStore) -> None:
        store.add_letdown(PARENT, FULL)
        store.put_feed(PARENT, feed())
        store.delete_all(PARENT)
        assert store.add_letdown(PARENT, FULL) == Stored(FULL, added=True)
        assert store.put_feed(PARENT, feed()) == Started(feed(), added=True)
