"""Fills an intent's slots from the words of a sentence, as Alexa would have filled them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from milk_coach.domain.slot import Slot, Slots
from milk_coach.domain.time_values import parse_time
from milk_coach.understanding.named_values import NamedSpan, NamedValues
from milk_coach.understanding.said_times import TimeWords, time_words

NOON = 12
_TIMES = ("AMAZON.DURATION", "AMAZON.TIME", "AMAZON.DATE")


class SlotFinder:
    """Knows which slots each intent has, and what people say for the values of each type."""

    def __init__(self, commands: Mapping[str, Any], types: Mapping[str, Any], corrected: Mapping[str, Any]) -> None:
        """commands, types: the tables of commands.toml, slots.toml; corrected: [slot_words] of understanding.toml."""
        self._slots: Mapping[str, Mapping[str, str]] = {
            name: table.get("slots", {}) for name, table in commands.items()
        }
        self._types, self._corrected = types, corrected
        self._values: dict[tuple[str, str], NamedValues] = {}

    def _values_of(self, kind: str, intent: str) -> NamedValues:
        """The values of a type as `intent` hears them; put together at the first need, for a short cold start."""
        own = self._corrected.get(kind, {})
        generic: Sequence[str] = own.get("generic", {}).get(intent, ())
        key = (kind, intent if generic else "")
        if key not in self._values:
            without = {*own.get("without", ()), *generic}
            also = own.get("also", {})
            said = {
                id: [word for word in (table["value"], *table["synonyms"], *also.get(id, ())) if word not in without]
                for id, table in self._types[kind].items()
            }
            self._values[key] = NamedValues(said, no_denies=kind != "SIDE")
        return self._values[key]

    def find(self, intent: str, text: str, now: datetime | None) -> Slots:
        """The slots of `intent` that `text` fills.

        now: the listener's own time. Without it a day is given by its name ("yesterday", "monday").
        """
        wanted = self._slots.get(intent)
        if not wanted:
            return {}
        found = dict(self._named(intent, wanted, text))
        if any(kind in _TIMES for kind in wanted.values()):
            found |= {name: slot for name, slot in self._times(text, now) if name in wanted}
            if "at" in found and (half := self._half(text, now)):
                found["half"] = half
        return found

    def _named(self, intent: str, wanted: Mapping[str, str], text: str) -> Iterator[tuple[str, Slot]]:
        for name, kind in wanted.items():
            if kind in self._types and name != "half":
                values = self._values_of(kind, intent)
                meant = _denied(values, text) if name.startswith("not_") else self._meant(kind, values, text)
                if meant:
                    yield name, Slot(text[meant.start : meant.end], (meant.value,))

    def _meant(self, kind: str, values: NamedValues, text: str) -> NamedSpan | None:
        weak: Sequence[str] = self._corrected.get(kind, {}).get("weak", ())
        spans = [span for span in values.find(text) if not span.negated]
        strong = [span for span in spans if span.value not in weak]
        picked = strong[0].value if len(strong) == 1 and weak else values.pick(text)
        return next((span for span in spans if span.value == picked), None)

    def _times(self, text: str, now: datetime | None) -> Iterator[tuple[str, Slot]]:
        heard = _time_words(text, now)
        date = heard.date if now else heard.day
        for name, value in (
            ("ago", heard.ago),
            ("at", heard.at),
            ("date", date),
            ("duration", heard.duration),
            ("period", date),
        ):
            if value:
                yield name, Slot(value)

    def _half(self, text: str, now: datetime | None) -> Slot | None:
        heard = _time_words(text, now)
        clock = parse_time(heard.at)
        if not heard.explicit_half or clock is None or isinstance(clock, str):
            return None
        half = "am" if clock.hour < NOON else "pm"
        return Slot(half, (half,))


def _denied(values: NamedValues, text: str) -> NamedSpan | None:
    """What was said not to be so: "not the left"."""
    denied = [span for span in values.find(text) if span.negated]
    return denied[-1] if denied else None


def _time_words(text: str, now: datetime | None) -> TimeWords:
    # without a clock any day serves: then only the days' names are used
    local = now or datetime(2000, 1, 5)  # noqa: DTZ001  # never read as an instant
    return time_words(text, local.date(), local.time() if now else None)
