"""The SQL of the SQLite store: records in and out of their tables, within a connection that the store opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from milk_coach.domain.records import Feed
from milk_coach.stores import rows
from milk_coach.stores.base import Conflict, UserKey
from milk_coach.stores.rows import FEEDS, Cell, Key, Kind, Record, Row

_RUNNING: Final = 'user = ? AND "end" IS NULL'


def select(db: sqlite3.Connection, kind: Kind[Record], where: str, values: tuple[Cell, ...]) -> Iterator[Record]:
    """The records of the rows that can be read, fetched one by one as they are asked for."""
    columns = ", ".join(f'"{column}"' for column in kind.columns)
    found = db.execute(f"SELECT {columns} FROM {kind.name} WHERE {where}", values)
    return rows.readable(kind.parse, (dict(zip(kind.columns, row, strict=True)) for row in found))


def one(db: sqlite3.Connection, kind: Kind[Record], user: UserKey, key: Key) -> Record | None:
    """The record with this time and id."""
    return next(select(db, kind, _is_one(kind), (user, *key)), None)


def exists(db: sqlite3.Connection, kind: Kind[Record], user: UserKey, key: Key) -> bool:
    """Whether there is a row with this time and id, damaged or not."""
    return bool(db.execute(f"SELECT 1 FROM {kind.name} WHERE {_is_one(kind)}", (user, *key)).fetchone())


def insert(db: sqlite3.Connection, kind: Kind[Record], user: UserKey, record: Record) -> None:
    """Store a record. Raises Conflict when there is one with its time and id."""
    if exists(db, kind, user, kind.key(record)):
        raise Conflict("another record has this id and time")
    row: dict[str, Cell] = kind.row(record)
    columns, marks = ", ".join(f'"{column}"' for column in row), ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {kind.name} (user, {columns}) VALUES (?, {marks})", (user, *row.values()))


def delete(db: sqlite3.Connection, kind: Kind[Record], user: UserKey, key: Key) -> bool:
    """Delete the record with this time and id. False: there is none."""
    return db.execute(f"DELETE FROM {kind.name} WHERE {_is_one(kind)}", (user, *key)).rowcount == 1


def running_feed(db: sqlite3.Connection, user: UserKey) -> Feed | None:
    """The household's feed without an end."""
    return next(select(db, FEEDS, _RUNNING, (user,)), None)


def make_room(db: sqlite3.Connection, user: UserKey, feed: Feed) -> None:
    """Raise Conflict when `feed` runs and another does; a running one that cannot be read would block it for ever."""
    if feed.running:
        if running_feed(db, user):
            raise Conflict("another feed is running")
        db.execute(f"DELETE FROM feeds WHERE {_RUNNING}", (user,))


def receipt(db: sqlite3.Connection, user: UserKey, name: str) -> Key | None:
    """The time and the id that a request's record has now, or had when it was removed."""
    found: Key | None = db.execute('SELECT "at", id FROM receipts WHERE user = ? AND name = ?', (user, name)).fetchone()
    return found


def write_receipt(db: sqlite3.Connection, user: UserKey, name: str, key: Key, expires: int) -> None:
    """Remember, until the second `expires`, which record a request stored."""
    columns, values = 'user, name, "at", id, expires', (user, name, *key, expires)
    db.execute(f"INSERT OR REPLACE INTO receipts ({columns}) VALUES (?, ?, ?, ?, ?)", values)


def purge(db: sqlite3.Connection, oldest: int, second: int) -> None:
    """Delete every household's records before `oldest` (ms), and what expires by `second`; indexes find them."""
    db.execute('DELETE FROM letdowns WHERE "at" < ?', (oldest,))
    db.execute("DELETE FROM feeds WHERE start < ?", (oldest,))
    db.execute("DELETE FROM preferences WHERE expires <= ?", (second,))
    db.execute("DELETE FROM receipts WHERE expires <= ?", (second,))


def delete_user(db: sqlite3.Connection, user: UserKey) -> None:
    """Delete everything of a household."""
    for table in ("letdowns", "feeds", "preferences", "receipts"):
        db.execute(f"DELETE FROM {table} WHERE user = ?", (user,))


def preferences_row(db: sqlite3.Connection, user: UserKey, second: int) -> Row:
    """The household's preferences that have not expired by `second`, as a row; empty when it has none."""
    sql = f"SELECT {', '.join(rows.PREFERENCE_COLUMNS)} FROM preferences WHERE user = ? AND expires > ?"
    found = db.execute(sql, (user, second)).fetchone()
    return dict(zip(rows.PREFERENCE_COLUMNS, found, strict=True)) if found else {}


def write_preferences(db: sqlite3.Connection, user: UserKey, changes: dict[str, Cell | None], expires: int) -> None:
    """Write some columns of the household's preferences and leave the others as they are."""
    row = changes | {"expires": expires}
    updates = ", ".join(f"{name} = excluded.{name}" for name in row)
    db.execute(
        f"INSERT INTO preferences (user, {', '.join(row)}) VALUES (?, {', '.join('?' * len(row))})"
        f" ON CONFLICT (user) DO UPDATE SET {updates}",
        (user, *row.values()),
    )


def _is_one(kind: Kind[Record]) -> str:
    return f'user = ? AND "{kind.time}" = ? AND id = ?'
