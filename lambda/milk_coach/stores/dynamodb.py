"""The log in one DynamoDB table, for a deployed skill. Import it only when a table is configured: botocore is slow to.

DynamoDB takes up to days to delete what has expired. Until then it is kept out of every answer here: the oldest records
by the range of their keys, the rest by looking at its `expires`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice
from urllib.parse import parse_qs

from milk_coach.domain.records import LATEST_TIME, Feed, Letdown, Preferences
from milk_coach.stores import dynamodb_entries as entries
from milk_coach.stores import rows
from milk_coach.stores.base import KEEP_MS, RECEIPT_S, Clock, Conflict, Started, Stored, UserKey, expiry_s, utc_ms
from milk_coach.stores.dynamodb_client import Refused, connect
from milk_coach.stores.dynamodb_entries import ABSENT, PREFERENCES, PRESENT, RUNNING, Condition, Item
from milk_coach.stores.dynamodb_table import Action, DynamoTable
from milk_coach.stores.rows import FEEDS, LETDOWNS, Cell, Key, Kind, Record

_FOREVER = LATEST_TIME + 1
_RECEIPT, _RECORD = 0, 1  # the order of the actions that store a record: which of them were refused tells why
_NOBODY = "-"  # no feed's id: those of requests are hex digits


def open_table(address: str, clock: Clock = utc_ms) -> DynamoStore:
    """The store of `table?region=...&endpoint=...`; both are optional. Nothing is connected to yet."""
    name, _, query = address.partition("?")
    options = {option: values[-1] for option, values in parse_qs(query).items()}
    return DynamoStore(DynamoTable(name, partial(connect, options.get("region"), options.get("endpoint"))), clock)


class DynamoStore:
    """A LetdownStore in a table. Reads are consistent, and take no more than they answer: key ranges with a limit."""

    def __init__(self, table: DynamoTable, clock: Clock = utc_ms, keep_ms: int = KEEP_MS) -> None:
        self._table = table
        self._clock = clock
        self._keep_ms = keep_ms

    def add_letdown(self, user: UserKey, letdown: Letdown) -> Stored:
        """See LetdownStore."""
        return Stored(*self._add(LETDOWNS, user, letdown))

    def change_letdown(self, user: UserKey, before: Letdown, after: Letdown) -> None:
        """See LetdownStore."""
        self._change(LETDOWNS, user, before, after)

    def remove_letdown(self, user: UserKey, letdown: Letdown) -> bool:
        """See LetdownStore."""
        try:
            self._table.write(self._table.delete(user, entries.sort_key(LETDOWNS, LETDOWNS.key(letdown)), PRESENT))
        except Refused:
            return False
        return letdown.at >= self._oldest()

    def latest(self, user: UserKey, n: int = 1) -> list[Letdown]:
        """See LetdownStore."""
        return self.between(user, 0, _FOREVER, limit=n)

    def between(self, user: UserKey, start: int, end: int, *, limit: int, newest_first: bool = True) -> list[Letdown]:
        """See LetdownStore."""
        return self._range(LETDOWNS, user, (start, end), limit, newest_first)

    def put_feed(self, user: UserKey, feed: Feed) -> Started:
        """See LetdownStore."""
        if not feed.running:
            return Started(*self._add(FEEDS, user, feed))
        try:
            return Started(*self._add(FEEDS, user, feed, self._now_running(user, feed, instead_of=_NOBODY)))
        except Conflict:
            if self.running_feed(user) is not None:
                raise
        # C# is damaged, or names a feed that ended just now or cannot be read: it must not stand in the way for ever.
        item = self._table.get(user, RUNNING)
        noted = rows.read(entries.key_in, item) if item else (0, _NOBODY)
        return Started(*self._add(FEEDS, user, feed, self._now_running(user, feed, noted[1] if noted else None)))

    def change_feed(self, user: UserKey, before: Feed, after: Feed) -> None:
        """See LetdownStore."""
        current: Sequence[Action] = ()
        if after.running:
            current = [self._now_running(user, after, instead_of=before.id)]
        elif before.running:
            current = [self._table.delete(user, RUNNING, entries.is_free(before.id))]
        self._change(FEEDS, user, before, after, *current)

    def running_feed(self, user: UserKey) -> Feed | None:
        """See LetdownStore."""
        feed = self._pointed(FEEDS, user, RUNNING)
        return feed if feed and feed.running else None

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
        item = self._table.get(user, PREFERENCES)
        if not item or (rows.read(entries.expires, item) or 0) <= self._second():
            return Preferences()
        return rows.read(entries.preferences_in, item) or Preferences()

    def save_preferences(self, user: UserKey, preferences: Preferences, before: Preferences | None = None) -> None:
        """See LetdownStore."""
        changes = rows.preference_changes(preferences, before)
        changes["expires"] = expiry_s(self._clock(), self._keep_ms)
        live = Condition("attribute_not_exists(#expires) OR #expires > :now", ("expires",), {"now": self._second()})
        try:
            self._table.update(user, PREFERENCES, changes, live)
        except Refused:  # what stands there has expired: columns that are not written now must not come back
            new = {name: value for name, value in changes.items() if value is not None}
            self._table.write(self._table.put(user, PREFERENCES, new))

    def delete_all(self, user: UserKey) -> None:
        """See LetdownStore."""
        self._table.delete_all(user)

    def ping(self) -> None:
        """See LetdownStore."""
        self._table.get(UserKey("ping"), PREFERENCES)

    def _second(self) -> int:
        return self._clock() // 1_000

    def _oldest(self) -> int:
        return max(self._clock() - self._keep_ms, 0)

    def _add(self, kind: Kind[Record], user: UserKey, record: Record, *also: Action) -> tuple[Record, bool]:
        receipt = entries.receipt_key(kind, record)
        try:
            self._table.write(
                self._note(user, receipt, kind.key(record), entries.is_expired(self._second())),
                self._put(kind, user, record),
                *also,
            )
        except Refused as refused:
            if _RECEIPT in refused.actions:
                return self._pointed(kind, user, receipt) or record, False
            if _RECORD in refused.actions:
                return self._one(kind, user, kind.key(record)) or record, False
            raise Conflict("another feed is running") from None
        return record, True

    def _change(self, kind: Kind[Record], user: UserKey, before: Record, after: Record, *also: Action) -> None:
        rows.require_same(before, after)
        old, new = kind.key(before), kind.key(after)
        unchanged = entries.is_still(kind, before)
        if old == new:
            actions = [self._put(kind, user, after, unchanged)]
        else:
            receipt = self._note(user, entries.receipt_key(kind, after), new)
            gone = self._table.delete(user, entries.sort_key(kind, old), unchanged)
            actions = [gone, self._put(kind, user, after), receipt]
        try:
            if old[0] < self._oldest():
                raise Refused
            self._table.write(*actions, *also)
        except Refused:  # perhaps by our own first try, whose answer was lost: then it stands as wanted
            if self._one(kind, user, new) != after or (old != new and self._one(kind, user, old) is not None):
                raise Conflict("the record was changed or removed") from None

    def _put(self, kind: Kind[Record], user: UserKey, record: Record, condition: Condition | None = None) -> Action:
        """The action that stores a record under a condition; by default where there is none, or one that is too old."""
        key = kind.key(record)
        if condition is None and key[0] >= self._oldest():
            condition = ABSENT
        expires: dict[str, Cell] = {"expires": expiry_s(key[0], self._keep_ms)}
        return self._table.put(user, entries.sort_key(kind, key), kind.row(record) | expires, condition)

    def _note(self, user: UserKey, sk: str, key: Key, condition: Condition | None = None) -> Action:
        """The action that stores a receipt."""
        return self._table.put(user, sk, {"at": key[0], "id": key[1], "expires": self._second() + RECEIPT_S}, condition)

    def _now_running(self, user: UserKey, feed: Feed, instead_of: str | None) -> Action:
        """The action that notes the running feed; refused while one other than `instead_of` is noted (None: never)."""
        row: dict[str, Cell] = {"at": feed.start, "id": feed.id, "expires": expiry_s(feed.start, self._keep_ms)}
        condition = None if instead_of is None else entries.is_free(instead_of, self._oldest())
        return self._table.put(user, RUNNING, row, condition)

    def _pointed(self, kind: Kind[Record], user: UserKey, sk: str) -> Record | None:
        """The record whose time and id stand in the entry `sk`."""
        item = self._table.get(user, sk)
        key = rows.read(entries.key_in, item) if item else None
        return self._one(kind, user, key) if key else None

    def _one(self, kind: Kind[Record], user: UserKey, key: Key) -> Record | None:
        if key[0] < self._oldest():
            return None
        item = self._table.get(user, entries.sort_key(kind, key))
        return rows.read(partial(_record_in, kind), item) if item else None

    def _range(
        self, kind: Kind[Record], user: UserKey, span: tuple[int, int], limit: int, newest_first: bool
    ) -> list[Record]:
        start, end = max(span[0], self._oldest()), min(span[1], _FOREVER)
        if start >= end or limit < 1:
            return []
        items = self._table.query(user, entries.sort_range(kind, start, end), limit=limit, newest_first=newest_first)
        return list(islice(rows.readable(partial(_record_in, kind), items), limit))


def _record_in(kind: Kind[Record], item: Item) -> Record:
    return kind.parse(entries.row(item))
