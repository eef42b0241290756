"""Red flags and the numbers to call: read from their content files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from milk_coach.content.files import read
from milk_coach.domain.triage import Triage


@cache
def load_triage(language: str) -> Triage:
    """The triage of a language, its rules compiled once."""
    return Triage(read(language, "triage.toml"))


@cache
def load_numbers(locale: str) -> Mapping[str, str]:
    """What the safety phrases fill in for a locale; one without checked numbers gets "your local emergency number"."""
    numbers = read("emergency.toml")
    return {name: said for name, said in numbers.get(locale, numbers["default"]).items() if isinstance(said, str)}
