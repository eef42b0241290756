"""Which half of the day a clock time is in, from the words around it: "p.m.", "in the morning", "last night"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from milk_coach.domain.time_values import WEEKDAYS

# The fragments go into verbose patterns: a space is written [ ].
MARK = r"[ ]?(?:a\.?[ ]?m|p\.?[ ]?m)\b\.?"
_DAYTIME = r"morning|afternoon|arvo|evening"
PART_BEHIND = (
    rf"[ ](?:in[ ]the[ ](?:early[ ]|late[ ])?(?:{_DAYTIME}|night)|at[ ]night|tonight|last[ ]night"
    rf"|(?:this|yesterday)[ ](?:{_DAYTIME}))"
)
_DAY_NAME = "|".join(WEEKDAYS)
_PART = re.compile(
    rf"""\b(?:(?P<night>tonight|(?:last|yesterday|that|{_DAY_NAME})[ ]night|night[ ]before[ ]last|at[ ]night
      |(?:in|during|of)[ ]the[ ]night)
    | (?:(?:in|during|of)[ ]the|this|that|yesterday|tomorrow|{_DAY_NAME})(?:[ ]early|[ ]late)?
      [ ](?P<part>{_DAYTIME}))\b""",
    re.VERBOSE,
)
_PM, _AM = 12, 0
_NEAR_PART = 24  # letters between a clock time and the part of the day that is said of it, at the most


def parts_of_day(text: str) -> list[re.Match[str]]:
    """The parts of a day in a sentence, in the order they are said, for part_near."""
    return list(_PART.finditer(text))


def half_of(hour: int, spoken: int, mark: str | None, part: str | None) -> tuple[int | None, bool]:
    """The half of the day (0 or 12; None: not said), and whether it is certain.

    hour: 1 to 12; spoken: the hour in the words, one more in "ten to six". mark: "pm" or "a.m."; part: from part_near.
    """
    if mark:
        return (_PM if "p" in mark else _AM), True
    if part is None:
        return None, False
    if part == "morning":
        return _AM, True
    if part != "night":
        return (_AM if hour == 12 and part == "evening" else _PM), True
    if 6 <= hour <= 11 or 6 <= spoken <= 11:
        return _PM, True
    return _AM, hour not in (4, 5)  # five "tonight" may be in the afternoon: the nearest past one is meant


def part_near(match: re.Match[str], parts: Sequence[re.Match[str]], *, alone: bool) -> str | None:
    """The part of the day said of a clock time: the nearest, after it rather than before it."""

    def distance(part: re.Match[str]) -> int:
        return part.start() - match.end() if part.start() >= match.end() else match.start() - part.end() + 1

    nearest = min(parts, key=distance, default=None)
    if nearest is None or (distance(nearest) > _NEAR_PART and not alone):
        return None
    return "night" if nearest["night"] else nearest["part"].replace("arvo", "afternoon")
