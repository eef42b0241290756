"""Builds the interaction model of a locale from the content: what people say, in Alexa's own format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from milk_coach.content.phrasebook import language_of, word_table
from milk_coach.domain.questions import intent_of
from tools.content_source import question_tables
from tools.content_source import read_source as read

INVOCATION_NAME = "milk coach"
SOURCE_LOCALE = "en-US"
LOCALES = ("en-US", "en-GB", "en-CA", "en-AU", "en-IN")
MODEL_FILE = Path("interaction_model") / f"{SOURCE_LOCALE}.json"
RED_FLAGS = ("self_harm", "baby_emergency", "fever_lump", "few_wet_diapers", "despair")
_SENSITIVITY = {"name": "AMAZON.FallbackIntent", "fallbackIntentSensitivity": {"level": "MEDIUM"}}


def build(locale: str = SOURCE_LOCALE) -> dict[str, Any]:
    """The interaction model of a locale: the content's samples in its local words."""
    language = language_of(locale)
    local = word_table(read(language, "locales.toml").get(locale, {}))
    intents = [_localised(intent, local) for intent in (*_questions(language), *_commands(language))]
    model = {
        "invocationName": INVOCATION_NAME,
        "modelConfiguration": {"fallbackIntentSensitivity": _SENSITIVITY["fallbackIntentSensitivity"]},
        "intents": sorted(intents, key=lambda intent: str(intent["name"])),
        "types": list(_types(language)),
    }
    return {"interactionModel": {"languageModel": model}}


def as_text(model: dict[str, Any]) -> str:
    """The model as the file holds it."""
    return json.dumps(model, indent=1, ensure_ascii=False) + "\n"


def _questions(language: str) -> Iterator[dict[str, Any]]:
    for topic, table in question_tables(language).items():
        yield _intent(intent_of(topic), table["wordings"])
        for facet, own in table.get("facets", {}).items():
            yield _intent(intent_of(topic, facet), own["wordings"])
    triage = read(language, "triage.toml")
    for flag in RED_FLAGS:
        yield _intent(intent_of(flag), triage[flag]["wordings"])
    partner = read(language, "tips.toml")["partner"]
    yield _intent("PartnerTipIntent", partner["wordings"])
    yield _intent("NextTipIntent", partner["next_wordings"])


def _commands(language: str) -> Iterator[dict[str, Any]]:
    for name, table in read(language, "commands.toml").items():
        slots = [{"name": slot, "type": kind} for slot, kind in table.get("slots", {}).items()]
        yield _intent(name, table.get("samples", []), slots)


def _intent(name: str, samples: list[str], slots: list[dict[str, str]] | None = None) -> dict[str, Any]:
    return {"name": name, **({"slots": slots} if slots else {}), "samples": samples}


def _localised(intent: dict[str, Any], local: word_table) -> dict[str, Any]:
    """Local words may make two samples one: each is kept once."""
    return {**intent, "samples": list(dict.fromkeys(local(sample).lower() for sample in intent["samples"]))}


def _types(language: str) -> Iterator[dict[str, Any]]:
    for name, values in read(language, "slots.toml").items():
        yield {
            "name": name,
            "values": [
                {"id": value_id, "name": {"value": value["value"], "synonyms": value.get("synonyms", [])}}
                for value_id, value in values.items()
            ],
        }
