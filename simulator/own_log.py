"""`python -m simulator log --csv`: one's own log, to look at or to take elsewhere."""

from __future__ import annotations

import csv
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from milk_coach.domain.clock import epoch_ms, from_ms
from milk_coach.domain.records import Letdown
from milk_coach.stores import open_store
from milk_coach.stores.base import StoreError, UserKey, user_key
from simulator.envelope import Device

COLUMNS = ("time", "side", "source", "feeling", "minutes_into_feed")
_AT_ONCE = 1_000


def print_log(store_url: str, zone: ZoneInfo, *, as_csv: bool) -> int:
    """Print every letdown of this machine's household, oldest first; returns the exit status."""
    try:
        letdowns = _all(store_url)
    except StoreError as error:
        print(f"The log cannot be read: {error}", file=sys.stderr)
        return 1
    if as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows(_row(letdown, zone) for letdown in letdowns)
    else:
        for letdown in letdowns:
            print("  ".join(part for part in _row(letdown, zone) if part))
        print(f"{len(letdowns)} in all")
    return 0


def _all(store_url: str) -> list[Letdown]:
    store, user = open_store(store_url), UserKey(user_key(Device().user_id))
    found: list[Letdown] = []
    start, end = 0, epoch_ms(datetime.now(UTC)) + 1
    while page := store.between(user, start, end, limit=_AT_ONCE, newest_first=False):
        fresh = [letdown for letdown in page if letdown not in found[-_AT_ONCE:]]
        if not fresh:
            break
        found += fresh
        start = page[-1].at
    return found


def _row(letdown: Letdown, zone: ZoneInfo) -> tuple[str, ...]:
    since = letdown.since_feed_start_ms
    return (
        from_ms(letdown.at).astimezone(zone).isoformat(timespec="seconds"),
        letdown.side,
        letdown.source,
        letdown.feeling or "",
        "" if since is None else f"{since / 60_000:.1f}",
    )
