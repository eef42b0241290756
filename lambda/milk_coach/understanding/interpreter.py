"""Free text to an intent and its slots: the one brain behind every sentence that Alexa hands over as words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from milk_coach.content.files import read
from milk_coach.content.safety import load_triage
from milk_coach.domain.questions import intent_of
from milk_coach.domain.slot import Slots
from milk_coach.domain.triage import Triage
from milk_coach.understanding.classifier import Classifier, Model, model_file
from milk_coach.understanding.denials import Denials
from milk_coach.understanding.heard_slots import SlotFinder
from milk_coach.understanding.joints import Joints
from milk_coach.understanding.known_intents import Intents, Thresholds, known_intents
from milk_coach.understanding.normalise import Normaliser, families

FALLBACK = "AMAZON.FallbackIntent"
DESPAIR = intent_of("despair")
_CHOICES = 2


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a sentence means: an intent with slots, when `sure`; else the two nearest `choices`, or nothing.

    confidence: 0 to 1. also: what else was asked for in the same breath, to be done after it.
    """

    intent: str
    slots: Slots = field(default_factory=dict)
    confidence: float = 0.0
    sure: bool = False
    choices: tuple[str, ...] = ()
    also: tuple[Interpretation, ...] = ()

    @property
    def band(self) -> str:
        """The confidence in a word, for the log: sure, choice or none."""
        return "sure" if self.sure else "choice" if self.choices else "none"


class Interpreter:
    """Understands sentences of one language. Deterministic; never raises on any text."""

    def __init__(
        self, triage: Triage, normaliser: Normaliser, classifier: Classifier, slots: SlotFinder, denials: Denials,
        intents: Intents, thresholds: Thresholds, joints: Joints,
    ) -> None:  # fmt: skip
        self._triage, self._normaliser, self._classifier = triage, normaliser, classifier
        self._slots, self._denials, self.intents = slots, denials, intents
        self._thresholds, self._joints = thresholds, joints

    def interpret(self, text: str, now: datetime | None = None) -> Interpretation:
        """The meaning of a sentence. now: the listener's own time, for days; see SlotFinder.find."""
        text = text.lower().strip()
        if flag := self._triage.check(text):
            asked = self._question_in(text, now) if intent_of(flag) == DESPAIR else None
            return asked or Interpretation(intent_of(flag), confidence=1.0, sure=True)
        return self._joined(text, now) or self._single(text, now)

    def _question_in(self, text: str, now: datetime | None) -> Interpretation | None:
        """The question in words that could be despair: "baby can't manage" is the flow's doing, not the parent's."""
        words = self._normaliser.words(text)
        heard = self._single(text, now)
        despair = self._classifier.probabilities(words)[DESPAIR] if words else 1.0
        clear = heard.intent in self.intents.named and heard.confidence >= self._thresholds.question
        return heard if heard.sure and clear and despair <= self._thresholds.despair else None

    def _joined(self, text: str, now: datetime | None) -> Interpretation | None:
        """ "Log it and how many is that today": the first with the second in its `also`."""
        for parts in self._joints.halves(text):
            first, second = (self._part(part, now) for part in parts)
            if first and second and first.intent != second.intent:
                return replace(first, also=(second,))
        return None

    def _part(self, text: str, now: datetime | None) -> Interpretation | None:
        heard = self._single(text, now)
        likely = heard.confidence >= self._thresholds.joined and heard.intent in self.intents.joinable
        return heard if likely else None

    def _single(self, text: str, now: datetime | None) -> Interpretation:
        mended = self._normaliser.mended(text)
        if not mended:
            return Interpretation(FALLBACK)
        likely = self._classifier.probabilities(self._normaliser.masked(mended))
        ranked = self._ranked(self._denials.weighed(" ".join(mended), likely))
        intent, confidence = ranked[0]
        if intent in self.intents.flags and confidence < self._thresholds.red_flag:
            return self._unsure([("SeekHelpIntent", confidence), *ranked[1:]])
        least = self._thresholds.sure if intent in self.intents.named else self._thresholds.act
        if intent == FALLBACK or confidence < least:
            return self._unsure(ranked)
        return Interpretation(intent, self._slots.find(intent, text, now), confidence, sure=True)

    def _ranked(self, likely: Mapping[str, float]) -> list[tuple[str, float]]:
        """Intents with their likelihood, best first. The narrower questions of a topic stand or fall together."""
        topics: dict[str, float] = {}
        best: dict[str, tuple[float, str]] = {}
        for intent, share in likely.items():
            topic = self.intents.topics.get(intent, intent)
            topics[topic] = topics.get(topic, 0.0) + share
            best[topic] = max(best.get(topic, (0.0, intent)), (share, intent))
        return [(best[topic][1], topics[topic]) for topic in sorted(topics, key=lambda topic: -topics[topic])]

    def _unsure(self, ranked: list[tuple[str, float]]) -> Interpretation:
        least = self._thresholds.choice
        near = [intent for intent, share in ranked if share >= least and intent in self.intents.named]
        enough = len(near) >= _CHOICES and (ranked[0][0] != FALLBACK or ranked[0][1] < self._thresholds.sure)
        choices = tuple(near[:_CHOICES]) if enough else ()
        return Interpretation(choices[0] if choices else FALLBACK, confidence=ranked[0][1], choices=choices)


@cache
def load_interpreter(language: str) -> Interpreter:
    """The interpreter of a language, made once."""
    words, commands = read(language, "understanding.toml"), read(language, "commands.toml")
    triage = load_triage(language)
    model = Model.from_bytes(model_file(language).read_bytes())
    return Interpreter(
        triage=triage,
        normaliser=Normaliser(words),
        classifier=Classifier(model, families(words)),
        slots=SlotFinder(commands, read(language, "slots.toml"), words["slot_words"]),
        denials=Denials(words["denials"]),
        intents=known_intents(language, triage, frozenset(words["joined"]["intents"])),
        thresholds=Thresholds(**words["thresholds"]),
        joints=Joints.of(words["joined"]),
    )
