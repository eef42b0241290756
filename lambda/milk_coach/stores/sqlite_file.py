"""One SQLite file: opened for each call, read from, or written to in one transaction."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from milk_coach.stores.base import StoreUnavailable
from milk_coach.stores.sqlite_schema import BUSY_S, prepare

_creating = threading.Lock()


class SqliteFile:
    """The file `path`; it and its folders are made, for their owner only, when first used.

    Each call opens the file and closes it again: it costs a quarter of a millisecond, and no call ever meets a
    connection of another thread, of the process before a fork, or to a file that was since replaced.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path).absolute()
        self._writing = threading.Lock()  # threads queue here in turn; SQLite's own waiting is a lottery

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from. Raises StoreUnavailable for every fault of the file, within BUSY_S seconds."""
        with _faults(), closing(self._open()) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction: committed at the end, rolled back by any exception.

        Raises StoreUnavailable for every fault of the file, within twice BUSY_S seconds.
        """
        if not self._writing.acquire(timeout=BUSY_S):
            raise StoreUnavailable("sqlite: busy")
        try:
            with self.reading() as db:
                db.execute("BEGIN IMMEDIATE")
                try:
                    yield db
                    db.execute("COMMIT")
                finally:
                    if db.in_transaction:
                        with suppress(sqlite3.Error):  # closing rolls back, too; the first fault is the one to tell
                            db.execute("ROLLBACK")
        finally:
            self._writing.release()

    def _open(self) -> sqlite3.Connection:
        with _creating:  # or our closing of the new file would drop locks that SQLite holds on it (POSIX locks)
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(FileExistsError):
                os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        db = sqlite3.connect(self._path, timeout=BUSY_S, isolation_level=None)
        try:
            prepare(db)
        except BaseException:
            db.close()
            raise
        return db


@contextmanager
def _faults() -> Iterator[None]:
    """Every fault of the file as StoreUnavailable, by SQLite's name for it: its message might show a path or value."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        raise StoreUnavailable(f"sqlite: {name}") from None
    except OSError as error:
        raise StoreUnavailable(f"sqlite: {type(error).__name__}") from None
