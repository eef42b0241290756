"""The log in memory: for a conversation that nobody wants kept, and the fake that stands in for the others in tests."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from milk_coach.domain.records import LATEST_TIME, Feed, Letdown, Preferences, record_id
from milk_coach.stores import rows
from milk_coach.stores.base import KEEP_MS, RECEIPT_S, Clock, Conflict, Started, Stored, UserKey, expiry_s, utc_ms
from milk_coach.stores.rows import FEEDS, LETDOWNS, Cell, Key, Kind, Record

_FOREVER = LATEST_TIME + 1


@dataclass(slots=True)
class _Household:
    """records: of each kind, by time and id. receipts: what a request stored, and the second when that is forgotten."""

    records: defaultdict[str, dict[Key, Any]] = field(default_factory=lambda: defaultdict(dict))
    receipts: dict[str, tuple[Key, int]] = field(default_factory=dict)
    preferences: dict[str, Cell] = field(default_factory=dict)
    preferences_until: int = 0  # a second since 1970


class MemoryStore:
    """A LetdownStore that forgets everything with its process. Threads may share it."""

    def __init__(self, clock: Clock = utc_ms, keep_ms: int = KEEP_MS) -> None:
        self._clock = clock
        self._keep_ms = keep_ms
        self._lock = threading.RLock()
        self._households: defaultdict[UserKey, _Household] = defaultdict(_Household)

    def add_letdown(self, user: UserKey, letdown: Letdown) -> Stored:
        """See LetdownStore."""
        return Stored(*self._add(LETDOWNS, user, letdown, f"L#{record_id(letdown.request_id)}"))

    def change_letdown(self, user: UserKey, before: Letdown, after: Letdown) -> None:
        """See LetdownStore."""
        self._change(LETDOWNS, user, before, after, f"L#{record_id(after.request_id)}")

    def remove_letdown(self, user: UserKey, letdown: Letdown) -> bool:
        """See LetdownStore."""
        with self._lock:
            return self._home(user).records[LETDOWNS.name].pop(LETDOWNS.key(letdown), None) is not None

    def latest(self, user: UserKey, n: int = 1) -> list[Letdown]:
        """See LetdownStore."""
        return self.between(user, 0, _FOREVER, limit=n)

    def between(self, user: UserKey, start: int, end: int, *, limit: int, newest_first: bool = True) -> list[Letdown]:
        """See LetdownStore."""
        return self._range(LETDOWNS, user, (start, end), limit, newest_first)

    def put_feed(self, user: UserKey, feed: Feed) -> Started:
        """See LetdownStore."""
        return Started(*self._add(FEEDS, user, feed, f"F#{feed.id}"))

    def change_feed(self, user: UserKey, before: Feed, after: Feed) -> None:
        """See LetdownStore."""
        self._change(FEEDS, user, before, after, f"F#{after.id}")

    def running_feed(self, user: UserKey) -> Feed | None:
        """See LetdownStore."""
        with self._lock:
            feeds: dict[Key, Feed] = self._home(user).records[FEEDS.name]
            return next((feed for feed in feeds.values() if feed.running), None)

    def latest_feeds(self, user: UserKey, n: int = 1) -> list[Feed]:
        """See LetdownStore."""
        return self.feeds_between(user, 0, _FOREVER, limit=n)

    def feeds_between(
        self, user: UserKey, start: int, end: int, *, limit: int, newest_first: bool = True
    ) -> list[Feed]:
        """See LetdownStore."""
        return self._range(FEEDS, user, (start, end), limit, newest_first)

    def preferences(self, user: UserKey) -> Preferences:
        """See LetdownStore."""
        with self._lock:
            return rows.preferences_from(self._home(user).preferences)

    def save_preferences(self, user: UserKey, preferences: Preferences, before: Preferences | None = None) -> None:
        """See LetdownStore."""
        changes = rows.preference_changes(preferences, before)
        with self._lock:
            home = self._home(user)
            row = home.preferences | changes
            home.preferences = {name: value for name, value in row.items() if value is not None}
            home.preferences_until = expiry_s(self._clock(), self._keep_ms)

    def delete_all(self, user: UserKey) -> None:
        """See LetdownStore."""
        with self._lock:
            self._households.pop(user, None)

    def ping(self) -> None:
        """See LetdownStore."""

    def _second(self) -> int:
        return self._clock() // 1_000

    def _home(self, user: UserKey) -> _Household:
        """The household, rid of what is too old."""
        home = self._households[user]
        oldest = self._clock() - self._keep_ms
        for kept in home.records.values():
            for key in [key for key in kept if key[0] < oldest]:
                del kept[key]
        for name in [name for name, (_, until) in home.receipts.items() if until <= self._second()]:
            del home.receipts[name]
        if home.preferences_until <= self._second():
            home.preferences = {}
        return home

    def _add(self, kind: Kind[Record], user: UserKey, record: Record, receipt: str) -> tuple[Record, bool]:
        key = kind.key(record)
        with self._lock:
            home = self._home(user)
            known = home.receipts[receipt][0] if receipt in home.receipts else key
            if receipt in home.receipts or key in home.records[kind.name]:
                return home.records[kind.name].get(known, record), False
            self._require_no_other(user, record, but=None)
            home.records[kind.name][key] = record
            home.receipts[receipt] = key, self._second() + RECEIPT_S
            return record, True

    def _change(self, kind: Kind[Record], user: UserKey, before: Record, after: Record, receipt: str) -> None:
        rows.require_same(before, after)
        old, new = kind.key(before), kind.key(after)
        with self._lock:
            home = self._home(user)
            kept = home.records[kind.name]
            if kept.get(new) == after and (old == new or old not in kept):
                return
            if kept.get(old) != before or (old != new and new in kept):
                raise Conflict("the record was changed or removed")
            self._require_no_other(user, after, but=old)
            del kept[old]
            kept[new] = after
            if old != new:
                home.receipts[receipt] = new, self._second() + RECEIPT_S

    def _require_no_other(self, user: UserKey, record: Letdown | Feed, but: Key | None) -> None:
        if isinstance(record, Feed) and record.running:
            other = self.running_feed(user)
            if other is not None and FEEDS.key(other) != but:
                raise Conflict("another feed is running")

    def _range(
        self, kind: Kind[Record], user: UserKey, span: tuple[int, int], limit: int, newest_first: bool
    ) -> list[Record]:
        with self._lock:
            kept: dict[Key, Record] = self._home(user).records[kind.name]
            keys = sorted((key for key in kept if span[0] <= key[0] < span[1]), reverse=newest_first)
            return [kept[key] for key in keys[: max(limit, 0)]]
