"""The road through the interaction model, with a neutral classifier in the place of Alexa's own.

Every sample utterance of the model, its slots filled, is given a vector by a sentence model; a sentence goes to the
intent that logistic regression on those vectors finds, or to the nearest sample's, and to the fallback when neither is
near. A carrier phrase ("why does {question}") takes over where nothing is near: the rest goes to our own understanding.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from milk_coach.understanding.interpreter import FALLBACK, load_interpreter
from tools.distil_vectors import encoded, encoder
from tools.utterances import SETS, Utterance, utterances

MODEL = Path(__file__).parent.parent / "interaction_model" / "en-US.json"
NEAREST_FROM, REGRESSION_FROM = 0.55, 0.50
"""How near the nearest sample must be (cosine) for anything but the fallback."""
_SLOT = re.compile(r"\{(\w+)\}")
_BUILT_IN = {
    "AMAZON.DURATION": ("ten minutes", "two minutes", "an hour"),
    "AMAZON.TIME": ("half past three", "nine p m", "noon"),
    "AMAZON.DATE": ("yesterday", "today", "monday"),
}


def samples() -> tuple[list[str], list[str], list[str]]:
    """The sample utterances with slots filled, their intents, and the carrier phrases up to their free text."""
    model: dict[str, Any] = json.loads(MODEL.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
    values = {kind["name"]: cycle([value["name"]["value"] for value in kind["values"]]) for kind in model["types"]}
    values |= {name: cycle(said) for name, said in _BUILT_IN.items()}
    texts, intents, carriers = [], [], []
    for intent in model["intents"]:
        kinds = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for sample in intent.get("samples", ()):
            if "AMAZON.SearchQuery" in kinds.values():
                carriers.append(_SLOT.sub("", sample).strip())
                continue
            texts.append(_SLOT.sub(lambda found: str(next(values[kinds[found[1]]])), sample))  # noqa: B023  # called at once
            intents.append(intent["name"])
    return texts, intents, sorted(carriers, key=len, reverse=True)


def carried(sentence: str, carriers: list[str]) -> str | None:
    """What our own understanding makes of the free text after a carrier phrase; None when no carrier fits."""
    carrier = next((one for one in carriers if sentence.startswith(one + " ")), None)
    if carrier is None:
        return None
    heard = load_interpreter("en").interpret(sentence.removeprefix(carrier + " "))
    return heard.intent if heard.sure else FALLBACK


def report_model() -> None:
    """Print the share of right intents of every set, by both neutral classifiers."""
    model = encoder()
    texts, intents, carriers = samples()
    vectors = encoded(model, texts)
    regression = LogisticRegression(C=30.0, max_iter=300).fit(vectors, intents)
    for name in SETS:
        ones = utterances(name)
        said = encoded(model, [one.say for one in ones])
        close = said @ vectors.T
        nearest = [intents[at] for at in np.argmax(close, axis=1)]
        ways = (("nearest sample", nearest, NEAREST_FROM), ("regression", regression.predict(said), REGRESSION_FROM))
        for how, found, least in ways:
            near = close.max(axis=1) >= least
            heard = [
                str(intent) if is_near else carried(one.say, carriers) or FALLBACK
                for one, intent, is_near in zip(ones, found, near, strict=True)
            ]
            _print(f"{name}, interaction model, {how}", ones, heard)


def _print(title: str, ones: list[Utterance], heard: list[str]) -> None:
    said, right = Counter(one.kind for one in ones), Counter[str]()
    for one, intent in zip(ones, heard, strict=True):
        right[one.kind] += intent in one.right or (one.kind == "out_of_scope" and intent == FALLBACK)
    print(f"\n== {title}: " + ", ".join(f"{kind} {right[kind]}/{count}" for kind, count in said.items()))
    for one, intent in zip(ones, heard, strict=True):
        if intent not in one.right and one.kind != "out_of_scope":
            print(f"  {one.meant} -> {intent}: {one.say}")
