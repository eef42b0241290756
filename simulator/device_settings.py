"""Stands in for the Alexa Settings API: the device's time zone, as the skill asks for it."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

from ask_sdk_model.services import ApiClient, ApiClientResponse


class DeviceSettings(ApiClient):
    """Answers the one request that the skill makes; a zone of None stands for a device that has none set."""

    def __init__(self, zone: ZoneInfo | None) -> None:
        self._zone = zone

    def invoke(self, request: Any) -> ApiClientResponse:
        """The zone's name as JSON, or 204 (no content) when none is set, as the real API answers."""
        status, body = (200, json.dumps(self._zone.key)) if self._zone else (204, "")
        return ApiClientResponse(status_code=status, body=body, headers=[("content-type", "application/json")])
