"""The tables of the SQLite store, as the steps by which a file of any earlier version reaches the present one."""

from __future__ import annotations

import sqlite3
import time

from milk_coach.stores.base import StoreUnavailable

BUSY_S = 3.0  # the longest wait for another process; the platform wants an answer within 8 s

# One tuple of statements a version; PRAGMA user_version counts those done. Only ever append: files out there did them.
# No STRICT tables: Python 3.11 is shipped with SQLite 3.34 in places. What is read is checked row by row anyway.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE letdowns (
            user TEXT NOT NULL, "at" INTEGER NOT NULL, id TEXT NOT NULL, request_id TEXT NOT NULL,
            side TEXT NOT NULL, source TEXT NOT NULL, feeling TEXT, feed_id TEXT, since_feed_start_ms INTEGER,
            person_id TEXT, PRIMARY KEY (user, "at", id)) WITHOUT ROWID""",
        'CREATE INDEX letdowns_by_age ON letdowns ("at")',
        """CREATE TABLE feeds (
            user TEXT NOT NULL, start INTEGER NOT NULL, id TEXT NOT NULL, "end" INTEGER, source TEXT NOT NULL,
            sides TEXT, ended_by TEXT, person_id TEXT, PRIMARY KEY (user, start, id)) WITHOUT ROWID""",
        "CREATE INDEX feeds_by_age ON feeds (start)",
        'CREATE UNIQUE INDEX one_running_feed ON feeds (user) WHERE "end" IS NULL',
        """CREATE TABLE preferences (
            user TEXT PRIMARY KEY, time_zone TEXT, time_zone_checked_at INTEGER, last_disclaimer_at INTEGER,
            last_entry TEXT, breathing TEXT, expires INTEGER NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX preferences_by_age ON preferences (expires)",
        """CREATE TABLE receipts (
            user TEXT NOT NULL, name TEXT NOT NULL, "at" INTEGER NOT NULL, id TEXT NOT NULL, expires INTEGER NOT NULL,
            PRIMARY KEY (user, name)) WITHOUT ROWID""",
        "CREATE INDEX receipts_by_age ON receipts (expires)",
    ),
)


def prepare(db: sqlite3.Connection) -> None:
    """Set a fresh connection up and bring its file to the present version.

    Raises sqlite3.Error, or StoreUnavailable for a file that a later version of this program has written.
    """
    db.text_factory = _text
    db.execute("PRAGMA synchronous = FULL")  # a log that was confirmed outlives a power cut, too
    db.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten in the file
    if _version(db) < len(MIGRATIONS):
        _switch_to_wal(db)
        _migrate(db)
    if _version(db) > len(MIGRATIONS):
        raise StoreUnavailable("sqlite: the file is of a later version")


def _migrate(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")  # one transaction: a process that dies in it leaves the version before
    for statements in MIGRATIONS[_version(db) :]:
        for statement in statements:
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {max(_version(db), len(MIGRATIONS))}")
    db.execute("COMMIT")


def _switch_to_wal(db: sqlite3.Connection) -> None:
    """Write-ahead logging; the file remembers it. SQLite does not wait here for other processes: so we do."""
    give_up = time.monotonic() + BUSY_S
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _text(raw: bytes) -> str:
    """Damaged text must spoil its own row only, not the whole answer."""
    return raw.decode("utf-8", "replace")
