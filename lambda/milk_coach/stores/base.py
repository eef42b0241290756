"""What every store of the letdown log promises. tests/stores/ holds all of them to it."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import NewType, Protocol

from milk_coach.domain.records import Feed, Letdown, Preferences

UserKey = NewType("UserKey", str)

KEEP_MS = 400 * 24 * 3_600 * 1_000  # a year and a month: long enough to compare with this time last year
RECEIPT_S = 2 * 24 * 3_600  # the platform redelivers within minutes, and requests over 150 s old are refused


class StoreError(Exception):
    """The store could not do it. Its message names the kind of fault, never a user, an id or a value."""


class StoreUnavailable(StoreError):  # noqa: N818 (named for the state the handlers answer, not for its being an error)
    """Down, throttled, slow, read-only, full or damaged. Nothing was saved, or all of it: doing it again is safe."""


class Conflict(StoreError):  # noqa: N818 (as above)
    """Another device was faster: the record is gone or no longer as it was read. Nothing was saved; read it again."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The letdown as it stands in the log. added: False when its request had been stored before."""

    letdown: Letdown
    added: bool


@dataclass(frozen=True, slots=True)
class Started:
    """The feed as it stands in the log. added: False when a feed of this id had been stored before."""

    feed: Feed
    added: bool


def expiry_s(at: int, keep_ms: int = KEEP_MS) -> int:
    """The second, since 1970, from which something of the time `at` (milliseconds) counts as gone."""
    return (at + keep_ms) // 1_000 + 1


class Clock(Protocol):
    """UTC in milliseconds since 1970."""

    def __call__(self) -> int: ...


def utc_ms() -> int:
    """The machine's own clock."""
    return time.time_ns() // 1_000_000


def user_key(alexa_user_id: str) -> UserKey:
    """The key of a household in every store: SHA-256 in hex of its Alexa user id, which itself is kept nowhere."""
    return UserKey(hashlib.sha256(alexa_user_id.encode("utf-8", "surrogatepass")).hexdigest())


class LetdownStore(Protocol):
    """A log of letdowns and feeds by household.

    Every method may raise StoreUnavailable; a write has then happened whole or not at all, and may be tried again with
    the same arguments (delete_all may have deleted a part). Records older than the store keeps (400 days unless told
    otherwise) are never returned. A row that cannot be read is left out, and a warning without its content is logged.
    Intervals hold their start and not their end. Lists are newest first unless told otherwise.
    """

    def add_letdown(self, user: UserKey, letdown: Letdown) -> Stored:
        """Store a letdown once, however often its request_id comes, even with another time.

        A request stored before is answered with its letdown as it now is (as given, if it was removed since), and
        so is a letdown whose id and time are there already.
        """
        ...

    def change_letdown(self, user: UserKey, before: Letdown, after: Letdown) -> None:
        """Replace `before` with `after`, which may have another time. Fine if it already stands as `after`.

        Raises Conflict when `before` is gone or was changed; ValueError when the two are not the same letdown.
        """
        ...

    def remove_letdown(self, user: UserKey, letdown: Letdown) -> bool:
        """Remove the letdown with this id and time, whatever else it says now. False: it is not there."""
        ...

    def latest(self, user: UserKey, n: int = 1) -> list[Letdown]:
        """The `n` newest letdowns by their own time."""
        ...

    def between(self, user: UserKey, start: int, end: int, *, limit: int, newest_first: bool = True) -> list[Letdown]:
        """At most `limit` letdowns with start <= at < end."""
        ...

    def put_feed(self, user: UserKey, feed: Feed) -> Started:
        """Store a feed once, however often its id comes, even with another start.

        Raises Conflict when the feed is running and another one of the household is, too.
        """
        ...

    def change_feed(self, user: UserKey, before: Feed, after: Feed) -> None:
        """Replace `before` with `after`: another side, an end, another start. Fine if it already stands as `after`.

        Raises Conflict when `before` was changed, or would run beside another; ValueError for two different feeds.
        """
        ...

    def running_feed(self, user: UserKey) -> Feed | None:
        """The household's feed without an end: there is at most one."""
        ...

    def latest_feeds(self, user: UserKey, n: int = 1) -> list[Feed]:
        """The `n` feeds that started last."""
        ...

    def feeds_between(
        self, user: UserKey, start: int, end: int, *, limit: int, newest_first: bool = True
    ) -> list[Feed]:
        """At most `limit` feeds that started in start <= feed.start < end."""
        ...

    def preferences(self, user: UserKey) -> Preferences:
        """The household's preferences; all None when it has none."""
        ...

    def save_preferences(self, user: UserKey, preferences: Preferences, before: Preferences | None = None) -> None:
        """Save all preferences or, given what was read `before`, only those that differ from it.

        So two devices that change different ones do not undo each other.
        """
        ...

    def delete_all(self, user: UserKey) -> None:
        """Delete everything of a household. Twice is fine; after an error, what is left goes with the next try."""
        ...

    def ping(self) -> None:
        """Raise StoreUnavailable unless the store answers."""
        ...
