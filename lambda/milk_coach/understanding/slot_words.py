"""Finds what fills the slots in a sentence as people speak it: lengths of time, clock times, days, and named values.

The sentence is as a speech recogniser writes it (lower case, numbers as words, hardly any punctuation); typed digits
are read, too. Values come out as Alexa's own slots would hold them. English only; no clock: today and the hour come
from outside.

The number words are a small table of our own: a general words-to-numbers library rewrites the text (the places are
lost) and knows neither "half two" nor "an hour and a half", so the grammar below would stay as long as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TypeVar

from milk_coach.domain.times import WEEKDAYS, iso_duration


@dataclass(frozen=True, slots=True)
class Span:
    """Something found: its value, and where the words for it stand (text[start:end])."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClockSpan(Span):
    """A clock time "HH:MM" in 24 hours. explicit_half: the words say which half of the day it is."""

    explicit_half: bool


@dataclass(frozen=True, slots=True)
class DateSpan(Span):
    """A day as AMAZON.DATE, with its part of the day ("2026-11-23TNI").

    day: "today", "yesterday", a weekday or "day_before_yesterday" when the day itself was named, else None:
    "this morning" names a half of the day first of all.
    """

    day: str | None


@dataclass(frozen=True, slots=True)
class NamedSpan(Span):
    """A custom slot's value, by id. negated: the words around it deny it ("not the left")."""

    negated: bool


# --- numbers ----------------------------------------------------------------------------------------------------------

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_VALUES = {**_ONES, **_TEENS, **_TENS, "a": 1, "an": 1, "another": 1}
# The fragments below go into verbose patterns: a space is written [ ].
_ONE = "|".join(_ONES)
_UNDER_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_ONE})\b)?|{'|'.join(_TEENS)}|{_ONE})"
_HUNDREDS = rf"(?:an?|{_ONE})[ ]hundred(?:[ ](?:and[ ])?{_UNDER_100})?"
_NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})?|(?:{_HUNDREDS}|{_UNDER_100})(?:[ ]point[ ](?:{_ONE}))?)"


def number(words: str) -> float:
    """The number that its words or digits say: "twenty five", "a hundred and five", "two point five".

    Words that are no number count nothing.
    """
    whole, _, tenth = words.partition(" point ")
    total = 0.0
    for word in whole.replace("-", " ").split():
        if word == "hundred":
            total *= 100
        elif word[0].isdigit():
            total += float(word)
        else:
            total += _VALUES.get(word, 0)
    return total + _ONES.get(tenth, 0) / 10


# --- lengths of time --------------------------------------------------------------------------------------------------

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)"
_SMALL_UNIT = r"(?:seconds?|secs?|minutes?|mins?)"
_LITTLE = r"(?:(?:an?[ ])?couple(?:[ ]of)?|(?:a[ ])?few|another|an?)"
_HALVES = r"half(?:[ ]an?)?"
_QUARTERS = r"(?:(?:an?|one)[ ])?quarter(?:[ ]of)?(?:[ ]an?)?|three[ ]quarters(?:[ ]of)?(?:[ ]an?)?"
# "a second letdown", "two weeks old" are no lengths of time.
_NO_LENGTH = r"(?![ -](?:old|letdown|let[ ]down|one|time|side|wave|feed|rush|twin)\b)"
_LENGTH = re.compile(
    rf"""\b(?:
      (?P<fraction>{_HALVES}|{_QUARTERS})[ -](?P<fraction_unit>hour|minute)\b
    | (?P<count>{_NUMBER}|{_LITTLE})(?P<and_part>[ ]and[ ]a[ ](?:half|quarter))?(?:[ ](?:odd|or[ ]so|more))?[ -]?
      (?P<unit>{_UNIT})\b{_NO_LENGTH}
      (?:[ ]and[ ](?P<tail>a[ ]half|a[ ]quarter|three[ ]quarters)\b
       | (?:[ ]and)?[ ](?P<rest>{_NUMBER})(?:[ ](?P<rest_unit>{_SMALL_UNIT})\b|(?=[ ](?:ago|back|earlier)\b|$)))?
    )""",
    re.VERBOSE,
)
_BARE_DAY = re.compile(r"(?:an?|one|another) (?:days?|weeks?)$")
_AFTER_BARE_DAY = re.compile(r" (?:ago|back|earlier)\b")
_NOT_BEFORE_NOW = r"(?:an?|the|my|her|his|their|our|this|that|i|we|he|she|they|it|baby|bed|feed\w*|nurs\w*|pump\w*)"
_AGO = re.compile(
    rf"(?: or so| or thereabouts| maybe| roughly)? (?:ago|back(?! to\b)|earlier|before(?! {_NOT_BEFORE_NOW}\b))\b"
)


def durations(text: str) -> list[Span]:
    """The lengths of time in a sentence, as AMAZON.DURATION, in the order they are said."""
    found = []
    for match in _LENGTH.finditer(text):
        bare = _BARE_DAY.match(match[0])
        if bare is None or _AFTER_BARE_DAY.match(text, match.end()):
            found.append(Span(iso_duration(timedelta(seconds=_length_of(match))), match.start(), match.end()))
    return found


def _length_of(match: re.Match[str]) -> float:
    if match["fraction"]:
        return _fraction(match["fraction"]) * _SECONDS[match["fraction_unit"][0]]
    size = _SECONDS[match["unit"][0]]
    length = size * (_count_of(match["count"]) + _fraction(match["and_part"]) + _fraction(match["tail"]))
    if match["rest"] is None:
        return length
    # "one minute thirty", "an hour twenty": the smaller unit goes without saying
    return length + number(match["rest"]) * (_SECONDS[match["rest_unit"][0]] if match["rest_unit"] else size // 60)


def _count_of(words: str) -> float:
    return 2 if "couple" in words else 3 if "few" in words else number(words)


def _fraction(words: str | None) -> float:
    if words is None:
        return 0
    return 0.5 if "half" in words else 0.75 if "three" in words else 0.25


def ago(text: str) -> list[Span]:
    """The lengths of time that lie back from now: "ten minutes ago", "half an hour back", "five minutes before"."""
    found = []
    for span in durations(text):
        behind = _AGO.match(text, span.end)
        if behind:
            found.append(replace(span, end=behind.end()))
    return found


# --- clock times ------------------------------------------------------------------------------------------------------

_HOUR_WORDS = {**_ONES, "ten": 10, "eleven": 11, "twelve": 12}
_NAMED_HOURS = {"midnight": 0, "midday": 12, "noon": 12}
_HOUR = rf"(?:{'|'.join(_HOUR_WORDS)}|1[0-2]|0?[1-9])"
_COUNTED = (
    rf"(?![ -](?:{_UNIT}|letdowns?|let[ ]?downs?|times?|feeds?|ounces?|oz|mls?|months?|percent|breaths?|rounds?|sides?|"
    r"point|stage|go|or|and[ ]a[ ]half|hundred|of[ ](?:them|those|these)|more|different|big|strong|weak)\b)"
)
_PAST, _TO = r"(?:past|after|gone)", r"(?:to|till|til|before)"
_NO_STEP = rf"(?![ ](?:{_PAST}|{_TO})[ ]{_HOUR}\b)"  # in "one ten past three" no "one ten"
_STEP = rf"(?:quarter|half|(?:five|ten|fifteen|twenty(?:[ -]five)?|5|10|20|25)(?:[ ]minutes?)?|{_UNDER_100}[ ]minutes?)"
_MINUTES = (
    rf"(?:thirty|forty|fourty|fifty|twenty)(?:[ -](?:{_ONE})\b)?|{'|'.join(_TEENS)}|(?:oh|o|zero|nought)[ ](?:{_ONE})"
)
_OCLOCK = r"[ ]?o['’ ]?clock"
_MARK = r"[ ]?(?:a\.?[ ]?m|p\.?[ ]?m)\b\.?"
_DAYTIME = r"morning|afternoon|arvo|evening"
_PART_BEHIND = (
    rf"[ ](?:in[ ]the[ ](?:early[ ]|late[ ])?(?:{_DAYTIME}|night)|at[ ]night|tonight|last[ ]night"
    rf"|(?:this|yesterday)[ ](?:{_DAYTIME}))"
)
_AT = "|".join(rf"(?<=\b{word}[ ])" for word in ("at", "around", "round", "since", "at[ ]about", "at[ ]around"))
_CLOCK = re.compile(
    rf"""\b(?:
      (?P<noon>twelve[ ]noon|noon|midday|mid-day) | (?P<midnight>(?:twelve[ ])?midnight)
    | (?:(?P<digits>(?:[01]?\d|2[0-3])[:.][0-5]\d)(?!\d)
       | (?:a[ ])?(?P<step>{_STEP}|{_UNDER_100}(?=[ ]past\b))[ ](?:(?P<past>{_PAST})|{_TO}|of)
         [ ](?P<step_hour>{_HOUR}|midnight|midday|noon)\b
       | half[ ](?P<half_hour>{_HOUR})\b
       | (?P<hour>{_HOUR})[ ](?P<minutes>{_MINUTES})\b{_NO_STEP}(?![ -]{_UNDER_100}\b)
       | (?P<full>{_HOUR})(?={_OCLOCK}|{_MARK}|{_PART_BEHIND}\b)
       | (?:{_AT})(?P<bare>{_HOUR})\b(?!:){_NO_STEP}(?![ ]past\b)(?![ ]to(?:[ ](?:on|in)\b|$))
      ){_COUNTED}(?:{_OCLOCK})?(?P<mark>{_MARK})?
    )(?!\d)""",
    re.VERBOSE,
)
_HOURLESS = re.compile(
    rf"""(?<=\bat[ ])(?:about[ ]|around[ ])?(?:a[ ])?(?P<step>{_STEP})[ ](?:(?P<past>past)|to)
    (?=[ ](?:on|in[ ]the[ ](?:left|right)|with|while|and|please|from)\b|$)""",
    re.VERBOSE,
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


def clock_times(text: str, now: time | None = None) -> list[ClockSpan]:
    """The clock times in a sentence, in the order they are said.

    now: the listener's own clock, when known: only then "at five past" has an hour, the last one that fits.
    """
    found = list(_CLOCK.finditer(text))
    parts = list(_PART.finditer(text)) if found else []
    spans = [_clock_span(match, _part_near(match, parts, alone=len(found) == 1)) for match in found]
    if now is not None and not spans:
        spans = [_hourless_span(match, now) for match in _HOURLESS.finditer(text)]
    return spans


def _clock_span(match: re.Match[str], part: str | None) -> ClockSpan:
    if match["noon"] or match["midnight"]:
        return ClockSpan("12:00" if match["noon"] else "00:00", match.start(), match.end(), explicit_half=True)
    spoken, minutes = _hour_and_minutes(match)
    hour = (spoken if minutes >= 0 else spoken - 1) % 24
    minutes %= 60
    named = match["step_hour"] in _NAMED_HOURS
    if named or (match["digits"] and (spoken == 0 or spoken > 12 or match["digits"].startswith("0"))):
        return ClockSpan(f"{hour:02}:{minutes:02}", match.start(), match.end(), explicit_half=True)
    hour = hour or 12
    half, explicit = _half_of(hour, spoken, match["mark"], part)
    value = hour if half is None else hour % 12 + half
    return ClockSpan(f"{value:02}:{minutes:02}", match.start(), match.end(), explicit_half=explicit)


def _hour_and_minutes(match: re.Match[str]) -> tuple[int, int]:
    """The hour as spoken, and the minutes past it; those before it are negative."""
    if match["digits"]:
        hour, _, minutes = match["digits"].replace(".", ":").partition(":")
        return int(hour), int(minutes)
    if match["step"]:
        minutes = _step_of(match["step"])
        return _hour_of(match["step_hour"]), minutes if match["past"] else -minutes
    if match["half_hour"]:
        return _hour_of(match["half_hour"]), 30
    if match["hour"]:
        return _hour_of(match["hour"]), round(number(match["minutes"]))
    return _hour_of(match["full"] or match["bare"]), 0


def _hour_of(word: str) -> int:
    return {**_HOUR_WORDS, **_NAMED_HOURS}[word] if word.isalpha() else int(word)


def _step_of(words: str) -> int:
    return {"quarter": 15, "half": 30}.get(words) or round(number(words.removesuffix("s").removesuffix(" minute"))) % 60


def _half_of(hour: int, spoken: int, mark: str | None, part: str | None) -> tuple[int | None, bool]:
    """The half of the day (0 or 12; None: not said), and whether it is certain."""
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


def _part_near(match: re.Match[str], parts: Sequence[re.Match[str]], *, alone: bool) -> str | None:
    """The part of the day said of a clock time: the nearest, after it rather than before it."""

    def distance(part: re.Match[str]) -> int:
        return part.start() - match.end() if part.start() >= match.end() else match.start() - part.end() + 1

    nearest = min(parts, key=distance, default=None)
    if nearest is None or (distance(nearest) > _NEAR_PART and not alone):
        return None
    return "night" if nearest["night"] else nearest["part"].replace("arvo", "afternoon")


def _hourless_span(match: re.Match[str], now: time) -> ClockSpan:
    minutes = _step_of(match["step"])
    minutes = minutes if match["past"] else 60 - minutes
    hour = now.hour if minutes <= now.minute else (now.hour - 1) % 24
    return ClockSpan(f"{hour:02}:{minutes:02}", match.start(), match.end(), explicit_half=True)


# --- days -------------------------------------------------------------------------------------------------------------

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


# --- all times of a sentence ------------------------------------------------------------------------------------------


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
    back = _meant(text, back)
    lengths = _meant(text, [span for span in durations(text) if span.start not in taken])
    clocks, days = _meant(text, clock_times(text, now)), _meant(text, dates(text, today))
    clock, day = (clocks[-1] if clocks else None), (days[-1] if days else None)
    return TimeWords(
        ago=back[-1].value if back else None,
        at=clock.value if clock else None,
        explicit_half=bool(clock and clock.explicit_half),
        date=day.value if day else None,
        day=_named_day(day, clock),
        duration=lengths[-1].value if lengths else None,
    )


_DENIED = re.compile(r"(?:\bnot|n['’]t)(?: (?:at|on|about|around))* $")
AnySpan = TypeVar("AnySpan", bound=Span)


def _meant(text: str, spans: list[AnySpan]) -> list[AnySpan]:
    return [span for span in spans if not _DENIED.search(text[max(0, span.start - 24) : span.start])]


def _named_day(day: DateSpan | None, clock: ClockSpan | None) -> str | None:
    """ "Last night at half past one" was today."""
    if day and day.day == "yesterday" and day.value.endswith("TNI") and clock and clock.value < "06:00":
        return "today"
    return day.day if day else None


# --- named values -----------------------------------------------------------------------------------------------------

NOT_VALUES = (
    "right now", "right away", "right after", "right before", "all right", "alright", "is that right", "that's right",
    "right time", "right person", "right thing", "turn right", "left over", "left it", "any left", "minutes left",
    "let down", "lets down", "letting down", "put down", "put it down", "put that down", "note it down",
    "write it down", "jot it down", "mark it down",
)  # fmt: skip
"""Words that hold a side's or a feeling's word and mean something else."""

_FILLERS = (
    "a|an|the|my|her|their|your|any|some|on|at|in|it|it's|with|while|from|during|using|i|we|she|was|were|is|am|are|be|been|being|that|this|"
    "really|very|so|too|quite|even|particularly|especially|much|all|feel|feels|feeling|felt|have|had|having|get|getting|got|"
    "do|did|doing|more|bit|of|actually|exactly|for|side|one"
)
_DENIERS = r"not|never|without|nor|neither|isnt|wasnt|didnt|doesnt|dont|instead of|rather than|\w+n['’]t"
_NEGATED = re.compile(rf"\b(?:{_DENIERS})(?: (?:{_FILLERS}))* $")
_NO = re.compile(r"\bno (?:(?:real|actual|more|big|such|sign of|a) )?$")
_GONE = re.compile(
    r" (?:no more|free\b|(?:is|has|was|have|had)(?: all)?(?: now)? (?:gone|stopped|passed|eased)|went away|stopped)\b"
)
_CORRECTION = re.compile(
    r"\b(?:no|sorry|i mean|i meant|actually|wait|oops|scratch that|make (?:it|that)|change|switch\w*|swap\w*|rather"
    r"|to)\b"
)


class NamedValues:
    """The values of one custom slot, found by their synonyms: whole words, the longest first."""

    def __init__(
        self, synonyms: Mapping[str, Iterable[str]], *, ignore: Iterable[str] = NOT_VALUES, no_denies: bool = True
    ) -> None:
        """synonyms: id -> what people say for it, the id's own word included only if listed.

        ignore: phrases that hold a synonym and mean something else. no_denies: "no tingling" is no tingling; False
        for a slot where "no" corrects ("no the left" is the left).
        """
        self._ids = {phrase.lower(): "" for phrase in ignore}
        self._ids |= {phrase.lower(): value for value, phrases in synonyms.items() for phrase in phrases}
        longest_first = sorted(filter(None, self._ids), key=len, reverse=True)
        words = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w'’-])(?:{words})(?![\w-])")
        self._no_denies = no_denies

    def find(self, text: str) -> list[NamedSpan]:
        """Every value in a sentence, in the order they are said, the denied ones too."""
        found, since = [], 0
        for match in self._pattern.finditer(text):
            value = self._ids[match[0]]
            if value:
                found.append(NamedSpan(value, match.start(), match.end(), self._denied(text, since, match)))
                since = match.end()
        return found

    def pick(self, text: str) -> str | None:
        """The id of the value that is meant: the first that is not denied, or the last when somebody corrects."""
        meant = [span for span in self.find(text) if not span.negated]
        if not meant:
            return None
        corrected = len(meant) > 1 and _CORRECTION.search(text, meant[0].end, meant[-1].start)
        return meant[-1 if corrected else 0].value

    def _denied(self, text: str, since: int, match: re.Match[str]) -> bool:
        before = text[since : match.start()]
        if _NEGATED.search(before) or (self._no_denies and _NO.search(before)):
            return True
        return _GONE.match(text, match.end()) is not None
