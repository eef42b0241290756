"""Whatever arrives, something sane is answered: no exception, no empty speech, nothing over the platform's limits."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import ResponseEnvelope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milk_coach.alexa.handlers.conversation import HelpHandler
from milk_coach.domain.conversation import as_attributes, from_attributes
from milk_coach.settings import Settings
from simulator.alexa import plain
from simulator.envelope import Device, intent_request, launch_request, session_ended_request
from tests.harness import START, Home

HOME = Home()
INTENTS = sorted(HOME.app.coach.intents)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
EASY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(answered: dict[str, Any]) -> None:
    """A valid response: the SDK reads it back, and it keeps the limits."""
    serializer = DefaultSerializer()
    assert serializer.serialize(serializer.deserialize(json.dumps(answered), ResponseEnvelope))
    assert len(json.dumps(answered)) < 24_000
    response = answered["response"]
    if not response:
        return
    ssml = response["outputSpeech"]["ssml"]
    ElementTree.fromstring(ssml.replace("amazon:", ""))
    assert 0 < len(ssml) < 8_000
    assert plain(ssml)
    assert response["shouldEndSession"] in (True, False)
    assert ("reprompt" in response) is not response["shouldEndSession"]


def envelope(make: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    return make(Device(), START, *arguments)


@EASY
@given(JSON)
def test_any_json_is_answered(event: Any) -> None:
    check(HOME.app.answer(event))


@EASY
@given(st.sampled_from(INTENTS), st.dictionaries(st.sampled_from(["side", "ago", "at", "date", "question", "x"]), JSON))
def test_any_slots_are_answered(intent: str, slots: dict[str, Any]) -> None:
    event = envelope(intent_request, intent, {})
    event["request"]["intent"]["slots"] = slots
    check(HOME.app.answer(event))


@EASY
@given(st.sampled_from(INTENTS), st.text(max_size=60))
def test_any_words_in_a_slot_are_answered(intent: str, words: str) -> None:
    event = envelope(intent_request, intent, {})
    event["request"]["intent"]["slots"] = {
        name: {"name": name, "value": words} for name in ("question", "side", "ago", "at", "date", "duration", "span")
    }
    check(HOME.app.answer(event))


@EASY
@given(st.sampled_from(INTENTS), JSON)
def test_any_session_attributes_are_answered(intent: str, attributes: Any) -> None:
    event = envelope(intent_request, intent, {})
    event["session"]["attributes"] = attributes
    check(HOME.app.answer(event))


@EASY
@given(
    st.sampled_from(INTENTS),
    st.fixed_dictionaries(
        {},
        optional={
            "topic": JSON | st.sampled_from(["strong", "partner", "nonsense"]),
            "facet": JSON,
            "offer": JSON | st.fixed_dictionaries({"intent": st.sampled_from(INTENTS)}, optional={"slots": JSON}),
            "said": JSON,
            "tips": JSON,
            "breathing": JSON,
            "zone": JSON | st.sampled_from(["Europe/Paris", "Nowhere/Else", "../etc/passwd"]),
        },
    ),
)
def test_session_attributes_of_the_right_names_and_wrong_values_are_answered(intent: str, attributes: Any) -> None:
    event = envelope(intent_request, intent, {})
    event["session"]["attributes"] = attributes
    check(HOME.app.answer(event))


@EASY
@given(st.data())
def test_an_envelope_with_a_part_missing_or_wrong_is_answered(data: st.DataObject) -> None:
    event = copy.deepcopy(envelope(intent_request, "StrongIntent", {}))
    part: Any = event
    for _ in range(data.draw(st.integers(1, 4))):
        names = [name for name in part if isinstance(part[name], dict) and part[name]]
        if not names:
            break
        part = part[data.draw(st.sampled_from(names))]
    name = data.draw(st.sampled_from(sorted(part)))
    if data.draw(st.booleans()):
        del part[name]
    else:
        part[name] = data.draw(JSON)
    check(HOME.app.answer(event))


@pytest.mark.parametrize("kind", ["Alexa.Presentation.APL.UserEvent", "CanFulfillIntentRequest", "Nonsense.Request"])
def test_an_unknown_request_type_gets_a_spoken_answer(kind: str) -> None:
    event = envelope(launch_request)
    event["request"]["type"] = kind
    answered = HOME.app.answer(event)
    check(answered)
    assert answered["response"]["outputSpeech"]


@pytest.mark.parametrize("kind", ["AlexaSkillEvent.SkillEnabled", "System.ExceptionEncountered", "SessionEndedRequest"])
def test_what_nobody_hears_is_not_answered_with_speech(kind: str) -> None:
    event = envelope(session_ended_request)
    event["request"]["type"] = kind
    assert "outputSpeech" not in HOME.app.answer(event)["response"]


def test_an_unknown_intent_gets_a_spoken_answer() -> None:
    check(HOME.app.answer(envelope(intent_request, "NobodysIntent", {})))


@pytest.mark.parametrize("locale", ["de-DE", "ja-JP", "xx", ""])
def test_a_locale_without_content_is_answered_in_english(locale: str) -> None:
    event = envelope(intent_request, "StrongIntent", {})
    event["request"]["locale"] = locale
    answered = HOME.app.answer(event)
    assert "Lean back" in plain(answered["response"]["outputSpeech"]["ssml"])


def test_another_skills_request_is_refused() -> None:
    home = Home(settings=Settings(skill_ids=("amzn1.ask.skill.mine",)))
    answered = home.app.answer(envelope(intent_request, "StrongIntent", {}))
    assert "Lean back" not in plain(answered["response"]["outputSpeech"]["ssml"])


def test_an_exception_is_logged_once_without_words_and_answered(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: HelpHandler, turn: object) -> None:
        raise RuntimeError("she said: my secret sentence")

    monkeypatch.setattr(HelpHandler, "answer", broken)
    with caplog.at_level(logging.INFO, "milk_coach"):
        answered = Home().app.answer(envelope(intent_request, "AMAZON.HelpIntent", {}))
    check(answered)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "secret" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_a_turn_logs_one_line_without_ids_or_words(caplog: pytest.LogCaptureFixture) -> None:
    event = envelope(intent_request, "StrongIntent", {})
    with caplog.at_level(logging.INFO, "milk_coach"):
        Home().app.answer(event)
    assert len(caplog.records) == 1
    assert "StrongIntent" in caplog.text
    assert event["session"]["user"]["userId"] not in caplog.text


@EASY
@given(JSON)
def test_reading_a_conversation_back_never_raises_and_is_stable(attributes: Any) -> None:
    conversation = from_attributes(attributes)
    assert from_attributes(json.loads(json.dumps(as_attributes(conversation)))) == conversation
