"""Does a log stay fast when it grows? `python -m tools.bench_stores [--quick]`

Times log, last and count-today for households with 10, 1,000 and 100,000 letdowns, eight of them today, among the
letdowns of other households: 1,000,000 in SQLite, 20,000 on the DynamoDB-compatible server. That one goes through the
whole table, in memory, for every question: its times are its own, and what it was asked for is what tells.
Prints medians in milliseconds, and in brackets the ratio to the household with 10.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from milk_coach.domain.records import Letdown, record_id
from milk_coach.stores.base import LetdownStore, UserKey, user_key
from milk_coach.stores.dynamodb import DynamoStore
from milk_coach.stores.dynamodb_client import Client
from milk_coach.stores.dynamodb_table import DynamoTable
from milk_coach.stores.rows import LETDOWN_COLUMNS, letdown_row
from milk_coach.stores.sqlite import SqliteStore
from tests.stores import server

NOW = 1_760_000_000_000
DAY = 86_400_000
TODAY = 8
TABLE = "letdowns"
PER_HOUSEHOLD = 100  # of the others

Question = Callable[[LetdownStore, UserKey, int], object]
QUESTIONS: dict[str, Question] = {
    "count-today": lambda store, user, n: len(store.between(user, NOW - DAY + 1, NOW + 1, limit=1_000)),
    "last": lambda store, user, n: store.latest(user),
    # tomorrow: what is logged here does not count as today's
    "log": lambda store, user, n: store.add_letdown(user, letdown(f"log {user} {n}", NOW + DAY + n)),
}


@dataclass(frozen=True)
class Scale:
    """How large the households are, how many letdowns others have, how often each question is asked."""

    sizes: tuple[int, ...]
    others: int
    rounds: int


def letdown(request: str, at: int) -> Letdown:
    """A letdown with everything said."""
    return Letdown(record_id(request), at, request, "left", "nursing", "tingling", since_feed_start_ms=90_000)


def log_of(user: UserKey, size: int) -> Iterator[Letdown]:
    """`size` letdowns: eight of today, the others over the year before, a year being what one remembers."""
    for n in range(size):
        ago = n * 1_000 if n < TODAY else DAY + (n - TODAY) * (300 * DAY // size)
        yield letdown(f"{user} {n}", NOW - ago)


def household(name: str) -> UserKey:
    """The key of a household."""
    return user_key(f"household {name}")


def fill_sqlite(path: Path, user: UserKey, letdowns: Iterator[Letdown]) -> None:
    """Put letdowns into the file in one transaction, without their receipts."""
    columns = ", ".join(f'"{name}"' for name in LETDOWN_COLUMNS)
    marks = ", ".join(f":{name}" for name in LETDOWN_COLUMNS)
    rows = (dict.fromkeys(LETDOWN_COLUMNS) | letdown_row(one) | {"user": user} for one in letdowns)
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany(f"INSERT INTO letdowns (user, {columns}) VALUES (:user, {marks})", rows)


def ask(store: LetdownStore, users: Sequence[UserKey], question: Question, rounds: int) -> list[float]:
    """The median time, in milliseconds, of a question to each household. They take turns, to share what disturbs."""
    times: list[list[float]] = [[] for _ in users]
    for n in range(-3, rounds):  # three to warm up
        for kept, user in zip(times, users, strict=True):
            start = time.perf_counter()
            question(store, user, n + 3)
            if n >= 0:
                kept.append((time.perf_counter() - start) * 1_000)
    return [statistics.median(kept) for kept in times]


def print_table(title: str, sizes: Sequence[int], rows: dict[str, list[float]], form: str) -> None:
    """Print a row a question: a figure for each household, and in brackets its ratio to the first."""
    print(f"\n{title}\n" + f"{'':14}" + "".join(f"{size:>20,}" for size in sizes))
    for name, figures in rows.items():
        cells = (f"{figure:{form}} ({figure / figures[0]:.2f})" for figure in figures)
        print(f"{name:14}" + "".join(f"{cell:>20}" for cell in cells))


def bench_sqlite(scale: Scale) -> None:
    """Fill a file, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.db"
        store = SqliteStore(path, lambda: NOW)
        store.ping()
        for n in range(scale.others // PER_HOUSEHOLD):
            other = household(f"other {n}")
            fill_sqlite(path, other, log_of(other, PER_HOUSEHOLD))
        users = [household(str(size)) for size in scale.sizes]
        for user, size in zip(users, scale.sizes, strict=True):
            fill_sqlite(path, user, log_of(user, size))
        rows = {name: ask(store, users, question, scale.rounds) for name, question in QUESTIONS.items()}
        megabytes = path.stat().st_size // 1_000_000
    print_table(f"SQLite, {scale.others:,} letdowns of others, {megabytes} MB: ms", scale.sizes, rows, ".2f")


@dataclass
class Counted:
    """A client that counts what it asks for: requests, and entries looked at or written by the server."""

    client: Client
    requests: int = 0
    entries: int = 0

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        def request(**parameters: Any) -> dict[str, Any]:
            answer: dict[str, Any] = getattr(self.client, operation)(**parameters)
            self.requests += 1
            self.entries += len(parameters.get("TransactItems", ())) or answer.get("ScannedCount", 1)
            return answer

        return request


def bench_dynamodb(scale: Scale) -> None:
    """Fill a table on a server of our own, ask, print times and what the server was asked for."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
    server.without_copies()
    with server.running() as address:
        server.create_table(address, TABLE)
        for n in range(scale.others // PER_HOUSEHOLD):
            other = household(f"other {n}")
            server.fill(address, TABLE, other, list(log_of(other, PER_HOUSEHOLD)))
        users = [household(str(size)) for size in scale.sizes]
        for user, size in zip(users, scale.sizes, strict=True):
            server.fill(address, TABLE, user, list(log_of(user, size)))
        counted = Counted(server.client(address))
        store = DynamoStore(DynamoTable(TABLE, lambda: counted), lambda: NOW)
        cost = {name: [count(counted, question, store, user) for user in users] for name, question in QUESTIONS.items()}
        rows = {name: ask(store, users, question, scale.rounds) for name, question in QUESTIONS.items()}
    requests = {name: [float(asked) for asked, _ in figures] for name, figures in cost.items()}
    entries = {name: [float(entries) for _, entries in figures] for name, figures in cost.items()}
    title = f"DynamoDB-compatible server, {scale.others:,} letdowns of others"
    print_table(f"{title}: requests", scale.sizes, requests, ".0f")
    print_table(f"{title}: entries read or written", scale.sizes, entries, ".0f")
    print_table(f"{title}: ms", scale.sizes, rows, ".2f")


def count(counted: Counted, question: Question, store: LetdownStore, user: UserKey) -> tuple[int, int]:
    """The requests and the entries that one question takes."""
    before = counted.requests, counted.entries
    question(store, user, -1)
    return counted.requests - before[0], counted.entries - before[1]


def main() -> None:
    """Run the benchmark of every store that keeps anything."""
    parser = argparse.ArgumentParser(description="Does a log stay fast when it grows?")
    parser.add_argument("--quick", action="store_true", help="smaller households among fewer others: seconds")
    quick = parser.parse_args().quick
    print("median, and in brackets the ratio to the smallest log; by letdowns in the household's log")
    bench_sqlite(Scale((10, 1_000, 10_000), 50_000, 50) if quick else Scale((10, 1_000, 100_000), 1_000_000, 300))
    bench_dynamodb(Scale((10, 1_000), 2_000, 20) if quick else Scale((10, 1_000, 100_000), 20_000, 10))


if __name__ == "__main__":
    main()
