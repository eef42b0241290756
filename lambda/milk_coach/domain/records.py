"""What the letdown log keeps, and nothing else: no words spoken, no names.

Every time is UTC, in whole milliseconds since 1970. A record that cannot be true (a side nobody has, a time that is
no time) cannot be made: the constructors raise ValueError, without repeating the value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Side = Literal["left", "right", "both", "unknown"]
Source = Literal["nursing", "pumping", "unknown"]
Feeling = Literal[
    "tingling", "warm", "strong", "weak", "painful", "sad", "happy", "sleepy", "calm", "anxious", "none",
]  # fmt: skip
EndedBy = Literal["listener", "timeout"]

SIDES: tuple[Side, ...] = get_args(Side)
SOURCES: tuple[Source, ...] = get_args(Source)
FEELINGS: tuple[Feeling, ...] = get_args(Feeling)
ENDINGS: tuple[EndedBy, ...] = get_args(EndedBy)

LATEST_TIME = 9_999_999_999_999  # thirteen digits, the year 2286: times then sort as text, too
_LONGEST_ID = 512  # far over the platform's own ids


def record_id(request_id: str) -> str:
    """The id of the record that a request creates: 32 hex digits, the same however often the request is delivered."""
    return hashlib.sha256(request_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Letdown:
    """One letdown. `since_feed_start_ms`: how long after the start of its feed it came; None without a feed."""

    id: str
    at: int
    request_id: str
    side: Side = "unknown"
    source: Source = "unknown"
    feeling: Feeling | None = None
    feed_id: str | None = None
    since_feed_start_ms: int | None = None
    person_id: str | None = None

    def __post_init__(self) -> None:
        _need(_is_id(self.id) and _is_id(self.request_id), "id")
        _need(_is_time(self.at), "at")
        _need(self.side in SIDES, "side")
        _need(self.source in SOURCES, "source")
        _need(self.feeling is None or self.feeling in FEELINGS, "feeling")
        _need(self.feed_id is None or _is_id(self.feed_id), "feed_id")
        _need(self.since_feed_start_ms is None or _is_time(self.since_feed_start_ms), "since_feed_start_ms")
        _need(self.person_id is None or _is_id(self.person_id), "person_id")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed or pumping session. `sides`: (time, side) of every side change, oldest first; `end` None: still on."""

    id: str
    start: int
    end: int | None = None
    source: Source = "unknown"
    sides: tuple[tuple[int, Side], ...] = ()
    ended_by: EndedBy | None = None
    person_id: str | None = None

    def __post_init__(self) -> None:
        _need(_is_id(self.id), "id")
        _need(_is_time(self.start), "start")
        _need(self.end is None or _is_time(self.end), "end")
        _need(self.source in SOURCES, "source")
        _need(isinstance(self.sides, tuple), "sides")
        _need(all(_is_time(at) and side in SIDES for at, side in self.sides), "sides")
        _need(self.ended_by is None or self.ended_by in ENDINGS, "ended_by")
        _need(self.person_id is None or _is_id(self.person_id), "person_id")

    @property
    def running(self) -> bool:
        """Whether nobody and nothing has ended it yet."""
        return self.end is None

    @property
    def side(self) -> Side:
        """The side it is on now, or was on last; "unknown" when none was said."""
        return self.sides[-1][1] if self.sides else "unknown"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is remembered of a household between conversations.

    time_zone: a name such as "Europe/Paris", asked of the device at time_zone_checked_at; None: not known.
    last_disclaimer_at: when the short disclaimer was last spoken.
    last_entry: the letdown logged last when that is not the newest one, as LastEntry writes it.
    breathing: where the breathing exercise stood, as plain JSON in the form of its handlers, with "saved_at" (a time).
    """

    time_zone: str | None = None
    time_zone_checked_at: int | None = None
    last_disclaimer_at: int | None = None
    last_entry: str | None = None
    breathing: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        _need(self.time_zone is None or _is_id(self.time_zone), "time_zone")
        _need(self.time_zone_checked_at is None or _is_time(self.time_zone_checked_at), "time_zone_checked_at")
        _need(self.last_disclaimer_at is None or _is_time(self.last_disclaimer_at), "last_disclaimer_at")
        _need(self.last_entry is None or _is_id(self.last_entry), "last_entry")
        _need(self.breathing is None or isinstance(self.breathing, Mapping), "breathing")


@dataclass(frozen=True, slots=True)
class LastEntry:
    """The letdown that "undo" means after one for an earlier time: its time and id, and when it was logged."""

    at: int
    id: str
    logged_at: int

    def __str__(self) -> str:
        return f"{self.at} {self.logged_at} {self.id}"

    @classmethod
    def read(cls, written: str | None) -> LastEntry | None:
        """What __str__ wrote; None for anything else."""
        at, _, rest = (written or "").partition(" ")
        logged_at, _, entry_id = rest.partition(" ")
        return cls(int(at), entry_id, int(logged_at)) if at.isdecimal() and logged_at.isdecimal() else None


def _need(truth: bool, field: str) -> None:
    if not truth:
        raise ValueError(f"not a {field}")


def _is_time(value: object) -> bool:
    return type(value) is int and 0 <= value <= LATEST_TIME


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_ID and value.isascii() and value.isprintable()
