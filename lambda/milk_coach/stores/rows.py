"""Records as rows of text and whole numbers, the form in which every store keeps them. What is None is left out."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from milk_coach.domain.records import Feed, Letdown, Preferences

Cell = str | int
Row = Mapping[str, Cell]
Key = tuple[int, str]  # time and id
Record = TypeVar("Record", Letdown, Feed)
R = TypeVar("R")
T = TypeVar("T")

LETDOWN_COLUMNS: Final = (
    "id", "at", "request_id", "side", "source", "feeling", "feed_id", "since_feed_start_ms", "person_id",
)  # fmt: skip
FEED_COLUMNS: Final = ("id", "start", "end", "source", "sides", "ended_by", "person_id")
PREFERENCE_COLUMNS: Final = ("time_zone", "time_zone_checked_at", "last_disclaimer_at", "last_entry", "breathing")

_log = logging.getLogger(__name__)


def letdown_row(letdown: Letdown) -> dict[str, Cell]:
    """A letdown as a row."""
    return _present({name: getattr(letdown, name) for name in LETDOWN_COLUMNS})


def letdown_from(row: Row) -> Letdown:
    """A row as a letdown. Raises ValueError, KeyError or TypeError when it is none."""
    values: dict[str, Any] = {name: row.get(name) for name in LETDOWN_COLUMNS}
    return Letdown(**values)


def feed_row(feed: Feed) -> dict[str, Cell]:
    """A feed as a row; its side changes are JSON text: [[time, side], ...]."""
    row = {name: getattr(feed, name) for name in FEED_COLUMNS}
    return _present(row | {"sides": _json(feed.sides) if feed.sides else None})


def feed_from(row: Row) -> Feed:
    """A row as a feed. Raises ValueError, KeyError or TypeError when it is none."""
    values: dict[str, Any] = {name: row.get(name) for name in FEED_COLUMNS}
    sides = json.loads(values["sides"] or "[]")
    return Feed(**values | {"sides": tuple((at, side) for at, side in sides)})


def preferences_row(preferences: Preferences) -> dict[str, Cell]:
    """Preferences as a row; where the breathing stood is JSON text. Raises ValueError when that is not plain JSON."""
    row = {name: getattr(preferences, name) for name in PREFERENCE_COLUMNS}
    breathing = preferences.breathing
    try:
        return _present(row | {"breathing": None if breathing is None else _json(dict(breathing))})
    except TypeError:
        raise ValueError("breathing is not plain JSON") from None


def preferences_from(row: Row) -> Preferences:
    """A row as preferences. Raises ValueError, KeyError or TypeError when it is none."""
    values: dict[str, Any] = {name: row.get(name) for name in PREFERENCE_COLUMNS}
    breathing = values["breathing"]
    return Preferences(**values | {"breathing": None if breathing is None else json.loads(breathing)})


def preference_changes(preferences: Preferences, before: Preferences | None) -> dict[str, Cell | None]:
    """The columns to write: all of them or, given what was read before, those that differ. None: to be emptied."""
    new = preferences_row(preferences)
    old = None if before is None else preferences_row(before)
    return {name: new.get(name) for name in PREFERENCE_COLUMNS if old is None or new.get(name) != old.get(name)}


@dataclass(frozen=True, slots=True)
class Kind(Generic[Record]):
    """A kind of records: its columns, the one with the time, and how a record becomes a row and a row a record."""

    name: str
    time: str
    columns: tuple[str, ...]
    row: Callable[[Record], dict[str, Cell]]
    parse: Callable[[Row], Record]

    def key(self, record: Record) -> Key:
        """The time and the id of a record: unlike those of any other of its household."""
        return getattr(record, self.time), record.id


LETDOWNS: Final[Kind[Letdown]] = Kind("letdowns", "at", LETDOWN_COLUMNS, letdown_row, letdown_from)
FEEDS: Final[Kind[Feed]] = Kind("feeds", "start", FEED_COLUMNS, feed_row, feed_from)


def read(parse: Callable[[R], T], row: R) -> T | None:
    """The record in a row, or None with a warning, which tells nothing of its content, when the row is damaged."""
    try:
        return parse(row)
    except (ValueError, KeyError, TypeError, RecursionError):
        _log.warning("a damaged row was left out")
        return None


def readable(parse: Callable[[R], T], rows: Iterable[R]) -> Iterator[T]:
    """The records in the rows that are not damaged."""
    return (record for row in rows if (record := read(parse, row)) is not None)


def require_same(before: Letdown | Feed, after: Letdown | Feed) -> None:
    """Raise ValueError unless both are the same record, before and after a change."""
    request = getattr(before, "request_id", None) == getattr(after, "request_id", None)
    if before.id != after.id or type(before) is not type(after) or not request:
        raise ValueError("a change keeps the id of its record")


def _present(values: Mapping[str, Cell | None]) -> dict[str, Cell]:
    return {name: value for name, value in values.items() if value is not None}


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False, sort_keys=True)
