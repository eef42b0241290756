"""What is DynamoDB's own: what is asked of it, how little, and what happens when it is down, slow or throttled."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, ParamValidationError

from milk_coach.domain.records import Preferences
from milk_coach.stores import open_store
from milk_coach.stores.base import KEEP_MS, Conflict, LetdownStore, StoreUnavailable
from milk_coach.stores.dynamodb import DynamoStore
from milk_coach.stores.dynamodb_client import CONFIG, Client, connect
from milk_coach.stores.dynamodb_table import DynamoTable
from tests.stores import server
from tests.stores.samples import NOW, OTHER, PARENT, HandClock, feed, letdown

ROOT = Path(__file__).parents[2]
CALLS: tuple[Callable[[LetdownStore], object], ...] = (
    lambda store: store.ping(),
    lambda store: store.add_letdown(PARENT, letdown()),
    lambda store: store.change_letdown(PARENT, letdown(), letdown(side="left")),
    lambda store: store.remove_letdown(PARENT, letdown()),
    lambda store: store.latest(PARENT),
    lambda store: store.between(PARENT, NOW, NOW + 1, limit=1),
    lambda store: store.put_feed(PARENT, feed()),
    lambda store: store.change_feed(PARENT, feed(), feed(end=NOW)),
    lambda store: store.running_feed(PARENT),
    lambda store: store.latest_feeds(PARENT),
    lambda store: store.feeds_between(PARENT, NOW, NOW + 1, limit=1),
    lambda store: store.preferences(PARENT),
    lambda store: store.save_preferences(PARENT, Preferences(time_zone="UTC")),
    lambda store: store.delete_all(PARENT),
)


class Recorder:
    """A client that notes every request, and may answer or fail in the server's place."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[dict[str, Any] | Exception | None] = []  # for the next requests; None: ask the server

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        def request(**parameters: Any) -> dict[str, Any]:
            self.requests.append((operation, parameters))
            answer = self.answers.pop(0) if self.answers else None
            if isinstance(answer, Exception):
                raise answer
            asked: dict[str, Any] = getattr(self.client, operation)(**parameters) if answer is None else answer
            return asked

        return request

    def of(self, operation: str) -> list[dict[str, Any]]:
        return [parameters for name, parameters in self.requests if name == operation]


def _itself(recorder: Recorder) -> Recorder:
    return recorder


def error(code: str, *reasons: str) -> ClientError:
    """What botocore raises. Its message tells what ours must not."""
    details = {"Error": {"Code": code, "Message": f"about {PARENT} {letdown()}"}}
    if reasons:
        details["CancellationReasons"] = [{"Code": reason} for reason in reasons]  # type: ignore[assignment] # as sent
    return ClientError(details, "AnyOperation")  # type: ignore[arg-type] # the stubs know fewer keys


@pytest.fixture
def recorder(dynamodb_server: str) -> Recorder:
    return Recorder(connect(server.REGION, dynamodb_server))


@pytest.fixture
def naps() -> list[float]:
    """How long, in seconds, the store waited each time: nobody waits in these tests."""
    return []


@pytest.fixture
def table(new_table: Callable[[], str]) -> str:
    return new_table()


@pytest.fixture
def store(table: str, recorder: Recorder, naps: list[float], clock: HandClock) -> DynamoStore:
    return DynamoStore(DynamoTable(table, lambda: recorder, naps.append), clock)


@pytest.fixture
def items(table: str, dynamodb_server: str) -> Callable[[], dict[str, dict[str, Any]]]:
    """Reads the whole table, by sort key, behind the store's back."""

    def read() -> dict[str, dict[str, Any]]:
        found = server.client(dynamodb_server).scan(TableName=table, ConsistentRead=True)["Items"]
        return {item["sk"]["S"]: item for item in found}

    return read


class TestWhatIsAsked:
    def test_reads_are_consistent_ranges_with_a_limit_and_never_a_scan(
        self, store: DynamoStore, recorder: Recorder
    ) -> None:
        for call in CALLS[:-1]:
            call(store)
        assert {name for name, _ in recorder.requests} == {"get_item", "query", "update_item", "transact_write_items"}
        for name, request in recorder.requests:
            assert "FilterExpression" not in request
            assert name not in ("get_item", "query") or request["ConsistentRead"] is True
        for request in recorder.of("query"):
            assert request["Limit"] == 1
            assert request["KeyConditionExpression"] == "pk = :pk AND sk BETWEEN :low AND :high"

    def test_an_interval_without_room_is_not_asked_for(self, store: DynamoStore, recorder: Recorder) -> None:
        assert store.between(PARENT, NOW, NOW, limit=9) == store.latest(PARENT, 0) == []
        assert recorder.requests == []

    def test_the_latest_of_many_costs_one_entry(self, store: DynamoStore, recorder: Recorder) -> None:
        for n in range(30):
            store.add_letdown(PARENT, letdown(str(n), at=NOW + n))
        recorder.requests.clear()
        assert store.latest(PARENT) == [letdown("29", at=NOW + 29)]
        assert len(recorder.requests) == 1

    def test_entries_are_text_and_whole_numbers_and_expire(
        self, store: DynamoStore, items: Callable[[], dict[str, dict[str, Any]]], clock: HandClock
    ) -> None:
        store.add_letdown(PARENT, letdown(since_feed_start_ms=7))
        store.put_feed(PARENT, feed(sides=((NOW, "left"),)))
        store.save_preferences(PARENT, Preferences(time_zone="UTC", last_disclaimer_at=NOW, breathing={"pace": 5.5}))
        assert {sk[:2] for sk in items()} == {"L#", "F#", "C#", "P#", "R#"}
        for sk, item in items().items():
            assert item["pk"] == {"S": PARENT}
            assert {kind for value in item.values() for kind in value} <= {"S", "N"}
            assert all(value["N"].isdigit() for value in item.values() if "N" in value)
            days = (int(item["expires"]["N"]) - NOW // 1_000) // 86_400
            assert days == (2 if sk.startswith("R#") else 400)

    def test_the_sort_key_of_a_letdown_is_its_time_and_id(
        self, store: DynamoStore, items: Callable[[], dict[str, dict[str, Any]]]
    ) -> None:
        one = letdown(at=NOW)
        store.add_letdown(PARENT, one)
        assert f"L#1760000000000#{one.id}" in items()

    def test_a_table_shows_no_alexa_user_and_no_request_twice(
        self, store: DynamoStore, items: Callable[[], dict[str, dict[str, Any]]]
    ) -> None:
        store.add_letdown(PARENT, letdown())
        assert "amzn1.ask" not in str(items())

    def test_pages_of_more_than_a_megabyte(
        self, store: DynamoStore, recorder: Recorder, table: str, dynamodb_server: str
    ) -> None:
        long = "x" * 500
        every = [letdown(str(n), at=NOW + n, feed_id=long, person_id=long) for n in range(1_100)]
        server.fill(dynamodb_server, table, PARENT, every)
        assert store.between(PARENT, NOW, NOW + 9_999, limit=5_000, newest_first=False) == every
        assert len(recorder.of("query")) > 1
        assert store.latest(PARENT, 1_099) == every[:0:-1]
        store.delete_all(PARENT)
        assert {len(request["RequestItems"][table]) for request in recorder.of("batch_write_item")} == {25}
        assert store.latest(PARENT, 9) == []

    def test_botocore_is_imported_for_a_table_only(self, tmp_path: Path) -> None:
        code = (
            "import sys; from milk_coach.stores import open_store;"
            f"open_store('memory:').ping(); open_store('sqlite:///{tmp_path / 'log.db'}').ping();"
            "assert not {'boto3', 'botocore'} & set(sys.modules);"
            "open_store('dynamodb://letdowns'); assert 'botocore' in sys.modules and 'boto3' not in sys.modules"
        )
        subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(ROOT / "lambda")})


class TestFaults:
    @pytest.mark.parametrize(
        "code", ["ThrottlingException", "ProvisionedThroughputExceededException", "ResourceNotFoundException", "X"]
    )
    def test_every_refusal_of_the_server_names_its_code_only(self, clock: HandClock, code: str) -> None:
        for call in CALLS:
            recorder = Recorder()
            recorder.answers = [error(code)]
            store = DynamoStore(DynamoTable("t", partial(_itself, recorder)), clock)
            with pytest.raises(StoreUnavailable) as fault:
                call(store)
            assert str(fault.value) == f"dynamodb: {code}"
            assert fault.value.__cause__ is None
            assert fault.value.__suppress_context__

    def test_a_table_that_is_not_there(self, dynamodb_server: str, clock: HandClock) -> None:
        store = open_store(f"dynamodb://nowhere?region={server.REGION}&endpoint={dynamodb_server}", clock)
        for call in CALLS:
            with pytest.raises(StoreUnavailable):
                call(store)

    @pytest.mark.parametrize("options", ["endpoint=nonsense&region=x", "region=not%20a%20region"])
    def test_a_configuration_that_makes_no_sense(self, options: str) -> None:
        store = open_store(f"dynamodb://letdowns?{options}")
        with pytest.raises(StoreUnavailable):
            store.ping()

    def test_no_region_at_all(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
        with pytest.raises(StoreUnavailable, match="NoRegionError"):
            open_store("dynamodb://letdowns").ping()

    def test_a_request_that_botocore_itself_refuses(self, clock: HandClock) -> None:
        recorder = Recorder()
        recorder.answers = [ParamValidationError(report=PARENT)]
        with pytest.raises(StoreUnavailable, match=r"^dynamodb: ParamValidationError$"):
            DynamoStore(DynamoTable("t", lambda: recorder), clock).ping()

    def test_at_most_one_retry_within_the_time_of_an_answer(self) -> None:
        config: Any = CONFIG
        assert (config.connect_timeout, config.read_timeout) == (1, 2)
        assert config.retries == {"total_max_attempts": 2, "mode": "standard"}
        assert 2 * (config.connect_timeout + config.read_timeout) + 1 < 8  # standard mode waits up to 1 s between

    @pytest.mark.usefixtures("dynamodb_server")
    def test_a_server_that_is_down_is_tried_twice(self, clock: HandClock) -> None:
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))  # and does not listen
            with pytest.raises(StoreUnavailable, match="EndpointConnectionError"):
                self.store_at(nobody, clock).latest(PARENT)

    @pytest.mark.usefixtures("dynamodb_server")
    def test_a_server_that_never_answers_is_tried_twice(self, clock: HandClock) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            with pytest.raises(StoreUnavailable, match="ReadTimeoutError"):
                self.store_at(silent, clock).latest(PARENT)
            silent.settimeout(0)
            connections = list(_accepted(silent))
        assert len(connections) == 2
        for connection in connections:
            connection.close()

    def store_at(self, listener: socket.socket, clock: HandClock) -> DynamoStore:
        address = "http://{}:{}".format(*listener.getsockname())
        return DynamoStore(DynamoTable("t", lambda: connect(server.REGION, address)), clock)


def _accepted(listener: socket.socket) -> Iterator[socket.socket]:
    while True:
        try:
            yield listener.accept()[0]
        except BlockingIOError:
            return


class TestTransactions:
    def test_another_transaction_in_the_way_is_tried_once_more(
        self, store: DynamoStore, recorder: Recorder, naps: list[float]
    ) -> None:
        recorder.answers = [error("TransactionCanceledException", "None", "TransactionConflict")]
        assert store.add_letdown(PARENT, letdown()).added
        assert naps == [0.05]

    def test_and_only_once(self, store: DynamoStore, recorder: Recorder) -> None:
        recorder.answers = [error("TransactionCanceledException", "TransactionConflict", "None")] * 2
        with pytest.raises(StoreUnavailable, match=r"^dynamodb: TransactionConflict$"):
            store.add_letdown(PARENT, letdown())
        assert len(recorder.requests) == 2

    @pytest.mark.parametrize("reasons", [("ThrottlingError", "None"), ("None", "ItemCollectionSizeLimitExceeded"), ()])
    def test_any_other_reason_is_a_fault(
        self, store: DynamoStore, recorder: Recorder, reasons: tuple[str, ...]
    ) -> None:
        recorder.answers = [error("TransactionCanceledException", *reasons)]
        with pytest.raises(StoreUnavailable):
            store.add_letdown(PARENT, letdown())

    def test_a_lost_answer_to_any_write_does_not_show(self, store: DynamoStore) -> None:
        one, moved = letdown(), letdown(at=NOW + 1)
        on, ended = feed(), feed(end=NOW + 1)

        def losing(operation: str, write: Callable[[], Any]) -> Any:
            server.lost_answers.append(operation)
            answer = write()
            assert server.lost_answers == []
            return answer

        transaction = "TransactWriteItems"
        assert losing(transaction, lambda: store.add_letdown(PARENT, one)).added
        losing(transaction, lambda: store.change_letdown(PARENT, one, moved))
        assert store.latest(PARENT, 9) == [moved]
        assert losing(transaction, lambda: store.remove_letdown(PARENT, moved)) is True
        assert losing(transaction, lambda: store.put_feed(PARENT, on)).added
        losing(transaction, lambda: store.change_feed(PARENT, on, ended))
        assert store.latest_feeds(PARENT, 9) == [ended]
        losing("UpdateItem", lambda: store.save_preferences(PARENT, Preferences(time_zone="UTC")))
        assert store.preferences(PARENT) == Preferences(time_zone="UTC")
        losing("BatchWriteItem", lambda: store.delete_all(PARENT))
        assert store.latest_feeds(PARENT) == []

    def test_a_change_whose_first_answer_was_lost_is_no_conflict(self, store: DynamoStore, recorder: Recorder) -> None:
        before, after = letdown(), letdown(side="left")
        store.add_letdown(PARENT, before)
        store.change_letdown(PARENT, before, after)
        recorder.answers = [error("TransactionCanceledException", "ConditionalCheckFailed")]
        store.change_letdown(PARENT, before, after)
        assert store.latest(PARENT, 9) == [after]


class TestBatches:
    @pytest.fixture
    def forty(self, store: DynamoStore, recorder: Recorder) -> None:
        for n in range(20):
            store.add_letdown(PARENT, letdown(str(n), at=NOW + n))  # with their receipts, forty
        store.add_letdown(OTHER, letdown())
        recorder.requests.clear()

    @pytest.mark.usefixtures("forty")
    def test_what_the_server_leaves_over_is_sent_again(
        self, store: DynamoStore, recorder: Recorder, naps: list[float], table: str
    ) -> None:
        recorder.client = _LeavesOver(recorder.client, table)
        store.delete_all(PARENT)
        assert [len(request["RequestItems"][table]) for request in recorder.of("batch_write_item")] == [25, 3, 15, 3]
        assert naps == [0.05, 0.05]
        assert store.latest(PARENT) == []
        assert store.latest(OTHER) == [letdown()]

    @pytest.mark.usefixtures("forty")
    def test_not_for_ever_and_what_is_left_goes_with_the_next_try(
        self, store: DynamoStore, recorder: Recorder, naps: list[float], table: str
    ) -> None:
        left = {"UnprocessedItems": {table: [{"DeleteRequest": {"Key": {"pk": {"S": PARENT}, "sk": {"S": "L#"}}}}]}}
        recorder.answers = [None, *[left] * 9]
        with pytest.raises(StoreUnavailable, match=r"^dynamodb: UnprocessedItems$"):
            store.delete_all(PARENT)
        assert naps == [0.05, 0.1, 0.2, 0.4, 0.8]
        recorder.answers = []
        store.delete_all(PARENT)
        assert store.latest(PARENT) == []


class _LeavesOver:
    """Deletes all but the last three of each first batch, as a server under load may do."""

    def __init__(self, client: Any, table: str) -> None:
        self.client, self.table = client, table

    def __getattr__(self, operation: str) -> Any:
        return getattr(self.client, operation)

    def batch_write_item(self, **request: Any) -> dict[str, Any]:
        asked = request["RequestItems"][self.table]
        done, left = (asked[:-3], asked[-3:]) if len(asked) > 3 else (asked, [])
        self.client.batch_write_item(RequestItems={self.table: done})
        return {"UnprocessedItems": {self.table: left} if left else {}}


class TestDamagedEntries:
    def damage(self, address: str, table: str, sk: str, **attributes: dict[str, Any]) -> None:
        key = {"pk": {"S": PARENT}, "sk": {"S": sk}}
        made = server.client(address)
        kept = made.get_item(TableName=table, Key=key)["Item"]
        made.put_item(TableName=table, Item={**kept, **attributes})

    @pytest.mark.parametrize(
        "damage",
        [
            {"side": {"S": "up"}},
            {"at": {"N": "1.5"}},
            {"id": {"BOOL": True}},
            {"feeling": {"NULL": True}},
            {"id": {"S": ""}},
        ],
    )
    def test_a_letdown_that_cannot_be_read_is_left_out(
        self, store: DynamoStore, dynamodb_server: str, table: str, damage: dict[str, Any]
    ) -> None:
        every = [letdown(str(n), at=NOW + n) for n in range(3)]
        for one in every:
            store.add_letdown(PARENT, one)
        self.damage(dynamodb_server, table, f"L#{NOW + 1}#{every[1].id}", **damage)
        assert store.latest(PARENT, 2) == [every[2], every[0]]

    def test_a_feed_that_cannot_be_read_does_not_stand_in_the_way(
        self, store: DynamoStore, dynamodb_server: str, table: str
    ) -> None:
        store.put_feed(PARENT, feed("damaged"))
        self.damage(dynamodb_server, table, f"F#{NOW}#{feed('damaged').id}", sides={"S": "{"})
        assert store.running_feed(PARENT) is None
        assert store.put_feed(PARENT, feed("new")).added
        assert store.running_feed(PARENT) == feed("new")
        with pytest.raises(Conflict):
            store.put_feed(PARENT, feed("third"))

    def test_a_damaged_note_of_the_running_feed_does_not_stand_in_the_way(
        self, store: DynamoStore, dynamodb_server: str, table: str
    ) -> None:
        store.put_feed(PARENT, feed("lost"))
        self.damage(dynamodb_server, table, "C#", id={"N": "7"})
        assert store.running_feed(PARENT) is None
        assert store.put_feed(PARENT, feed("new")).added
        assert store.running_feed(PARENT) == feed("new")

    @pytest.mark.parametrize("damage", [{"breathing": {"S": "{"}}, {"expires": {"S": "never"}}])
    def test_preferences_that_cannot_be_read_are_none(
        self, store: DynamoStore, dynamodb_server: str, table: str, damage: dict[str, Any]
    ) -> None:
        store.save_preferences(PARENT, Preferences(time_zone="UTC"))
        self.damage(dynamodb_server, table, "P#", **damage)
        assert store.preferences(PARENT) == Preferences()


def test_the_time_kept_is_400_days() -> None:
    assert KEEP_MS == 400 * 24 * 60 * 60 * 1_000
