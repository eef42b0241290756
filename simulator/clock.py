"""The clock and the time zone of one's own machine, or the ones asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def clock_from(now: str | None, zone: ZoneInfo) -> Callable[[], datetime]:
    """The machine's clock, or one that stands at `now` (ISO 8601, local to `zone` without an offset).

    Raises ValueError for anything else.
    """
    if now is None:
        return lambda: datetime.now(UTC)
    moment = datetime.fromisoformat(now)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return lambda: aware.astimezone(UTC)


def zone_from(name: str | None) -> ZoneInfo:
    """The zone of this name, or the machine's own, or else UTC. Raises ValueError for an unknown name."""
    if name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no time zone is called {name!r}; try Europe/London or America/New_York") from error
    for candidate in (os.environ.get("TZ", ""), _linked_zone()):
        try:
            return ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def _linked_zone() -> str:
    """Where /etc/localtime points to: .../zoneinfo/Europe/London on Linux and macOS."""
    try:
        return str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    except OSError:
        return ""
