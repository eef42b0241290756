"""All that a sentence says of times, as Alexa's own slots would hold it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from milk_coach.understanding.said_clock_times import ClockSpan, clock_times
from milk_coach.understanding.said_dates import DateSpan, dates
from milk_coach.understanding.said_durations import ago, durations
from milk_coach.understanding.spans import meant


@dataclass(frozen=True, slots=True)
class TimeWords:
    """What a sentence says of times, as slot values; None for what it does not say.

    day: the date by its name, for comparing and echoing. duration: a length of time that does not lie back.
    """

    ago: str | None = None
    at: str | None = None
    explicit_half: bool = False
    date: str | None = None
    day: str | None = None
    duration: str | None = None


def time_words(text: str, today: date, now: time | None = None) -> TimeWords:
    """The times of a sentence: the last of each kind, because people correct themselves forwards; none after "not"."""
    back = ago(text)
    taken = {span.start for span in back}
    back = meant(text, back)
    lengths = meant(text, [span for span in durations(text) if span.start not in taken])
    clocks, days = meant(text, clock_times(text, now)), meant(text, dates(text, today))
    clock, day = (clocks[-1] if clocks else None), (days[-1] if days else None)
    return TimeWords(
        ago=back[-1].value if back else None,
        at=clock.value if clock else None,
        explicit_half=bool(clock and clock.explicit_half),
        date=day.value if day else None,
        day=_named_day(day, clock),
        duration=lengths[-1].value if lengths else None,
    )


def _named_day(day: DateSpan | None, clock: ClockSpan | None) -> str | None:
    """ "Last night at half past one" was today."""
    if day and day.day == "yesterday" and day.value.endswith("TNI") and clock and clock.value < "06:00":
        return "today"
    return day.day if day else None
