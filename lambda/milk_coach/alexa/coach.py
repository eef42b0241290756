"""What every handler works with, and how one handler hands a turn to another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from milk_coach.alexa.household import Household
from milk_coach.alexa.turn import Turn
from milk_coach.content.library import LANGUAGES, Library, load
from milk_coach.content.phrasebook import Phrasebook, language_of, phrasebook_for
from milk_coach.content.safety import load_numbers, load_triage
from milk_coach.domain.questions import Questions, intent_of
from milk_coach.domain.reply import Phrase, Reply
from milk_coach.domain.slot import Slot
from milk_coach.settings import Settings

if TYPE_CHECKING:
    from milk_coach.alexa.handler import Handler
    from milk_coach.stores.base import LetdownStore
    from milk_coach.understanding.interpreter import Interpreter


ABOUT_ANOTHER = "about_another"
"""The slot that says a crisis is told of somebody else; only triage fills it."""


class Coach:
    """The skill's parts by locale, its store and settings, and the way from an intent to its handler."""

    def __init__(self, settings: Settings, store: LetdownStore) -> None:
        self.settings = settings
        self.store = store
        self.household = Household(store)
        self._handlers: dict[str, Handler] = {}

    def employ(self, handlers: Mapping[str, Handler]) -> None:
        """Say which handler answers which name. Called once, by skill.py."""
        self._handlers.update(handlers)

    def knows(self, intent: str) -> bool:
        """Whether some handler answers this name."""
        return intent in self._handlers

    @property
    def intents(self) -> frozenset[str]:
        """Every name that some handler answers."""
        return frozenset(self._handlers)

    def answer(self, turn: Turn) -> Reply:
        """The reply to a turn. A red flag in any words that a slot carries is answered before anything else."""
        for slot in turn.slots.values():
            triage = load_triage(language_of(turn.locale))  # here: most turns carry no words, and need no rules
            if flag := triage.check(slot.text):
                about = {ABOUT_ANOTHER: "yes"} if triage.about_someone_else(slot.text) else {}
                return self._handlers[intent_of(flag)].answer(turn.performing(intent_of(flag), about))
        return self._handlers[turn.intent].answer(turn)

    def perform(self, turn: Turn, intent: str, slots: Mapping[str, str | Slot] | None = None) -> Reply:
        """The reply to a turn as if another intent had been said."""
        return self.answer(turn.performing(intent, slots or {}))

    @property
    def choices(self) -> Phrase:
        """The question that offers what the skill does."""
        return Phrase("conversation.choices" if self.settings.log_on else "conversation.choices_without_log")

    @property
    def question_intents(self) -> tuple[str, ...]:
        """The intents that ask a question: the same in every language."""
        return load(LANGUAGES[0]).questions.intents

    def library(self, turn: Turn) -> Library:
        """The content in the turn's language."""
        return load(language_of(turn.locale))

    def questions(self, turn: Turn) -> Questions:
        """The questions in the turn's language."""
        return self.library(turn).questions

    def interpreter(self, turn: Turn) -> Interpreter:
        """What understands free text in the turn's language."""
        from milk_coach.understanding.interpreter import load_interpreter  # only free text needs it: 50 ms of a start

        return load_interpreter(language_of(turn.locale))

    def numbers(self, turn: Turn) -> Mapping[str, str]:
        """The emergency and crisis numbers of the turn's locale, as they are said."""
        return load_numbers(turn.locale)

    def phrasebook(self, locale: str) -> Phrasebook:
        """The words of a locale."""
        return _phrasebook(locale)


@cache
def _phrasebook(locale: str) -> Phrasebook:
    return phrasebook_for(locale)
