"""Drives the whole skill through JSON only: what somebody says goes in, what the skill says comes out."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from milk_coach import app
from milk_coach.content.phrasebook import language_of
from milk_coach.domain.slot import Slot
from milk_coach.settings import Settings
from milk_coach.stores.base import LetdownStore
from milk_coach.stores.memory import MemoryStore
from milk_coach.understanding.interpreter import load_interpreter
from simulator.alexa import Alexa, Answer
from simulator.device_settings import DeviceSettings
from simulator.envelope import Device

START = datetime(2026, 3, 1, 3, 10, tzinfo=UTC)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def milliseconds(self) -> int:
        """For a store: UTC, milliseconds since 1970."""
        return int(self.now.timestamp() * 1000)

    def wait(self, **span: float) -> None:
        """Let time pass: `wait(minutes=5)`."""
        self.now += timedelta(**span)


class Home:
    """One household with one device, talking to a skill of its own."""

    def __init__(
        self,
        *,
        locale: str = "en-US",
        zone: str | None = "UTC",
        now: datetime = START,
        store: LetdownStore | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.clock = Clock(now)
        self.store = store or MemoryStore(self.clock.milliseconds)
        client = DeviceSettings(ZoneInfo(zone) if zone else None)
        self.app = app.build(settings or Settings(), store=self.store, api_client=client)
        self.requests = itertools.count(1)
        self.alexa = Alexa(
            self._numbered,
            load_interpreter(language_of(locale)),
            Device(locale=locale),
            self.clock,
            ZoneInfo(zone or "UTC"),
        )

    def say(self, sentence: str) -> Answer:
        """What the skill answers."""
        return self.alexa.hear(sentence)

    def intent(self, name: str, **slots: str | Slot) -> Answer:
        """What the skill answers to an intent, whatever sentence it came from."""
        filled = {slot: value if isinstance(value, Slot) else Slot(value, (value,)) for slot, value in slots.items()}
        return self.alexa.send("", name, filled)

    def _numbered(self, event: Any, context: object) -> dict[str, Any]:
        event["request"]["requestId"] = f"request-{next(self.requests)}"  # equal wordings are chosen by it
        return self.app.answer(event, context)
