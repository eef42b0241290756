"""The log in one SQLite file, on one's own machine. Threads and processes may share it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from milk_coach.domain.records import LATEST_TIME, Feed, Letdown, Preferences, record_id
from milk_coach.stores import rows
from milk_coach.stores import sqlite_tables as sql
from milk_coach.stores.base import (
    KEEP_MS,
    RECEIPT_S,
    Clock,
    Conflict,
    Started,
    Stored,
    UserKey,
    expiry_s,
    utc_ms,
)
from milk_coach.stores.rows import FEEDS, LETDOWNS, Kind, Record
from milk_coach.stores.sqlite_file import SqliteFile

_FOREVER = LATEST_TIME + 1


class SqliteStore:
    """A LetdownStore in the file `path`. What is too old is deleted with the next write of any household."""

    def __init__(self, path: str | os.PathLike[str], clock: Clock = utc_ms, keep_ms: int = KEEP_MS) -> None:
        self._file = SqliteFile(path)
        self._clock = clock
        self._keep_ms = keep_ms

    def add_letdown(self, user: UserKey, letdown: Letdown) -> Stored:
        """See LetdownStore."""
        return Stored(*self._add(LETDOWNS, user, letdown, f"L#{record_id(letdown.request_id)}"))

    def change_letdown(self, user: UserKey, before: Letdown, after: Letdown) -> None:
        """See LetdownStore."""
        self._change(LETDOWNS, user, before, after, f"L#{record_id(after.request_id)}")

    def remove_letdown(self, user: UserKey, letdown: Letdown) -> bool:
        """See LetdownStore."""
        with self._writing() as db:
            return sql.delete(db, LETDOWNS, user, LETDOWNS.key(letdown))

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
        with self._file.reading() as db:
            feed = sql.running_feed(db, user)
        return feed if feed and feed.start >= self._oldest() else None

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
        with self._file.reading() as db:
            row = sql.preferences_row(db, user, self._second())
        return rows.read(rows.preferences_from, row) or Preferences()

    def save_preferences(self, user: UserKey, preferences: Preferences, before: Preferences | None = None) -> None:
        """See LetdownStore."""
        changes = rows.preference_changes(preferences, before)
        with self._writing() as db:
            sql.write_preferences(db, user, changes, expiry_s(self._clock(), self._keep_ms))

    def delete_all(self, user: UserKey) -> None:
        """See LetdownStore."""
        with self._writing() as db:
            sql.delete_user(db, user)

    def ping(self) -> None:
        """See LetdownStore."""
        with self._file.reading() as db:
            db.execute("SELECT 1 FROM letdowns LIMIT 1").fetchone()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._file.writing() as db:
            sql.purge(db, self._oldest(), self._second())
            yield db

    def _second(self) -> int:
        return self._clock() // 1_000

    def _oldest(self) -> int:
        return max(self._clock() - self._keep_ms, 0)

    def _add(self, kind: Kind[Record], user: UserKey, record: Record, receipt: str) -> tuple[Record, bool]:
        key = kind.key(record)
        with self._writing() as db:
            known = sql.receipt(db, user, receipt)
            if known is None and sql.exists(db, kind, user, key):
                known = key
            if known is not None:
                return sql.one(db, kind, user, known) or record, False
            if isinstance(record, Feed):
                sql.make_room(db, user, record)
            sql.insert(db, kind, user, record)
            sql.write_receipt(db, user, receipt, key, self._second() + RECEIPT_S)
            return record, True

    def _change(self, kind: Kind[Record], user: UserKey, before: Record, after: Record, receipt: str) -> None:
        rows.require_same(before, after)
        old, new = kind.key(before), kind.key(after)
        with self._writing() as db:
            if sql.one(db, kind, user, new) == after and (old == new or not sql.exists(db, kind, user, old)):
                return
            if sql.one(db, kind, user, old) != before:
                raise Conflict("the record was changed or removed")
            sql.delete(db, kind, user, old)
            if isinstance(after, Feed):
                sql.make_room(db, user, after)
            sql.insert(db, kind, user, after)
            if old != new:
                sql.write_receipt(db, user, receipt, new, self._second() + RECEIPT_S)

    def _range(
        self, kind: Kind[Record], user: UserKey, span: tuple[int, int], limit: int, newest_first: bool
    ) -> list[Record]:
        """The primary key serves the interval and the order; rows are fetched only until there are enough good ones."""
        start, end = min(max(span[0], self._oldest()), _FOREVER), max(min(span[1], _FOREVER), 0)
        order = "DESC" if newest_first else "ASC"
        where = f'user = ? AND "{kind.time}" >= ? AND "{kind.time}" < ? ORDER BY "{kind.time}" {order}, id {order}'
        with self._file.reading() as db:
            return list(islice(sql.select(db, kind, where, (user, start, end)), max(limit, 0)))
