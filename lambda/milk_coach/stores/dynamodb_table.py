"""One DynamoDB table of households (key `pk`) and their entries in the order of `sk`: requests and retries."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from milk_coach.stores.base import StoreUnavailable, UserKey
from milk_coach.stores.dynamodb_client import Cancelled, Client, Connection, Refused, connect
from milk_coach.stores.dynamodb_entries import Condition, Item, attribute
from milk_coach.stores.rows import Cell, Row

Action = Mapping[str, Mapping[str, Any]]  # one part of a transaction: {"Put": {...}}

_BATCH: Final = 25  # the platform's limit for BatchWriteItem
_ROUNDS: Final = 5  # how often what is left of a batch is sent again: after 50 ms, then each time after twice as long
_PAGE: Final = 1_000  # entries asked for at once: some 300 KB, under the platform's page of 1 MB


class DynamoTable:
    """The table `name`. Every method raises StoreUnavailable for any fault of the server or of the way to it."""

    def __init__(
        self, name: str, connect: Callable[[], Client] = connect, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._name = name
        self._connection = Connection(connect)
        self._sleep = sleep

    def get(self, user: UserKey, sk: str) -> Item | None:
        """One entry, as it is at this moment."""
        with self._connection.use() as client:
            answer = client.get_item(TableName=self._name, Key=_key(user, sk), ConsistentRead=True)
        item: Item | None = answer.get("Item")
        return item

    def query(self, user: UserKey, span: tuple[str, str], *, limit: int, newest_first: bool) -> Iterator[Item]:
        """The entries from the first to the last key of `span`, asked for only as they are taken, `limit` at once."""
        return self._pages(
            Limit=min(limit, _PAGE),
            ScanIndexForward=not newest_first,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :low AND :high",
            ExpressionAttributeValues={":pk": {"S": user}, ":low": {"S": span[0]}, ":high": {"S": span[1]}},
        )

    def update(self, user: UserKey, sk: str, changes: Mapping[str, Cell | None], condition: Condition) -> None:
        """Set some attributes of an entry, remove those changed to None, leave the others. Raises Refused."""
        put = {name: value for name, value in changes.items() if value is not None}
        removed = [f"#{name}" for name in changes if name not in put]
        expression = "SET " + ", ".join(f"#{name} = :{name}" for name in put)
        request = condition.request()
        names = request["ExpressionAttributeNames"] | {f"#{name}": name for name in changes}
        values = request["ExpressionAttributeValues"] | {f":{name}": attribute(value) for name, value in put.items()}
        request |= {"ExpressionAttributeNames": names, "ExpressionAttributeValues": values}
        request["UpdateExpression"] = expression + (f" REMOVE {', '.join(removed)}" if removed else "")
        with self._connection.use() as client:
            client.update_item(TableName=self._name, Key=_key(user, sk), **request)

    def put(self, user: UserKey, sk: str, row: Row, condition: Condition | None = None) -> Action:
        """The action that stores an entry; give it to `write`."""
        item = _key(user, sk) | {name: attribute(value) for name, value in row.items()}
        return {"Put": {"TableName": self._name, "Item": item} | (condition.request() if condition else {})}

    def delete(self, user: UserKey, sk: str, condition: Condition) -> Action:
        """The action that deletes an entry; give it to `write`."""
        return {"Delete": {"TableName": self._name, "Key": _key(user, sk)} | condition.request()}

    def write(self, *actions: Action) -> None:
        """Do all actions or none. Raises Refused when a condition does not hold.

        Always a transaction, for one action, too: the token that botocore adds makes its own retry harmless when the
        first answer was lost. Another transaction in the way (TransactionConflict) is tried once more.
        """
        if self._transact(actions):
            return
        self._sleep(0.05)
        if not self._transact(actions):
            raise StoreUnavailable("dynamodb: TransactionConflict")

    def delete_all(self, user: UserKey) -> None:
        """Delete every entry of a household."""
        keys = self._pages(
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": user}},
            ProjectionExpression="pk, sk",
        )
        while batch := list(islice(keys, _BATCH)):
            self._delete_batch(batch)

    def _pages(self, **request: Any) -> Iterator[Item]:
        more: dict[str, Any] = {}
        while True:
            with self._connection.use() as client:
                answer = client.query(TableName=self._name, ConsistentRead=True, **request, **more)
            yield from answer.get("Items", ())
            if not (last := answer.get("LastEvaluatedKey")):
                return
            more = {"ExclusiveStartKey": last}

    def _delete_batch(self, keys: Sequence[Item]) -> None:
        left: Any = {self._name: [{"DeleteRequest": {"Key": key}} for key in keys]}
        for attempt in range(_ROUNDS):
            with self._connection.use() as client:
                left = client.batch_write_item(RequestItems=left).get("UnprocessedItems")
            if not left:
                return
            self._sleep(0.05 * 2**attempt)
        raise StoreUnavailable("dynamodb: UnprocessedItems")

    def _transact(self, actions: Sequence[Action]) -> bool:
        """False: another transaction was in the way."""
        try:
            with self._connection.use() as client:
                client.transact_write_items(TransactItems=list(actions))
        except Cancelled as cancelled:
            if refused := tuple(i for i, code in enumerate(cancelled.codes) if code == "ConditionalCheckFailed"):
                raise Refused(refused) from None
            if "TransactionConflict" in cancelled.codes:
                return False
            code = next((code for code in cancelled.codes if code != "None"), "TransactionCanceled")
            raise StoreUnavailable(f"dynamodb: {code}") from None
        return True


def _key(user: UserKey, sk: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": user}, "sk": {"S": sk}}
