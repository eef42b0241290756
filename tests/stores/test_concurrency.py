"""Many threads in two processes log for one household at once: nothing is lost, nothing is stored twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path
from typing import TypeVar

import pytest

from milk_coach.domain.records import Preferences
from milk_coach.stores import open_store
from milk_coach.stores.base import Conflict, LetdownStore
from tests.stores import server
from tests.stores.samples import DAY, NOW, PARENT, HandClock, feed, letdown

ROOT = Path(__file__).parents[2]
A = TypeVar("A")
B = TypeVar("B")
THREADS, LETDOWNS = 8, 10

# Every letdown is logged by its own request, and each request is delivered twice at once, with two computed times.
LOG = f"""
import sys
from concurrent.futures import ThreadPoolExecutor
from milk_coach.stores import open_store
from tests.stores.samples import NOW, PARENT, HandClock, letdown
store = open_store(sys.argv[1], HandClock())
requests = [(f"{{sys.argv[2]}}-{{n}}", NOW + n + again) for n in range({THREADS * LETDOWNS}) for again in (0, 500)]
def log(request):
    name, at = request
    return store.add_letdown(PARENT, letdown(name, at=at)).added
with ThreadPoolExecutor({THREADS}) as threads:
    print(sum(threads.map(log, requests)))
"""


@pytest.fixture(params=["sqlite", "dynamodb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store that two processes can open."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'log.db'}"
    address = request.getfixturevalue("dynamodb_server")
    return f"dynamodb://{request.getfixturevalue('new_table')()}?region={server.REGION}&endpoint={address}"


def test_two_processes_of_many_threads(url: str) -> None:
    environ = {**os.environ, "PYTHONPATH": f"{ROOT / 'lambda'}{os.pathsep}{ROOT}"}
    processes = [
        subprocess.Popen([sys.executable, "-c", LOG, url, name], env=environ, stdout=subprocess.PIPE, text=True)
        for name in ("here", "there")
    ]
    said = [process.communicate()[0] for process in processes]
    assert [int(added) for added in said] == [THREADS * LETDOWNS] * 2
    kept = [one.request_id for one in open_store(url, HandClock()).latest(PARENT, 9_999)]
    expected = {f"request-{name}-{n}" for name in ("here", "there") for n in range(THREADS * LETDOWNS)}
    assert len(kept) == len(expected)
    assert set(kept) == expected


def test_opening_a_new_file_at_once(tmp_path: Path) -> None:
    for n in range(10):
        stores = [open_store(f"sqlite:///{tmp_path / str(n)}", HandClock()) for _ in range(THREADS)]
        assert sum(at_once(lambda store: store.add_letdown(PARENT, letdown()).added, stores)) == 1


@pytest.fixture(params=["memory", "sqlite", "dynamodb"])
def devices(request: pytest.FixtureRequest, new_store: Callable[[str], LetdownStore]) -> list[LetdownStore]:
    """As many devices as threads, on one store."""
    return [new_store(request.param)] * THREADS


def test_one_of_many_changes_wins(devices: list[LetdownStore]) -> None:
    one = letdown()
    devices[0].add_letdown(PARENT, one)

    def move(to: tuple[LetdownStore, int]) -> int | None:
        store, by = to
        try:
            store.change_letdown(PARENT, one, replace(one, at=one.at + by))
        except Conflict:
            return None
        return by

    won = [by for by in at_once(move, list(zip(devices, range(1, THREADS + 1), strict=True))) if by is not None]
    assert len(won) == 1
    assert devices[0].latest(PARENT, 9) == [replace(one, at=one.at + won[0])]


def test_one_of_many_feeds_starts(devices: list[LetdownStore]) -> None:
    def start(named: tuple[LetdownStore, int]) -> bool:
        store, n = named
        try:
            return store.put_feed(PARENT, feed(str(n), start=NOW + n)).added
        except Conflict:
            return False

    assert sum(at_once(start, list(zip(devices, range(THREADS), strict=True)))) == 1
    assert devices[0].latest_feeds(PARENT, 9) == [devices[0].running_feed(PARENT)]


def test_one_of_many_removes(devices: list[LetdownStore]) -> None:
    devices[0].add_letdown(PARENT, letdown())
    assert sum(at_once(lambda store: store.remove_letdown(PARENT, letdown()), devices)) == 1


def test_different_preferences_are_all_saved(devices: list[LetdownStore]) -> None:
    none = Preferences()
    wanted = Preferences("Europe/Paris", NOW, NOW - DAY, "entry", {"saved_at": NOW})
    names = [field.name for field in fields(Preferences)]

    def save(one: tuple[LetdownStore, str]) -> None:
        store, field = one
        store.save_preferences(PARENT, replace(none, **{field: getattr(wanted, field)}), before=none)

    at_once(save, list(zip(devices, names, strict=False)))
    assert devices[0].preferences(PARENT) == wanted


def at_once(act: Callable[[A], B], arguments: list[A]) -> list[B]:
    with ThreadPoolExecutor(len(arguments)) as threads:
        return list(threads.map(act, arguments))
