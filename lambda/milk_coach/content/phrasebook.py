"""Makes words of a reply: phrases to plain text and to SSML, in the words of the listener's locale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from string import Formatter
from typing import Any

from milk_coach.content.files import read
from milk_coach.content.library import LANGUAGES, Library, load
from milk_coach.content.spoken_times import (
    spoken_ago,
    spoken_clock,
    spoken_count,
    spoken_duration,
    spoken_period,
    style_for,
)
from milk_coach.domain.reply import Part, Pause, Phrase, Value

DEFAULT_LOCALE = "en-US"
SHORT_PAUSE_MS = 300
_PAUSE = re.compile(r"\s*\[pause(?: (\d+))?\]\s*")


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said: as SSML without its `<speak>` root, and as plain text."""

    ssml: str
    text: str


class Phrasebook:
    """The words of one locale."""

    def __init__(self, library: Library, locale: str) -> None:
        self.locale = locale
        self._language = library.language
        self._phrases = library.phrases
        words = read(library.language, "locales.toml")
        self._local = word_table(words.get(locale, {}))
        self._sounds = {escape(word): sound for word, sound in words["pronunciation"].items()}

    def __contains__(self, key: str) -> bool:
        return key in self._phrases

    def wording(self, phrase: Phrase, *, night: bool = False, pick: int = 0) -> str:
        """The sentence of a phrase, with its values in place. `pick` chooses among equal wordings.

        Raises KeyError for a key or a placeholder that does not exist.
        """
        by_day, by_night = self._phrases[phrase.key]
        wordings = by_night if night and by_night else by_day
        values = {name: self._said(value, night=night, pick=pick) for name, value in phrase.values.items()}
        return self._local(_FORMATTER.vformat(wordings[pick % len(wordings)], (), values))

    def _said(self, value: Value, *, night: bool, pick: int) -> str:
        """A value in words: numbers are spelled, times are told as the locale tells them."""
        if isinstance(value, str):
            return value
        if isinstance(value, int):
            return spoken_count(value, self._language)
        if value.key in _SPOKEN:
            return _SPOKEN[value.key](self, value.values)
        return self.wording(value, night=night, pick=pick)

    def _ago(self, values: Mapping[str, Any]) -> str:
        return spoken_ago(values["seconds"] * 1000, self._language)

    def _length(self, values: Mapping[str, Any]) -> str:
        return spoken_duration(values["seconds"], self._language)

    def _clock(self, values: Mapping[str, Any]) -> str:
        """The style that says the part of the day says all; the other one leaves it to the listener, who was there."""
        local = datetime.min.replace(tzinfo=UTC) + timedelta(minutes=values["minutes"])
        return spoken_clock(local, style_for(self.locale, self._language), self._language)

    def _period(self, values: Mapping[str, Any]) -> str:
        return spoken_period(values["label"], self._language)

    def say(self, parts: Iterable[Part], *, night: bool = False, pick: int = 0) -> Speech:
        """Speech for the parts of a reply, in order."""
        ssml, text = [], []
        for part in parts:
            if isinstance(part, Pause):
                ssml.append(_break(part.ms))
            else:
                words = _capital(self.wording(part, night=night, pick=pick))
                ssml.append(self._ssml(words))
                text.append(_PAUSE.sub(" ", words).strip())
        return Speech(" ".join(ssml), " ".join(text))

    def _ssml(self, words: str) -> str:
        spoken = escape(words, quote=False)
        for word, sound in self._sounds.items():
            spoken = spoken.replace(word, f'<sub alias="{sound}">{word}</sub>')
        return _PAUSE.sub(lambda found: f" {_break(int(found[1] or SHORT_PAUSE_MS))} ", spoken).strip()


_SPOKEN: Mapping[str, Callable[[Phrasebook, Mapping[str, Any]], str]] = {
    "spoken.ago": Phrasebook._ago,
    "spoken.length": Phrasebook._length,
    "spoken.clock": Phrasebook._clock,
    "spoken.period": Phrasebook._period,
}
"""The values that are computed rather than looked up: phrases whose key names how a number is told."""


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


class _Formatter(Formatter):
    """`{name}` only: no attribute, no index, so that no value can reach anything else."""

    def get_field(self, field_name: str, args: object, kwargs: Any) -> tuple[object, str]:
        return kwargs[field_name], field_name


_FORMATTER = _Formatter()


def _break(ms: int) -> str:
    return f'<break time="{ms}ms"/>'


class word_table:  # noqa: N801  # called like a function: word_table({...})(sentence)
    """Replaces whole words, keeping a leading capital: {"diaper": "nappy"} turns "Diaper bag" into "Nappy bag"."""

    def __init__(self, words: dict[str, str]) -> None:
        self._words = words
        longest_first = sorted(words, key=len, reverse=True)
        self._pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b", re.I) if words else None

    def __call__(self, sentence: str) -> str:
        return self._pattern.sub(self._replace, sentence) if self._pattern else sentence

    def _replace(self, found: re.Match[str]) -> str:
        local = self._words[found[0].lower()]
        return local[0].upper() + local[1:] if found[0][0].isupper() else local


def language_of(locale: str) -> str:
    """The language whose content a locale gets; English where there is none of its own."""
    language = locale.partition("-")[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def phrasebook_for(locale: str) -> Phrasebook:
    """The phrasebook of a locale."""
    return Phrasebook(load(language_of(locale)), locale)
