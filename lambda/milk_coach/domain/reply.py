"""What a turn answers with: phrase keys and facts, never a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

Value = Union[str, int, "Phrase"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the phrasebook and the values that its placeholders take; a value may be a phrase itself."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence of `ms` milliseconds. The platform refuses one break over 10,000 ms."""

    ms: int


Part = Phrase | Pause


@dataclass(frozen=True, slots=True)
class Offer:
    """What "yes" means next: an intent to carry out, as if it had been said.

    declined: the phrase that answers "no".
    """

    intent: str
    slots: Mapping[str, str] = field(default_factory=dict)
    declined: str = "conversation.goodbye"


@dataclass(frozen=True, slots=True)
class Card:
    """A card for the Alexa app: phrases for its title and its text."""

    title: Phrase
    text: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. It stays open for the listener exactly when it asks something.

    say: what is said, in order. ask: the question that ends it, or None to close the session.
    reprompt: said after a silence; without one the question is asked again.
    heard: for the log, how free text was understood: an intent and how sure that was, never the words.
    silent: the response that the platform wants for events nobody hears: no speech at all.
    """

    say: tuple[Part, ...] = ()
    ask: Phrase | None = None
    offer: Offer | None = None
    reprompt: Phrase | None = None
    card: Card | None = None
    whispered: bool = False
    silent: bool = False
    heard: str = ""

    @property
    def outcome(self) -> str:
        """The key of the first phrase: names what happened in a log line, and says nothing of anybody."""
        first = next((part for part in self.say if isinstance(part, Phrase)), self.ask)
        return first.key if first else "silent"


SILENT = Reply(silent=True)
