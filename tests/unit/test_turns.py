"""Every intent, and every prompt that any of them leaves open: there is always a fitting next turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from milk_coach.content.library import load
from milk_coach.domain.slot import Slot
from simulator.alexa import Answer
from tests.harness import Home
from tools.interaction_model import build

MODEL: dict[str, Any] = build()["interactionModel"]["languageModel"]
TYPES = {kind["name"]: [value["id"] for value in kind["values"]] for kind in MODEL["types"]}
BUILT_IN = {
    "AMAZON.DURATION": "PT2M",
    "AMAZON.TIME": "03:00",
    "AMAZON.DATE": "2026-02-28",
    "AMAZON.SearchQuery": "is my milk so slow",
}
INTENTS = {str(intent["name"]): intent for intent in MODEL["intents"]}
LIBRARY = load("en")
QUESTIONS = Home().app.coach.question_intents


def slots_for(intent: dict[str, Any], sample: str) -> dict[str, Slot]:
    kinds = {slot["name"]: slot["type"] for slot in intent.get("slots", [])}
    filled = {}
    for name in re.findall(r"\{(\w+)\}", sample):
        values = TYPES.get(kinds[name])
        filled[name] = Slot(values[0], (values[0],)) if values else Slot(BUILT_IN[kinds[name]])
    return filled


def shapes(intent: dict[str, Any]) -> Iterator[dict[str, Slot]]:
    """The slots of each sample, once for every set of slots there is."""
    seen = set()
    for sample in intent["samples"] or [""]:
        slots = slots_for(intent, sample)
        if frozenset(slots) not in seen:
            seen.add(frozenset(slots))
            yield slots


def is_sane(answer: Answer) -> None:
    assert answer.speech
    assert "went wrong" not in answer.speech
    assert "{" not in answer.speech
    if answer.ended:
        assert not answer.reprompt
    else:
        assert answer.reprompt
        assert answer.speech.endswith("?") or answer.topic in ("self_harm", "baby_emergency", "despair"), answer.speech


@pytest.mark.parametrize("name", INTENTS)
@pytest.mark.parametrize("opened", [True, False], ids=["in a conversation", "one-shot"])
def test_every_sample_is_answered_and_yes_and_no_after_it(name: str, opened: bool) -> None:
    for slots in shapes(INTENTS[name]):
        for then in ("AMAZON.YesIntent", "AMAZON.NoIntent", "MoreIntent", "AMAZON.RepeatIntent", "AMAZON.HelpIntent"):
            home = Home()
            if opened:
                home.alexa.launch()
            answer = home.alexa.send("", name, slots)
            is_sane(answer)
            if not answer.ended:
                is_sane(home.intent(then))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_sets_its_topic_and_its_follow_ups_answer(name: str) -> None:
    home = Home()
    home.alexa.launch()
    question = LIBRARY.questions.asked_by(name)
    assert question
    assert home.intent(name).topic == question.topic
    for follow_up in (
        "WhyIntent",
        "WhatHelpsIntent",
        "HowLongIntent",
        "HowCommonIntent",
        "IsThatNormalIntent",
        "SourceIntent",
    ):
        home = Home()
        home.alexa.launch()
        home.intent(name)
        answer = home.intent(follow_up)
        is_sane(answer)
        assert "Tell me which thing you mean" not in answer.speech


def test_yes_down_the_whole_chain_ends() -> None:
    for name in QUESTIONS:
        home = Home()
        home.alexa.launch()
        answer = home.intent(name)
        for _ in range(150):
            if answer.ended or "anything else about feeding" in answer.speech:
                break
            answer = (
                home.intent("AMAZON.YesIntent") if "breathe" not in answer.speech else home.intent("AMAZON.NoIntent")
            )
            is_sane(answer)
        else:
            pytest.fail(f"{name}: yes never ends")


def test_every_tip_is_given_once_and_then_says_so() -> None:
    home = Home()
    tips = [home.intent("PartnerTipIntent").speech]
    while "every tip" not in (said := home.intent("NextTipIntent").speech):
        tips.append(said)
    sentences = [re.sub(r" (Want another|Another one|Ready for the next)\?$", "", tip) for tip in tips]
    assert len(set(sentences)) == len(sentences) == len(LIBRARY.tips)
