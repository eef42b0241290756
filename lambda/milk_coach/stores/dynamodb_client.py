"""The way to DynamoDB: botocore's low-level client, how long it may take, and its faults as the stores' own.

No resource layer: importing it takes longer than this, and it makes Decimals of numbers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Protocol, cast

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from milk_coach.stores.base import StoreUnavailable

# (1 s + 2 s) twice, and up to 1 s between: 7 s at the very worst, of the 8 s within which Alexa wants an answer.
CONFIG: Final = Config(
    connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2, "mode": "standard"}, max_pool_connections=25
)


class Client(Protocol):
    """The part of botocore's DynamoDB client that is used."""

    def get_item(self, **request: Any) -> dict[str, Any]: ...
    def query(self, **request: Any) -> dict[str, Any]: ...
    def update_item(self, **request: Any) -> dict[str, Any]: ...
    def transact_write_items(self, **request: Any) -> dict[str, Any]: ...
    def batch_write_item(self, **request: Any) -> dict[str, Any]: ...


class Refused(Exception):  # noqa: N818 (an answer, not an error)
    """Conditions of a write do not hold: the indexes of its actions that were refused. Nothing was written."""

    def __init__(self, actions: tuple[int, ...] = ()) -> None:
        super().__init__("condition refused")
        self.actions = actions


class Cancelled(Exception):  # noqa: N818 (an answer, not an error)
    """A transaction was not done: for each of its actions why, "None" for those that could have been."""

    def __init__(self, response: Mapping[str, Any]) -> None:
        super().__init__("transaction cancelled")
        self.codes = [str(reason.get("Code", "None")) for reason in response.get("CancellationReasons", ())]


def connect(region: str | None = None, endpoint: str | None = None) -> Client:
    """A client; region, endpoint and credentials come from the AWS configuration unless given."""
    session = botocore.session.get_session()
    client = session.create_client("dynamodb", region_name=region, endpoint_url=endpoint, config=CONFIG)
    return cast("Client", client)  # the methods of botocore's clients are made at run time


class Connection:
    """A client that is made when first used, for all threads."""

    def __init__(self, connect: Callable[[], Client]) -> None:
        self._connect = connect
        self._connecting = threading.Lock()  # botocore's clients may be shared by threads; making one may not
        self._made: Client | None = None

    @contextmanager
    def use(self) -> Iterator[Client]:
        """The client. Raises Refused, Cancelled, or StoreUnavailable for every fault.

        Faults are named by their code: their messages may show keys, values and addresses.
        """
        try:
            yield self._client()
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "ClientError")
            if code == "ConditionalCheckFailedException":
                raise Refused((0,)) from None
            if code == "TransactionCanceledException":
                raise Cancelled(error.response) from None
            raise StoreUnavailable(f"dynamodb: {code}") from None
        except (BotoCoreError, ResponseParserError, OSError) as error:
            raise StoreUnavailable(f"dynamodb: {type(error).__name__}") from None

    def _client(self) -> Client:
        with self._connecting:
            try:
                self._made = self._made or self._connect()
            except ValueError:
                raise StoreUnavailable("dynamodb: the endpoint is no address") from None
            return self._made
