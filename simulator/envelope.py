"""The request JSON that Alexa would send."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from milk_coach.domain.slot import Slot

APPLICATION_ID = "amzn1.ask.skill.simulator"


@dataclass
class Device:
    """Whose device it is, and the session that is open on it."""

    user_id: str = "amzn1.ask.account.SIMULATOR"
    device_id: str = "amzn1.ask.device.SIMULATOR"
    locale: str = "en-US"
    session_id: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def in_session(self) -> bool:
        """Whether the skill is listening."""
        return bool(self.session_id)

    def close(self) -> None:
        """End the session: its attributes are gone."""
        self.session_id, self.attributes = "", {}


def launch_request(device: Device, now: datetime) -> dict[str, Any]:
    """ "Alexa, open milk coach." """
    return _envelope(device, now, {"type": "LaunchRequest"})


def intent_request(device: Device, now: datetime, intent: str, slots: Mapping[str, Slot]) -> dict[str, Any]:
    """A sentence that was understood as this intent with these slots."""
    described = {name: _slot(name, slot) for name, slot in slots.items()}
    body = {"name": intent, "confirmationStatus": "NONE", "slots": described}
    return _envelope(device, now, {"type": "IntentRequest", "dialogState": "COMPLETED", "intent": body})


def session_ended_request(device: Device, now: datetime, reason: str = "USER_INITIATED") -> dict[str, Any]:
    """The listener walked away, or said "exit" to Alexa itself."""
    return _envelope(device, now, {"type": "SessionEndedRequest", "reason": reason})


def _envelope(device: Device, now: datetime, request: dict[str, Any]) -> dict[str, Any]:
    new = not device.in_session
    if new:
        device.session_id = f"amzn1.echo-api.session.{uuid.uuid4()}"
    user, application = {"userId": device.user_id}, {"applicationId": APPLICATION_ID}
    timestamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    system = {
        "application": application,
        "user": user,
        "device": {"deviceId": device.device_id, "supportedInterfaces": {}},
        "apiEndpoint": "https://api.amazonalexa.com",
        "apiAccessToken": "simulated",
    }
    common = {"requestId": f"amzn1.echo-api.request.{uuid.uuid4()}", "timestamp": timestamp, "locale": device.locale}
    return {
        "version": "1.0",
        "session": {
            "new": new,
            "sessionId": device.session_id,
            "application": application,
            "attributes": device.attributes,
            "user": user,
        },
        "context": {"System": system},
        "request": {**common, **request},
    }


def _slot(name: str, slot: Slot) -> dict[str, Any]:
    described: dict[str, Any] = {"name": name, "value": slot.text, "confirmationStatus": "NONE", "source": "USER"}
    if slot.ids:
        values = [{"value": {"name": one, "id": one}} for one in slot.ids]
        authority = {"authority": f"amzn1.er-authority.echo-sdk.{name}", "status": {"code": "ER_SUCCESS_MATCH"}}
        described["resolutions"] = {"resolutionsPerAuthority": [{**authority, "values": values}]}
    return described
