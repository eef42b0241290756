"""The questions that can be answered, and how one leads to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

KINDS = ("why", "helps", "how_long", "how_common", "normal")
BREATHE = "breathe"
"""The follow-up that is no question: the breathing exercise."""


_NAMED_OTHERWISE = {"partner": "PartnerTipIntent"}  # the topic is answered with a tip


@dataclass(frozen=True, slots=True)
class Question:
    """One question: a topic, or a narrower facet of it with an answer of its own.

    has_partner_form: the answer has a form for the helper, who is told of "them".
    breathe_first: the answer offers the breathing exercise before anything else.
    then: kind of follow-up -> id of the question that serves it. asides: the kinds with a sentence of their own.
    follow_up: the question offered next; None offers nothing.
    """

    topic: str
    facet: str | None = None
    has_more: bool = False
    has_partner_form: bool = False
    breathe_first: bool = False
    facts: tuple[str, ...] = ()
    follow_up: str | None = None
    then: Mapping[str, str] = field(default_factory=dict)
    asides: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The stem of its phrases: `question.strong`, `question.hormones.oxytocin`."""
        return f"question.{self.topic}.{self.facet}" if self.facet else f"question.{self.topic}"

    @property
    def topic_key(self) -> str:
        """The stem of what it shares with its whole topic."""
        return f"question.{self.topic}"

    @property
    def intent(self) -> str:
        """The intent that asks it: dmer_help -> DmerHelpIntent."""
        return intent_of(self.topic, self.facet)


def intent_of(topic: str, facet: str | None = None) -> str:
    """The intent's name for a question id: hormones, oxytocin -> HormonesOxytocinIntent."""
    if topic in _NAMED_OTHERWISE:
        return _NAMED_OTHERWISE[topic]
    words = f"{topic}_{facet}" if facet else topic
    return "".join(word.capitalize() for word in words.split("_")) + "Intent"


class Questions:
    """Every question, found by its id or by the intent that asks it."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._all = tuple(questions)
        self._by_intent = {question.intent: question for question in self._all}
        self._by_id = {(question.topic, question.facet): question for question in self._all}

    @property
    def all(self) -> tuple[Question, ...]:
        """In the order of the content files."""
        return self._all

    @property
    def intents(self) -> tuple[str, ...]:
        """The names of the intents that ask a question."""
        return tuple(self._by_intent)

    def asked_by(self, intent: str) -> Question | None:
        """The question that an intent asks."""
        return self._by_intent.get(intent)

    def find(self, topic: str | None, facet: str | None = None) -> Question | None:
        """The question of a topic, or of its facet; an unknown facet falls back to the topic."""
        if topic is None:
            return None
        return self._by_id.get((topic, facet)) or self._by_id.get((topic, None))

    def next_unheard(self, question: Question, told: Collection[str]) -> str | None:
        """The next topic down the chain of follow-ups that was not told yet; None at the chain's end."""
        passed = {question.topic}
        following = question.follow_up
        while following is not None and following not in passed:
            if following == BREATHE or following not in told:
                return following
            passed.add(following)
            after = self.find(following)
            following = after.follow_up if after else None
        return None
