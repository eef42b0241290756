"""The composition root: settings in, a running skill out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from ask_sdk_model import RequestEnvelope, ResponseEnvelope

from milk_coach.alexa.coach import Coach
from milk_coach.alexa.handlers.events import HANDLED_EVENTS
from milk_coach.alexa.skill import build_skill
from milk_coach.alexa.trouble import UNHEARD, apology, log_trouble
from milk_coach.settings import Settings
from milk_coach.stores import open_store

if TYPE_CHECKING:
    from ask_sdk_model.services import ApiClient

    from milk_coach.stores.base import LetdownStore


class App:
    """One skill, ready to answer request envelopes."""

    def __init__(self, coach: Coach, api_client: ApiClient | None = None) -> None:
        self.coach = coach
        self._skill = build_skill(coach, api_client)

    def answer(self, event: object, context: object = None) -> dict[str, Any]:
        """The response JSON to a request envelope. It never raises, whatever the envelope holds."""
        request = _member(event, "request")
        if str(_member(request, "type")).startswith(UNHEARD) and _member(request, "type") not in HANDLED_EVENTS:
            return {"version": "1.0", "response": {}}
        try:
            self._refuse_other_skills(event)
            envelope = self._skill.serializer.deserialize(json.dumps(_mended(event)), RequestEnvelope)
            response = self._skill.invoke(envelope, context)
        except Exception as trouble:  # the last line of defence: whatever it was, somebody is waiting for an answer
            log_trouble(trouble)
            response = ResponseEnvelope(version="1.0", response=apology(self.coach, _member(request, "locale")))
        return cast("dict[str, Any]", self._skill.serializer.serialize(response))

    def lambda_handler(self) -> Callable[[object, object], dict[str, Any]]:
        """The function that AWS Lambda calls."""
        return self.answer

    def _refuse_other_skills(self, event: object) -> None:
        allowed = self.coach.settings.skill_ids
        application = _member(_member(_member(event, "context"), "System"), "application")
        if allowed and _member(application, "applicationId") not in allowed:
            raise PermissionError("the request is for another skill")


def build(settings: Settings, *, store: LetdownStore | None = None, api_client: ApiClient | None = None) -> App:
    """Compose the skill. A store or API client given here stands in for the configured one (tests, simulator)."""
    return App(Coach(settings, store or open_store(settings.store)), api_client)


def _member(value: object, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


def _mended(event: object) -> object:
    """Session attributes that are no object would fail the whole envelope: they count as none."""
    session = _member(event, "session")
    if not isinstance(event, Mapping) or not isinstance(session, Mapping):
        return event
    attributes = session.get("attributes")
    return {**event, "session": {**session, "attributes": attributes if isinstance(attributes, Mapping) else {}}}
