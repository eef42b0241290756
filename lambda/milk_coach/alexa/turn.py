"""One turn: what was asked, by whom, when and in which conversation, apart from the SDK's own types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zlib import crc32

from milk_coach.alexa.slots import read_slots
from milk_coach.content.phrasebook import DEFAULT_LOCALE
from milk_coach.domain.conversation import Conversation, from_attributes
from milk_coach.domain.slot import Slot, Slots
from milk_coach.stores.base import user_key

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ask_sdk_core.handler_input import HandlerInput


@dataclass(frozen=True, slots=True)
class Turn:
    """What a handler needs to know of a request.

    intent: the intent's name, or the request's type when it is no intent.
    now: the request's own timestamp, aware, UTC. user: the household's key (a hash). person: a recognised voice's key.
    one_shot: asked and answered without opening a conversation first.
    store_down: the store failed in this turn already: asking again would cost seconds that the answer does not have.
    zone: the device's time zone when it is known, else None: then no clock time may be said.
    """

    intent: str
    now: datetime
    user: str
    request_id: str
    locale: str = DEFAULT_LOCALE
    slots: Slots = field(default_factory=dict)
    one_shot: bool = False
    person: str | None = None
    zone: ZoneInfo | None = None
    night: bool = False
    store_down: bool = False
    conversation: Conversation = field(default_factory=Conversation)

    @property
    def pick(self) -> int:
        """Chooses among equal wordings: differs from request to request, the same for a repeated delivery."""
        return crc32(self.request_id.encode())

    def slot_id(self, name: str) -> str | None:
        """The id a custom slot resolved to, or None."""
        slot = self.slots.get(name)
        return slot.id if slot else None

    def slot_text(self, name: str) -> str | None:
        """The words of a slot, or None."""
        slot = self.slots.get(name)
        return slot.text if slot else None

    def performing(self, intent: str, slots: Mapping[str, str | Slot]) -> Turn:
        """The same turn as if this intent had been said with these slots."""
        filled = {name: Slot(v, (v,)) if isinstance(v, str) else v for name, v in slots.items()}
        return replace(self, intent=intent, slots=filled)


def read_turn(handler_input: HandlerInput) -> Turn:
    """The turn of a request, without its time zone (see zones.py). Tolerates whatever may be absent."""
    envelope = handler_input.request_envelope
    request: Any = envelope.request
    system = getattr(envelope.context, "system", None)
    user = getattr(system, "user", None) or getattr(envelope.session, "user", None)
    person = getattr(getattr(system, "person", None), "person_id", None)
    session = envelope.session
    return Turn(
        intent=name_of(handler_input),
        now=_as_utc(request.timestamp),
        user=user_key(getattr(user, "user_id", None) or ""),
        request_id=request.request_id or "",
        locale=request.locale or DEFAULT_LOCALE,
        slots=read_slots(getattr(request, "intent", None)),
        one_shot=bool(session and session.new) and request.object_type == "IntentRequest",
        person=user_key(person) if person else None,
        conversation=from_attributes(session.attributes if session else None),
    )


def name_of(handler_input: HandlerInput) -> str:
    """The intent's name, or the request's type: what a handler's `handles` lists."""
    request: Any = handler_input.request_envelope.request
    intent = getattr(request, "intent", None)
    return str(intent.name if intent else request.object_type)


def _as_utc(timestamp: datetime | None) -> datetime:
    """A request's timestamp in UTC. Alexa always sends one; the epoch stands for none, so that nothing raises."""
    if timestamp is None:
        return datetime.fromtimestamp(0, UTC)
    return timestamp.astimezone(UTC) if timestamp.tzinfo else timestamp.replace(tzinfo=UTC)
