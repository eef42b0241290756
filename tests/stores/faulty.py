"""A store whose n-th call fails, for trying out each call of a conversation in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from milk_coach.domain.records import Feed, Letdown, Preferences
from milk_coach.stores.base import LetdownStore, Started, Stored, StoreError, StoreUnavailable, UserKey

T = TypeVar("T")


class FaultyStore:
    """Passes every call on to `inner`, except that call number `fail_at` (from 1) raises `fault`.

    done: the call is carried out first, and only its answer is lost, as when a connection breaks too late.
    lasting: every later call fails, too: the store is down and stays down.
    calls: the names of the calls so far, among them those that failed.
    """

    def __init__(
        self,
        inner: LetdownStore,
        fail_at: int | None = None,
        *,
        fault: type[StoreError] = StoreUnavailable,
        done: bool = False,
        lasting: bool = False,
    ) -> None:
        self.inner = inner
        self.fail_at = fail_at
        self.fault = fault
        self.done = done
        self.lasting = lasting
        self.calls: list[str] = []

    def add_letdown(self, user: UserKey, letdown: Letdown) -> Stored:
        return self._call("add_letdown", lambda: self.inner.add_letdown(user, letdown))

    def change_letdown(self, user: UserKey, before: Letdown, after: Letdown) -> None:
        return self._call("change_letdown", lambda: self.inner.change_letdown(user, before, after))

    def remove_letdown(self, user: UserKey, letdown: Letdown) -> bool:
        return self._call("remove_letdown", lambda: self.inner.remove_letdown(user, letdown))

    def latest(self, user: UserKey, n: int = 1) -> list[Letdown]:
        return self._call("latest", lambda: self.inner.latest(user, n))

    def between(self, user: UserKey, start: int, end: int, *, limit: int, newest_first: bool = True) -> list[Letdown]:
        return self._call(
            "between", lambda: self.inner.between(user, start, end, limit=limit, newest_first=newest_first)
        )

    def put_feed(self, user: UserKey, feed: Feed) -> Started:
        return self._call("put_feed", lambda: self.inner.put_feed(user, feed))

    def change_feed(self, user: UserKey, before: Feed, after: Feed) -> None:
        return self._call("change_feed", lambda: self.inner.change_feed(user, before, after))

    def running_feed(self, user: UserKey) -> Feed | None:
        return self._call("running_feed", lambda: self.inner.running_feed(user))

    def latest_feeds(self, user: UserKey, n: int = 1) -> list[Feed]:
        return self._call("latest_feeds", lambda: self.inner.latest_feeds(user, n))

    def feeds_between(
        self, user: UserKey, start: int, end: int, *, limit: int, newest_first: bool = True
    ) -> list[Feed]:
        return self._call(
            "feeds_between", lambda: self.inner.feeds_between(user, start, end, limit=limit, newest_first=newest_first)
        )

    def preferences(self, user: UserKey) -> Preferences:
        return self._call("preferences", lambda: self.inner.preferences(user))

    def save_preferences(self, user: UserKey, preferences: Preferences, before: Preferences | None = None) -> None:
        return self._call("save_preferences", lambda: self.inner.save_preferences(user, preferences, before))

    def delete_all(self, user: UserKey) -> None:
        return self._call("delete_all", lambda: self.inner.delete_all(user))

    def ping(self) -> None:
        return self._call("ping", self.inner.ping)

    def _call(self, name: str, carry_out: Callable[[], T]) -> T:
        self.calls.append(name)
        number = len(self.calls)
        if self.fail_at is None or not (number == self.fail_at or (self.lasting and number > self.fail_at)):
            return carry_out()
        if self.done:
            carry_out()
        raise self.fault(f"injected at {name}")
