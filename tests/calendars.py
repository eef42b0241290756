"""Moments, zones and changes of the clocks for the tests of times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import settings
from hypothesis import strategies as st

NOW = "2026-11-24 15:20"  # a Tuesday
UNHURRIED = settings(deadline=None)  # a busy machine is no failure
NEW_YORK, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
ODD_ZONES = (
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Apia",  # skipped the 30th of December 2011
    "Atlantic/Azores",
    "America/New_York",
    "America/Havana",  # its clocks change at midnight
    "Africa/Casablanca",
    "Pacific/Kiritimati",
    "America/St_Johns",
)
ZONES = st.sampled_from(ODD_ZONES) | st.sampled_from(sorted(available_timezones()))
NOWS = st.datetimes(datetime(2005, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone itself
CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
# Minutes around the changes of 2026 in New York, London and Lord Howe, and around Apia's missing day.
CHANGES = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(
        [
            datetime(2026, 3, 8, 7, tzinfo=UTC),
            datetime(2026, 11, 1, 6, tzinfo=UTC),
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2026, 10, 25, 1, tzinfo=UTC),
            datetime(2026, 4, 4, 15, tzinfo=UTC),
            datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
            datetime(2011, 12, 30, 10, tzinfo=UTC),
        ]
    ),
    st.integers(-1500, 1500),
)


def local(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """ "2026-11-24 15:10" in a zone, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
