"""What is known of a household: its time zone, and whether it has met us before."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from milk_coach.alexa.turn import Turn
from milk_coach.domain.clock import epoch_ms, is_night
from milk_coach.domain.records import Preferences
from milk_coach.stores.base import LetdownStore, StoreError, UserKey

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput

log = logging.getLogger("milk_coach")
_WEEK_MS = int(timedelta(days=7) / timedelta(milliseconds=1))


class Household:
    """Preferences by household; a store that fails costs a preference, never a turn."""

    def __init__(self, store: LetdownStore) -> None:
        self._store = store

    def with_zone(self, turn: Turn, handler_input: HandlerInput, *, stored: bool) -> Turn:
        """The turn with its time zone: from the conversation, the store (for a week) or the device, in that order.

        stored: whether the turn uses the store at all; a plain question does not wait for it.
        """
        conversation = turn.conversation
        saved = self.preferences(turn) if stored and not conversation.zone else None
        turn = replace(turn, store_down=stored and not conversation.zone and saved is None)
        known = conversation.zone or _fresh_zone(turn, saved)
        name = known or _device_zone(handler_input)
        zone = _zone(name)
        if zone is None:
            return turn
        if saved and not known:
            self.remember(turn, time_zone=name, time_zone_checked_at=epoch_ms(turn.now))
        conversation.zone = name
        return replace(turn, zone=zone, night=is_night(turn.now, zone))

    def preferences(self, turn: Turn) -> Preferences | None:
        """The household's preferences; None when the store does not answer."""
        if turn.store_down:
            return None
        try:
            return self._store.preferences(UserKey(turn.user))
        except StoreError:
            return None

    def remember(self, turn: Turn, **changes: object) -> bool:
        """Save some preferences; False when the store does not answer."""
        if turn.store_down:
            return False
        try:
            before = self._store.preferences(UserKey(turn.user))
            self._store.save_preferences(UserKey(turn.user), replace(before, **changes), before)  # type: ignore[arg-type]  # names of its fields
        except StoreError:
            return False
        return True


def _fresh_zone(turn: Turn, saved: Preferences | None) -> str | None:
    """The zone as it was saved, for a week."""
    if saved is None or saved.time_zone_checked_at is None:
        return None
    return saved.time_zone if epoch_ms(turn.now) - saved.time_zone_checked_at < _WEEK_MS else None


def _device_zone(handler_input: HandlerInput) -> str | None:
    """What the device's settings say. It may be unset, or the service may fail: then no clock time is ever said."""
    device: Any = getattr(getattr(handler_input.request_envelope.context, "system", None), "device", None)
    factory = handler_input.service_client_factory
    device_id = getattr(device, "device_id", None)
    if factory is None or not device_id:
        return None
    try:
        name = factory.get_ups_service().get_system_time_zone(device_id)
    except Exception as trouble:  # the client raises whatever its transport raises; the answer does not depend on it
        log.warning("no time zone: %s", type(trouble).__name__)
        return None
    return name if isinstance(name, str) else None


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # not found, no such key form, a folder
        return None
