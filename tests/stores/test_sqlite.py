"""What is SQLite's own: the file, its versions, killed processes, disks that are full, files that are damaged."""

from __future__ import annotations

import itertools
import os
import random
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from milk_coach.domain.records import Preferences
from milk_coach.stores import open_store, sqlite_file, sqlite_schema
from milk_coach.stores.base import StoreUnavailable
from milk_coach.stores.sqlite import SqliteStore
from milk_coach.stores.sqlite_schema import MIGRATIONS
from tests.stores.samples import NOW, OTHER, PARENT, HandClock, feed, letdown

ROOT = Path(__file__).parents[2]
KILLED = -signal.SIGKILL


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "folders" / "log.db"


@pytest.fixture
def store(path: Path, clock: HandClock) -> SqliteStore:
    return SqliteStore(path, clock)


def sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Carry out statements behind the store's back; the rows of the last one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements[:-1]:
            db.execute(statement)
        return db.execute(statements[-1]).fetchall()


class TestTheFile:
    def test_nothing_is_made_before_it_is_used(self, path: Path) -> None:
        open_store(f"sqlite:///{path}")
        assert not path.parent.exists()

    def test_it_is_made_with_its_folders_for_the_owner_alone(self, store: SqliteStore, path: Path) -> None:
        store.add_letdown(PARENT, letdown())
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_one_file_remains_in_write_ahead_mode(self, store: SqliteStore, path: Path) -> None:
        store.add_letdown(PARENT, letdown())
        assert sql(path, "PRAGMA journal_mode") == [("wal",)]
        assert [file.name for file in path.parent.iterdir()] == ["log.db"]

    def test_urls(self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        open_store(f"sqlite:///{path}").ping()
        monkeypatch.chdir(tmp_path)
        for relative in ("here/log.db", ":memory:", "a b?c%20d.db"):
            open_store(f"sqlite:///{relative}").ping()
            assert (tmp_path / relative).is_file()

    @pytest.mark.parametrize("url", ["", "sqlite:", "sqlite:///", "sqlite:log.db", "memory", "dynamodb://", "x://y"])
    def test_what_is_no_url_is_refused(self, url: str) -> None:
        with pytest.raises(ValueError, match="a store is"):
            open_store(url)

    def test_the_file_may_vanish_while_the_skill_runs(self, store: SqliteStore, path: Path) -> None:
        store.add_letdown(PARENT, letdown("lost"))
        shutil.rmtree(path.parent)
        store.add_letdown(PARENT, letdown("kept"))
        assert store.latest(PARENT, 9) == [letdown("kept")]

    def test_the_alexa_user_is_not_in_it(self, store: SqliteStore, path: Path) -> None:
        store.add_letdown(PARENT, letdown())
        assert b"amzn1.ask.account" not in path.read_bytes()

    def test_what_is_deleted_is_overwritten(self, store: SqliteStore, path: Path) -> None:
        store.add_letdown(PARENT, letdown(feed_id="a-very-special-feed"))
        assert b"a-very-special-feed" in path.read_bytes()
        store.delete_all(PARENT)
        assert b"a-very-special-feed" not in path.read_bytes()

    def test_what_is_too_old_leaves_the_file_with_the_next_write(
        self, store: SqliteStore, path: Path, clock: HandClock
    ) -> None:
        store.add_letdown(OTHER, letdown())
        store.put_feed(OTHER, feed())
        store.save_preferences(OTHER, Preferences(time_zone="UTC"))
        clock.now += 401 * 86_400_000
        store.remove_letdown(PARENT, letdown())
        for table in ("letdowns", "feeds", "preferences", "receipts"):
            assert sql(path, f"SELECT count(*) FROM {table}") == [(0,)]


class TestVersions:
    def test_a_new_file_is_of_the_present_version(self, store: SqliteStore, path: Path) -> None:
        store.ping()
        assert sql(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]

    def test_an_older_file_goes_through_the_missing_steps_only(
        self, store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.add_letdown(PARENT, letdown())
        steps = (*MIGRATIONS, ("CREATE TABLE next (x)", "INSERT INTO next VALUES (7)"), ("UPDATE next SET x = x + 1",))
        monkeypatch.setattr(sqlite_schema, "MIGRATIONS", steps)
        store.ping()
        assert sql(path, "SELECT x FROM next") == [(8,)]
        assert sql(path, "PRAGMA user_version") == [(len(steps),)]
        assert store.latest(PARENT) == [letdown()]

    def test_a_step_that_fails_leaves_the_file_as_it_was(
        self, store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.add_letdown(PARENT, letdown())
        with monkeypatch.context() as patch:
            patch.setattr(sqlite_schema, "MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE next (x)", "no such statement")))
            with pytest.raises(StoreUnavailable):
                store.ping()
        assert sql(path, "SELECT name FROM sqlite_master WHERE name = 'next'") == []
        assert store.latest(PARENT) == [letdown()]

    def test_a_file_of_a_later_version_is_left_alone(self, store: SqliteStore, path: Path) -> None:
        store.ping()
        sql(path, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        with pytest.raises(StoreUnavailable, match="later version"):
            store.add_letdown(PARENT, letdown())


DIE_AT = """
import os, signal, sqlite3, sys
from milk_coach.stores import sqlite_schema
from milk_coach.stores.sqlite import SqliteStore
from tests.stores.samples import NOW, PARENT, HandClock, feed, letdown
path, last = sys.argv[1], int(sys.argv[2])
count = 0
def die(statement):
    global count
    count += 1
    if count == last:
        os.kill(os.getpid(), signal.SIGKILL)
class Traced(sqlite3.Connection):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.set_trace_callback(die)
connect = sqlite3.connect
sqlite3.connect = lambda *arguments, **options: connect(*arguments, factory=Traced, **options)
store = SqliteStore(path, HandClock())
for name in "abc":
    store.add_letdown(PARENT, letdown(name))
    print("added", name, flush=True)
store.put_feed(PARENT, feed("d"))
print("started d", flush=True)
"""

ADD_FOR_EVER = """
import itertools, sys
from milk_coach.stores.sqlite import SqliteStore
from tests.stores.samples import NOW, PARENT, HandClock, letdown
store = SqliteStore(sys.argv[1], HandClock())
for n in itertools.count():
    store.add_letdown(PARENT, letdown(f"{sys.argv[2]}-{n}", at=NOW + n))
    print(f"request-{sys.argv[2]}-{n}", flush=True)
"""


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    environ = {**os.environ, "PYTHONPATH": f"{ROOT / 'lambda'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)


class TestKilled:
    def test_before_any_statement(self, tmp_path: Path) -> None:
        """Run the same four writes again and again, killed a statement later each time, until they come through."""
        for last in itertools.count(1):
            path = tmp_path / f"{last}.db"
            with python(DIE_AT, path, last) as process:
                confirmed = process.communicate()[0].split("\n")[:-1]
            assert process.returncode in (0, KILLED)
            self.assert_whole(path)
            store = SqliteStore(path, HandClock())
            kept = {f"added {one.request_id.removeprefix('request-')}" for one in store.latest(PARENT, 9)}
            kept |= {"started d"} if store.running_feed(PARENT) else set()
            assert kept >= set(confirmed)
            assert len(kept) <= len(confirmed) + 1  # the one that was under way
            if process.returncode == 0:
                break
        assert last > 30, "the statements were not counted"
        assert len(confirmed) == 4

    def test_at_any_moment(self, path: Path) -> None:
        """Two processes at once are killed at random moments: all that was confirmed is there, once."""
        moments, confirmed = random.Random(3), []
        for run in range(12):
            processes = [python(ADD_FOR_EVER, path, f"{run}-{side}") for side in "lr"]
            for process in processes:
                assert process.stdout is not None
                confirmed.append(process.stdout.readline().strip())
            time.sleep(moments.random() / 10)
            for process in processes:
                process.kill()
            for process in processes:
                with process:
                    confirmed += process.communicate()[0].split("\n")[:-1]
            self.assert_whole(path)
        kept = [one.request_id for one in SqliteStore(path, HandClock()).latest(PARENT, 1_000_000)]
        assert len(confirmed) > 100
        assert set(confirmed) <= set(kept)
        assert len(kept) == len(set(kept)) <= len(confirmed) + 24

    def assert_whole(self, path: Path) -> None:
        if path.exists():
            assert sql(path, "PRAGMA integrity_check") == [("ok",)]


class TestFaults:
    def assert_down(self, store: SqliteStore, *, reading: bool = True) -> None:
        writes = (
            lambda: store.add_letdown(PARENT, letdown("new")),
            lambda: store.put_feed(PARENT, feed()),
            lambda: store.save_preferences(PARENT, Preferences(time_zone="UTC")),
            lambda: store.remove_letdown(PARENT, letdown()),
            lambda: store.delete_all(PARENT),
        )
        reads = (
            lambda: store.latest(PARENT),
            lambda: store.running_feed(PARENT),
            lambda: store.preferences(PARENT),
            store.ping,
        )
        for call in (*writes, *(reads if reading else ())):
            with pytest.raises(StoreUnavailable) as fault:
                call()
            assert PARENT not in str(fault.value)
            assert "/" not in str(fault.value), "shows a path"

    def test_a_file_that_is_no_database(self, store: SqliteStore, path: Path) -> None:
        path.parent.mkdir(parents=True)
        path.write_bytes(b"this is not a database, whatever its name says" * 100)
        self.assert_down(store)
        assert path.read_bytes().startswith(b"this is not")

    def test_a_folder_in_place_of_the_file(self, store: SqliteStore, path: Path) -> None:
        path.mkdir(parents=True)
        self.assert_down(store)

    def test_a_file_in_place_of_a_folder(self, store: SqliteStore, path: Path) -> None:
        path.parent.parent.mkdir()
        path.parent.touch()
        self.assert_down(store)

    def test_pages_overwritten_with_rubbish(self, store: SqliteStore, path: Path) -> None:
        for n in range(300):
            store.add_letdown(PARENT, letdown(str(n), at=NOW + n))
        whole = path.read_bytes()
        path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
        self.assert_down(store)

    def test_a_disk_that_fills_up(self, store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        store.ping()
        monkeypatch.setattr(sqlite_file, "prepare", _with_few_pages)
        kept = self.add_until_it_fails(store)
        assert len(store.latest(PARENT, 99_999)) == kept > 0
        assert sql(path, "PRAGMA integrity_check") == [("ok",)]
        store.delete_all(PARENT)
        assert store.add_letdown(PARENT, letdown("new")).added

    def test_a_disk_that_takes_no_more_bytes(self, store: SqliteStore, path: Path) -> None:
        store.ping()
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
        try:
            kept = self.add_until_it_fails(store)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert len(store.latest(PARENT, 99_999)) == kept
        assert store.add_letdown(PARENT, letdown("new")).added
        assert sql(path, "PRAGMA integrity_check") == [("ok",)]

    def add_until_it_fails(self, store: SqliteStore) -> int:
        for n in itertools.count():
            try:
                store.add_letdown(PARENT, letdown(f"n{n}", at=NOW + n))
            except StoreUnavailable:
                return n
        raise AssertionError("never full")

    def test_a_file_that_may_only_be_read(self, readable_folder: Path, clock: HandClock) -> None:
        path = readable_folder / "log.db"
        store = SqliteStore(path, clock)
        store.add_letdown(PARENT, letdown())
        path.chmod(0o444)
        with _without_privileges():
            self.assert_down(store, reading=False)
        path.chmod(0o600)
        assert store.latest(PARENT, 9) == [letdown()]

    def test_a_folder_that_may_not_be_written_to(self, readable_folder: Path) -> None:
        with _without_privileges():
            self.assert_down(SqliteStore(readable_folder / "new" / "log.db"))

    @pytest.fixture
    def readable_folder(self) -> Iterator[Path]:
        """A folder that everybody may read, which pytest's own are not, and only its owner may write to."""
        with tempfile.TemporaryDirectory() as name:
            Path(name).chmod(0o755)
            yield Path(name)

    def test_another_process_that_does_not_let_go(
        self, store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.add_letdown(PARENT, letdown())
        monkeypatch.setattr(sqlite_file, "BUSY_S", 0.05)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            self.assert_down(store, reading=False)
            assert store.latest(PARENT) == [letdown()]
            other.execute("ROLLBACK")
        assert store.add_letdown(PARENT, letdown("new")).added

    @pytest.mark.parametrize("lets_go", [True, False])
    def test_another_process_at_work_while_the_file_is_made(
        self, store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch, lets_go: bool
    ) -> None:
        path.parent.mkdir(parents=True)
        monkeypatch.setattr(sqlite_file, "BUSY_S", 0.01)
        monkeypatch.setattr(sqlite_schema, "BUSY_S", 5 if lets_go else 0.05)
        with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
            other.execute("BEGIN IMMEDIATE")
            if lets_go:
                release = threading.Timer(0.2, other.execute, ["ROLLBACK"])
                release.start()
                assert store.add_letdown(PARENT, letdown()).added
                release.join()
            else:
                with pytest.raises(StoreUnavailable, match="SQLITE_BUSY"):
                    store.ping()
        assert store.latest(PARENT, 9) == [letdown()] * lets_go

    def test_threads_that_wait_too_long_for_each_other(
        self, store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_file, "BUSY_S", 0.01)
        file = sqlite_file.SqliteFile(path)
        with file.writing(), pytest.raises(StoreUnavailable, match="busy"), file.writing():
            pass
        assert store.add_letdown(PARENT, letdown()).added

    def test_waiting_leaves_time_to_answer(self) -> None:
        assert 2 * sqlite_schema.BUSY_S < 8  # for a thread before us, then for another process


class TestDamagedRows:
    @pytest.mark.parametrize(
        "damage",
        ["side = 'up'", "feeling = 7", '"at" = "at" + 0.5', "request_id = x'ff00ff'", "source = CAST(x'ff' AS TEXT)"],
    )
    def test_a_letdown_that_cannot_be_read_is_left_out(
        self, store: SqliteStore, path: Path, damage: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        for n in range(3):
            store.add_letdown(PARENT, letdown(str(n), at=NOW + n))
        sql(path, f"UPDATE letdowns SET {damage} WHERE request_id = 'request-1'")
        assert store.latest(PARENT, 2) == [letdown("2", at=NOW + 2), letdown("0", at=NOW)]
        assert caplog.messages == ["a damaged row was left out"]

    @pytest.mark.parametrize("sides", ["{", "7", "[1]", '[[1,"up"]]', "[[1]]", '[["1","left"]]', "[" * 99_999])
    def test_a_feed_that_cannot_be_read_does_not_stand_in_the_way(
        self, store: SqliteStore, path: Path, sides: str
    ) -> None:
        store.put_feed(PARENT, feed("damaged"))
        sql(path, f"UPDATE feeds SET sides = '{sides}'")
        assert store.running_feed(PARENT) is None
        assert store.put_feed(PARENT, feed("new")).added
        assert store.running_feed(PARENT) == feed("new")

    @pytest.mark.parametrize("damage", ["breathing = '{'", "breathing = '7'", "time_zone_checked_at = 'noon'"])
    def test_preferences_that_cannot_be_read_are_none_and_can_be_saved_anew(
        self, store: SqliteStore, path: Path, damage: str
    ) -> None:
        store.save_preferences(PARENT, Preferences(time_zone="UTC", breathing={}))
        sql(path, f"UPDATE preferences SET {damage}")
        assert store.preferences(PARENT) == Preferences()
        store.save_preferences(PARENT, Preferences(time_zone="Europe/Paris"))
        assert store.preferences(PARENT) == Preferences(time_zone="Europe/Paris")


def _with_few_pages(db: sqlite3.Connection) -> None:
    sqlite_schema.prepare(db)
    db.execute("PRAGMA max_page_count = 40")


class _without_privileges:  # noqa: N801 (reads as what it does)
    """The superuser may write to anything: be nobody meanwhile."""

    def __enter__(self) -> None:
        self.user = os.geteuid()
        if self.user == 0:
            os.seteuid(65534)

    def __exit__(self, *_: object) -> None:
        if self.user == 0:
            os.seteuid(0)
