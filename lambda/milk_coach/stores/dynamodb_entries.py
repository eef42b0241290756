"""What stands in the DynamoDB table, and the conditions under which it may be written.

| sk                       | entry                                                       |
|--------------------------|-------------------------------------------------------------|
| L#<13-digit ms>#<id>     | a letdown                                                   |
| F#<13-digit ms>#<id>     | a feed                                                      |
| C#                       | which feed is running now: its `at` and `id`                |
| P#                       | the preferences                                             |
| R#L#<hash>, R#F#<id>     | a receipt: the `at` and `id` of what a request stored       |

`pk` is the household's key; `expires` (seconds) is the table's TTL attribute. Attributes are text or whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from milk_coach.domain.records import Preferences, record_id
from milk_coach.stores.rows import Cell, Key, Kind, Record, Row, preferences_from

Item = Mapping[str, Mapping[str, str]]
RUNNING: Final = "C#"
PREFERENCES: Final = "P#"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on an entry. Columns stand in it as #column: many of their names are reserved words."""

    expression: str
    columns: tuple[str, ...] = ()
    values: Mapping[str, Cell] | None = None

    def request(self) -> dict[str, Any]:
        """The parameters by which a request carries the condition."""
        parameters: dict[str, Any] = {"ConditionExpression": self.expression}
        if self.columns:
            parameters["ExpressionAttributeNames"] = {f"#{name}": name for name in self.columns}
        if self.values:
            parameters["ExpressionAttributeValues"] = {f":{name}": attribute(v) for name, v in self.values.items()}
        return parameters


ABSENT: Final = Condition("attribute_not_exists(sk)")
PRESENT: Final = Condition("attribute_exists(sk)")


def is_still(kind: Kind[Record], record: Record) -> Condition:
    """The record stands as it was read, in every column."""
    row: Mapping[str, Cell] = kind.row(record)
    parts = (f"#{name} = :{name}" if name in row else f"attribute_not_exists(#{name})" for name in kind.columns)
    return Condition(" AND ".join(parts), kind.columns, row)


def is_expired(second: int) -> Condition:
    """There is nothing, or it has expired by `second` and the table has not got round to deleting it."""
    return Condition("attribute_not_exists(#expires) OR #expires <= :now", ("expires",), {"now": second})


def is_free(feed_id: str, oldest: int = 0) -> Condition:
    """At C#: no feed is noted as running, or this one, or one from before `oldest` (ms)."""
    return Condition(
        "attribute_not_exists(#id) OR #id = :id OR #at < :oldest", ("id", "at"), {"id": feed_id, "oldest": oldest}
    )


def sort_key(kind: Kind[Record], key: Key) -> str:
    """Where a record stands: thirteen digits of milliseconds sort like the times."""
    return f"{_letter(kind)}#{key[0]:013}#{key[1]}"


def sort_range(kind: Kind[Record], start: int, end: int) -> tuple[str, str]:
    """The first and the last key that records with start <= time < end can have ("~" sorts after "#")."""
    return f"{_letter(kind)}#{start:013}", f"{_letter(kind)}#{end - 1:013}~"


def receipt_key(kind: Kind[Record], record: Record) -> str:
    """Where the receipt stands for the request (of a letdown) or the id (of a feed) that stored a record."""
    request: str | None = getattr(record, "request_id", None)
    return f"R#{_letter(kind)}#{record.id if request is None else record_id(request)}"


def attribute(value: Cell) -> dict[str, str]:
    """Text or a whole number as an attribute value."""
    return {"N": str(value)} if isinstance(value, int) else {"S": value}


def row(item: Item) -> Row:
    """An entry as a row. Raises ValueError or KeyError when an attribute is neither text nor a whole number."""
    return {name: int(value["N"]) if "N" in value else value["S"] for name, value in item.items()}


def key_in(item: Item) -> Key:
    """The time and id in a receipt or at C#. Raises ValueError or KeyError when it is damaged."""
    return int(item["at"]["N"]), item["id"]["S"]


def preferences_in(item: Item) -> Preferences:
    """The preferences in an entry. Raises ValueError, KeyError or TypeError when it is damaged."""
    return preferences_from(row(item))


def expires(item: Item) -> int:
    """The second from which an entry counts as gone. Raises ValueError or KeyError when it is damaged."""
    return int(item["expires"]["N"])


def _letter(kind: Kind[Record]) -> str:
    return kind.name[0].upper()
