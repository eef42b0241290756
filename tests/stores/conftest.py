"""Stores to test: each in memory, in a file of its own, in a table of its own on a server that the session starts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from milk_coach.stores.base import LetdownStore
from milk_coach.stores.dynamodb import DynamoStore
from milk_coach.stores.dynamodb_client import connect
from milk_coach.stores.dynamodb_table import DynamoTable
from milk_coach.stores.memory import MemoryStore
from milk_coach.stores.sqlite import SqliteStore
from tests.stores import server
from tests.stores.samples import KEEP_MS, HandClock

STORES = ("memory", "sqlite", "dynamodb")
_tables = itertools.count()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def dynamodb_server() -> Iterator[str]:
    """The address of a DynamoDB-compatible server. Without one the tests fail: they are never skipped."""
    with pytest.MonkeyPatch.context() as environ, server.running() as address:
        environ.setenv("AWS_ACCESS_KEY_ID", "test")
        environ.setenv("AWS_SECRET_ACCESS_KEY", "test")
        environ.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield address


@pytest.fixture
def new_table(dynamodb_server: str) -> Callable[[], str]:
    """Makes an empty table and tells its name."""

    def make() -> str:
        name = f"letdowns-{next(_tables)}"
        server.create_table(dynamodb_server, name)
        return name

    return make


@pytest.fixture
def new_store(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Callable[[str], LetdownStore]:
    """Makes an empty store of a kind."""

    def make(kind: str) -> LetdownStore:
        if kind == "memory":
            return MemoryStore(clock, KEEP_MS)
        if kind == "sqlite":
            return SqliteStore(tmp_path / f"{next(_tables)}.db", clock, KEEP_MS)
        address: str = request.getfixturevalue("dynamodb_server")
        name = request.getfixturevalue("new_table")()
        return DynamoStore(DynamoTable(name, lambda: connect(server.REGION, address)), clock, KEEP_MS)

    return make


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, new_store: Callable[[str], LetdownStore]) -> LetdownStore:
    return new_store(request.param)
