"""What the interpreter knows of the intents themselves, and how sure it has to be of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from milk_coach.content.library import question_tables
from milk_coach.domain.questions import intent_of
from milk_coach.domain.triage import Triage


@dataclass(frozen=True)
class Thresholds:
    """From how likely on (0 to 1) something is done.

    sure: a question is answered. act: anything else is done. joined: each of two things said in one sentence.
    question and despair: words of despair that are part of a question are answered as that question when it is at
    least so likely, and despair at most so.
    """

    sure: float
    act: float
    choice: float
    red_flag: float
    joined: float
    question: float
    despair: float


@dataclass(frozen=True)
class Intents:
    """What the interpreter must know about the intents themselves.

    topics: a facet's intent -> its topic's. named: those that can be offered. flags: red flags, gravest first.
    """

    topics: Mapping[str, str]
    named: frozenset[str]
    flags: tuple[str, ...]
    joinable: frozenset[str]


def known_intents(language: str, triage: Triage, joinable: frozenset[str]) -> Intents:
    """What the content of a language says of its intents."""
    topics = dict(_topics(language))
    return Intents(
        topics=topics,
        named=frozenset(topics) | {intent_of("partner")},
        flags=tuple(intent_of(flag.id) for flag in triage.flags),
        joinable=joinable,
    )


def _topics(language: str) -> Iterator[tuple[str, str]]:
    for topic, table in question_tables(language).items():
        yield intent_of(topic), intent_of(topic)
        for facet in table.get("facets", {}):
            yield intent_of(topic, facet), intent_of(topic)
