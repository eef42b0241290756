"""Where the letdown log is kept."""

from __future__ import annotations

from milk_coach.stores.base import Clock, LetdownStore, utc_ms
from milk_coach.stores.memory import MemoryStore


def open_store(url: str, clock: Clock = utc_ms) -> LetdownStore:
    """The store of a URL. Nothing is touched yet: a store that is down raises with its first use, not here.

    `memory:` forgets with the process. `sqlite:///log.db` is a file by its path, relative or, with one more slash,
    absolute. `dynamodb://table` is a table; `?region=...` and `&endpoint=...` override what the AWS configuration says.
    Raises ValueError for anything else.
    """
    scheme, _, rest = url.partition(":")
    if url == "memory:":
        return MemoryStore(clock)
    if scheme == "sqlite" and rest.startswith("///") and rest[3:]:
        from milk_coach.stores.sqlite import SqliteStore

        return SqliteStore(rest[3:], clock)
    if scheme == "dynamodb" and rest.startswith("//") and rest[2:]:
        from milk_coach.stores.dynamodb import open_table  # only here: botocore takes a quarter of a second to import

        return open_table(rest[2:], clock)
    raise ValueError("a store is memory:, sqlite:///path or dynamodb://table")
