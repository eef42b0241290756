"""The content as objects: everything that is said, and everything that is known about saying it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from milk_coach.content.files import read, read_all
from milk_coach.domain.questions import KINDS, Question, Questions

LANGUAGES = ("en",)
_SPOKEN_FIELDS = ("name", "invite", "answer", "partner", "more", "offer")

_LAST_NAMED = ("article", "secondary", "safety")

Entry = tuple[tuple[str, ...], tuple[str, ...]]
"""The wordings of one phrase by day, and its shorter ones at night (empty: the same)."""


@dataclass(frozen=True)
class Library:
    """The content of one language."""

    language: str
    phrases: Mapping[str, Entry]
    questions: Questions
    tips: tuple[str, ...]
    sources: Mapping[str, tuple[str, ...]]

    def sources_of(self, facts: Iterable[str]) -> tuple[str, ...]:
        """The sources that some facts rest on, each once; studies before the article that tells of them."""
        found = dict.fromkeys(source for fact in facts for source in self.sources[fact])
        return tuple(sorted(found, key=lambda source: source in _LAST_NAMED))


@cache
def load(language: str) -> Library:
    """The library of a language ("en"). Read once: content never changes while the skill runs."""
    tables = question_tables(language)
    tips = dict(read(language, "tips.toml"))
    partner = tips.pop("partner")
    sources = {fact: tuple(table["sources"]) for fact, table in read("facts.toml").items()}
    phrases = dict(_phrase_entries(language))
    phrases.update({f"tip.{tip}": _entry(table["say"]) for tip, table in tips.items()})
    for table_id, table in {**tables, "partner": partner}.items():
        phrases.update(_question_entries(f"question.{table_id}", table))
    questions = [question for table_id, table in tables.items() for question in _questions(table_id, table)]
    return Library(language, phrases, Questions([*questions, *_questions("partner", partner)]), tuple(tips), sources)


def question_tables(language: str) -> dict[str, dict[str, Any]]:
    """Every question's table by id, from all the themes."""
    themes = read_all(language, "questions").values()
    return {question_id: table for theme in themes for question_id, table in theme.items()}


def _questions(topic: str, table: Mapping[str, Any]) -> Iterator[Question]:
    for facet, own in ((None, table), *table.get("facets", {}).items()):
        yield Question(
            topic=topic,
            facet=facet,
            has_more="more" in own,
            has_partner_form="partner" in own,
            breathe_first=own.get("breathe_first", False),
            facts=tuple(own.get("facts", ())),
            follow_up=own.get("follow_up", table.get("follow_up")),
            then=dict(table.get("then", {})),
            asides=frozenset(table.get("aside", {})) & frozenset(KINDS),
        )


def _question_entries(stem: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    for name in _SPOKEN_FIELDS:
        if name in table:
            yield f"{stem}.{name}", _entry(table[name])
    if "night" in table:
        yield f"{stem}.answer", ((table["answer"],), (table["night"],))
    for kind, sentence in table.get("aside", {}).items():
        yield f"{stem}.{kind}", _entry(sentence)
    for facet, own in table.get("facets", {}).items():
        yield from _question_entries(f"{stem}.{facet}", own)


def _phrase_entries(language: str) -> Iterator[tuple[str, Entry]]:
    for topic in read_all(language, "phrases").values():
        yield from _flattened("", topic)


def _flattened(stem: str, value: object) -> Iterator[tuple[str, Entry]]:
    if isinstance(value, dict) and not ("say" in value and "night" in value):
        for name, inner in value.items():
            yield from _flattened(f"{stem}.{name}" if stem else name, inner)
    else:
        yield stem, _entry(value)


def _entry(value: object) -> Entry:
    if isinstance(value, dict):
        return _wordings(value["say"]), _wordings(value["night"])
    return _wordings(value), ()


def _wordings(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)  # type: ignore[attr-defined]  # TOML: a list of strings
