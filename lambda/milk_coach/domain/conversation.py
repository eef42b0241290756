"""What is remembered between two turns of one conversation, and how it survives a round trip through JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from milk_coach.domain.reply import Offer, Phrase, Value

PARENT, PARTNER = "parent", "partner"
_LONGEST_TEXT = 200
_MOST_ITEMS = 40
_DEEPEST = 5


@dataclass(slots=True)
class Conversation:
    """The context that "it", "that", "yes" and "again" refer to.

    topic, facet: the question last answered. told_more: its longer part was said too.
    told: all topics answered so far.
    offer: what "yes" would do. said, asked: the last reply, for "say that again".
    audience: whom we speak to. tips: the partner tips already given.
    unfinished: what was said of a letdown that could not be logged yet, for the next attempt.
    zone: the device's time zone, so that it is looked up once a conversation.
    breathing: where the exercise stands, in the form of the breathing handlers.
    """

    topic: str | None = None
    facet: str | None = None
    told_more: bool = False
    told: tuple[str, ...] = ()
    offer: Offer | None = None
    said: tuple[Phrase, ...] = ()
    asked: Phrase | None = None
    audience: str = PARENT
    tips: tuple[str, ...] = ()
    breathing: dict[str, Any] = field(default_factory=dict)
    side_asked: bool = False
    zone: str | None = None
    unfinished: dict[str, str] = field(default_factory=dict)

    @property
    def in_crisis(self) -> bool:
        """Whether the last answer was whom to call, now: then nobody is sent away."""
        return self.topic in ("self_harm", "baby_emergency")

    @property
    def said_last(self) -> Phrase | None:
        """What was said last, to be said again after a silence."""
        return self.said[0] if self.said else None

    def about(self, topic: str, facet: str | None = None) -> None:
        """A new topic: whatever was told of the old one no longer counts."""
        self.topic, self.facet, self.told_more = topic, facet, False
        if topic not in self.told:
            self.told = (*self.told, topic)[-_MOST_ITEMS:]


def as_attributes(conversation: Conversation) -> dict[str, Any]:
    """The session attributes of a conversation; what is empty is left out."""
    attributes: dict[str, Any] = {
        "topic": conversation.topic,
        "facet": conversation.facet,
        "toldMore": conversation.told_more,
        "told": list(conversation.told),
        "offer": _offer_out(conversation.offer),
        "said": [_phrase_out(phrase) for phrase in conversation.said],
        "asked": _phrase_out(conversation.asked) if conversation.asked else None,
        "audience": conversation.audience if conversation.audience != PARENT else None,
        "tips": list(conversation.tips),
        "breathing": conversation.breathing,
        "sideAsked": conversation.side_asked,
        "zone": conversation.zone,
        "unfinished": conversation.unfinished,
    }
    return {name: value for name, value in attributes.items() if value}


def from_attributes(attributes: object) -> Conversation:
    """Read session attributes back. Whatever is malformed counts as absent: it never raises."""
    if not isinstance(attributes, Mapping):
        return Conversation()
    said = attributes.get("said")
    breathing = attributes.get("breathing")
    return Conversation(
        topic=_text(attributes.get("topic")),
        facet=_text(attributes.get("facet")),
        told_more=attributes.get("toldMore") is True,
        told=_texts(attributes.get("told")),
        offer=_offer_in(attributes.get("offer")),
        said=tuple(filter(None, map(_phrase_in, said[:_MOST_ITEMS]))) if isinstance(said, list) else (),
        asked=_phrase_in(attributes.get("asked")),
        audience=PARTNER if attributes.get("audience") == PARTNER else PARENT,
        tips=_texts(attributes.get("tips")),
        breathing=dict(breathing) if isinstance(breathing, Mapping) else {},
        side_asked=attributes.get("sideAsked") is True,
        zone=_text(attributes.get("zone")),
        unfinished=_slots(attributes.get("unfinished")),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST_TEXT else None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, value[:_MOST_ITEMS]))) if isinstance(value, list) else ()


def _phrase_out(phrase: Phrase) -> dict[str, Any]:
    values = {name: _phrase_out(v) if isinstance(v, Phrase) else v for name, v in phrase.values.items()}
    return {"key": phrase.key, "values": values} if values else {"key": phrase.key}


def _phrase_in(value: object, depth: int = 0) -> Phrase | None:
    if not isinstance(value, Mapping) or depth > _DEEPEST or not (key := _text(value.get("key"))):
        return None
    values = value.get("values")
    if not isinstance(values, Mapping):
        return Phrase(key)
    read = {name: _value_in(v, depth + 1) for name, v in values.items() if isinstance(name, str)}
    return Phrase(key, {name: v for name, v in read.items() if v is not None})


def _value_in(value: object, depth: int) -> Value | None:
    return value if isinstance(value, str) or type(value) is int else _phrase_in(value, depth)


def _offer_out(offer: Offer | None) -> dict[str, Any] | None:
    if offer is None:
        return None
    return {"intent": offer.intent, "slots": dict(offer.slots), "declined": offer.declined}


def _offer_in(value: object) -> Offer | None:
    if not isinstance(value, Mapping) or not (intent := _text(value.get("intent"))):
        return None
    return Offer(intent, _slots(value.get("slots")), _text(value.get("declined")) or Offer(intent).declined)


def _slots(value: object) -> dict[str, str]:
    return {k: v for k, v in value.items() if _text(k) and _text(v)} if isinstance(value, Mapping) else {}
