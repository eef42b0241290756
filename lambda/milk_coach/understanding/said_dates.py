"""Finds the days in a sentence as people speak it. English only; no clock: today comes from outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from milk_coach.domain.time_values import WEEKDAYS
from milk_coach.understanding.spans import Span


@dataclass(frozen=True, slots=True)
class DateSpan(Span):
    """A day as AMAZON.DATE, with its part of the day ("2026-11-23TNI").

    day: "today", "yesterday", a weekday or "day_before_yesterday" when the day itself was named, else None:
    "this morning" names a half of the day first of all.
    """

    day: str | None


_DAY_PARTS = {"morning": "TMO", "afternoon": "TAF", "arvo": "TAF", "evening": "TEV", "night": "TNI", None: ""}
_DATE = re.compile(
    rf"""\b(?:
      (?P<two>(?:the[ ])?day[ ]before[ ]yesterday) | (?P<two_nights>(?:the[ ])?night[ ]before[ ]last)
    | (?P<last_night>last[ ]night) | (?P<tonight>tonight|tonite)
    | this[ ](?:early[ ]|late[ ])?(?P<this>morning|afternoon|arvo|evening) | (?P<today>today)
    | (?P<yesterday>yesterday)(?:[ ](?P<yesterday_part>morning|afternoon|arvo|evening|night))?
    | (?P<weekday>{"|".join(WEEKDAYS)})(?!['’]?s)(?:[ ](?P<weekday_part>morning|afternoon|arvo|evening|night))?
    )\b""",
    re.VERBOSE,
)


def dates(text: str, today: date) -> list[DateSpan]:
    """The days in a sentence, in the order they are said. today: the listener's own date. A weekday is the last one."""
    return [_date_span(match, today) for match in _DATE.finditer(text)]


def _date_span(match: re.Match[str], today: date) -> DateSpan:
    back, part, day = _day_of(match, today)
    value = (today - timedelta(days=back)).isoformat() + _DAY_PARTS[part]
    return DateSpan(value, match.start(), match.end(), day)


def _day_of(match: re.Match[str], today: date) -> tuple[int, str | None, str | None]:
    """How many days back, which part of it, and the day as named."""
    if match["weekday"]:
        back = (today.weekday() - WEEKDAYS.index(match["weekday"])) % 7
        return back, match["weekday_part"], match["weekday"]
    if match["yesterday"]:
        return 1, match["yesterday_part"], "yesterday"
    if match["this"] or match["tonight"]:
        return 0, match["this"] or "night", None
    if match["today"]:
        return 0, None, "today"
    if match["last_night"]:
        return 1, "night", "yesterday"
    return 2, "night" if match["two_nights"] else None, "day_before_yesterday"
