"""A DynamoDB-compatible server over HTTP, for the tests and the benchmark."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import botocore.session
from botocore.config import Config
from moto.dynamodb import models as moto_models
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from milk_coach.domain.records import Letdown
from milk_coach.stores.base import UserKey, expiry_s
from milk_coach.stores.dynamodb_client import CONFIG
from milk_coach.stores.dynamodb_entries import attribute, sort_key
from milk_coach.stores.rows import LETDOWNS, letdown_row

REGION = "eu-west-1"
Environ = dict[str, Any]


lost_answers: list[str] = []  # operations whose next request is carried out, and answered with an error of the server


class LikeDynamoDB:
    """A WSGI application that makes up for what moto does not do.

    DynamoDB isolates transactions: moto rolls a refused one back by restoring its copy of the whole table, and would
    take back with it what other threads have written since. So it gets one request after the other.
    DynamoDB carries a transaction out once, however often it is sent with the same ClientRequestToken: moto does not
    look at it, so what was answered to it is kept here.
    """

    def __init__(self, app: Callable[[Environ, Any], Iterable[bytes]]) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._done: dict[str, tuple[str, list[tuple[str, str]], list[bytes]]] = {}

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        operation = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        token = json.loads(body)["ClientRequestToken"] if operation == "TransactWriteItems" else None
        with self._lock:
            status, headers, answer = self._done.get(token or "") or self._carry_out(environ)
            if token and status.startswith("200"):
                self._done[token] = status, headers, answer
            if operation in lost_answers:
                lost_answers.remove(operation)
                status = "500 INTERNAL SERVER ERROR"
        start_response(status, headers)
        return answer

    def _carry_out(self, environ: Environ) -> tuple[str, list[tuple[str, str]], list[bytes]]:
        started: list[Any] = []
        answer = list(self._app(environ, lambda *arguments: started.extend(arguments)))
        return started[0], started[1], answer


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections open, as DynamoDB does
    disable_nagle_algorithm = True

    def log_request(self, *_: object) -> None: ...


@contextmanager
def running() -> Iterator[str]:
    """The address of a server that runs meanwhile."""
    app = LikeDynamoDB(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def client(endpoint: str) -> Any:
    """botocore's whole client, for what the store itself may not do, with time for a server that is no DynamoDB."""
    patient = CONFIG.merge(Config(read_timeout=60))
    session = botocore.session.get_session()
    return session.create_client("dynamodb", region_name=REGION, endpoint_url=endpoint, config=patient)


def create_table(endpoint: str, name: str) -> None:
    """The table as a deployment declares it: pk, sk, on demand, `expires` as its TTL attribute."""
    made = client(endpoint)
    made.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("pk", "sk")],
    )
    made.update_time_to_live(TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"})


def fill(endpoint: str, name: str, user: UserKey, letdowns: Sequence[Letdown]) -> None:
    """Put letdowns into a table without the store, which is slower by a transaction each. No receipts."""
    made = client(endpoint)
    for start in range(0, len(letdowns), 25):
        batch = letdowns[start : start + 25]
        puts = [{"PutRequest": {"Item": _item(user, one)}} for one in batch]
        made.batch_write_item(RequestItems={name: puts})


def without_copies() -> None:
    """Let moto no longer copy the whole table before each transaction, which takes seconds for a large one.

    From now on a refused transaction is not taken back: for a benchmark in which none is.
    """
    vars(moto_models)["copy"] = SimpleNamespace(deepcopy=lambda whole: whole)


def _item(user: UserKey, one: Letdown) -> dict[str, dict[str, str]]:
    row = letdown_row(one) | {"pk": user, "sk": sort_key(LETDOWNS, LETDOWNS.key(one)), "expires": expiry_s(one.at)}
    return {name: attribute(value) for name, value in row.items()}
