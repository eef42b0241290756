"""Records and a clock for the tests of the stores."""

from __future__ import annotations

from typing import Any

from milk_coach.domain.records import Feed, Letdown, record_id
from milk_coach.stores import base
from milk_coach.stores.base import user_key

NOW = 1_760_000_000_000  # an autumn night in 2025
MINUTE, DAY = 60_000, 86_400_000
KEEP_MS = base.KEEP_MS
PARENT, OTHER = user_key("amzn1.ask.account.PARENT"), user_key("amzn1.ask.account.OTHER")


class HandClock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


def letdown(name: str = "a", at: int = NOW, **fields: Any) -> Letdown:
    """The letdown that the request `name` stores."""
    request = f"request-{name}"
    return Letdown(id=record_id(request), at=at, request_id=request, **fields)


def feed(name: str = "a", start: int = NOW, **fields: Any) -> Feed:
    """The feed that the request `name` starts."""
    return Feed(id=record_id(f"request-{name}"), start=start, **fields)
