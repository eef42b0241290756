"""What free text is understood as: whole sentences through the interpreter with its trained model."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milk_coach.understanding.classifier import Classifier, Model, model_file
from milk_coach.understanding.interpreter import FALLBACK, Interpreter, load_interpreter
from milk_coach.understanding.normalise import Normaliser
from tools.content_source import read_source
from tools.evaluate import alarmed_falsely, is_right
from tools.understanding_corpus import corpus, fingerprint
from tools.utterances import SETS, utterances

TUESDAY = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001  # the listener's own clock, as interpret() takes it


@pytest.fixture(scope="module")
def interpreter() -> Interpreter:
    return load_interpreter("en")


def test_the_model_is_made_from_what_is_written_now() -> None:
    made_from = Model.from_bytes(model_file("en").read_bytes()).made_from
    assert made_from == fingerprint("en"), "the model is stale: run `make model`"


def test_the_model_ships_under_five_megabytes() -> None:
    assert model_file("en").stat().st_size < 5_000_000


def test_a_model_file_holds_what_was_put_in() -> None:
    model = Model(("A", "B"), (0.5, -0.25), 0.125, ("milk", "milk come"), bytes((1, 255, 127, 129)), "of this")
    assert Model.from_bytes(model.to_bytes()) == model


def test_a_feature_speaks_for_one_intent_and_against_another() -> None:
    model = Model(("A", "B"), (0.0, 0.0), 1.0, ("milk",), bytes((5, 251)), "")
    likely = Classifier(model, {}).probabilities(["milk"])
    assert likely["A"] > 0.98
    assert sum(likely.values()) == pytest.approx(1.0)


def test_its_own_samples_are_understood(interpreter: Interpreter) -> None:
    samples = corpus("en")
    topics = interpreter.intents.topics
    missed = [
        (sample.text, sample.intent, heard.intent)
        for sample in samples
        if topics.get((heard := interpreter.interpret(sample.text)).intent, heard.intent)
        != topics.get(sample.intent, sample.intent)
    ]
    assert len(missed) <= 0.03 * len(samples), missed[:40]


@pytest.mark.parametrize(
    ("name", "kind", "least"),
    [
        ("development", "question", 0.95),
        ("development", "command", 0.98),
        ("development", "out_of_scope", 0.95),
        ("fresh", "question", 0.95),
        ("fresh", "command", 0.95),
        ("fresh", "out_of_scope", 0.94),
        ("final", "question", 0.90),
        ("final", "command", 0.95),
        ("final", "out_of_scope", 0.95),
    ],
)
def test_unseen_sentences_are_understood(interpreter: Interpreter, name: str, kind: str, least: float) -> None:
    ones = [one for one in utterances(name) if one.kind == kind]
    missed = [one.say for one in ones if not is_right(one, interpreter.interpret(one.say))]
    assert 1 - len(missed) / len(ones) >= least, missed


def test_hardly_a_harmless_sentence_raises_an_alarm(interpreter: Interpreter) -> None:
    ones = [one for name in SETS for one in utterances(name) if one.kind != "flag"]
    alarms = [one.say for one in ones if alarmed_falsely(one, interpreter.interpret(one.say))]
    assert len(alarms) <= len(ones) / 200, alarms


def test_the_same_sentence_always_means_the_same(interpreter: Interpreter) -> None:
    sentence = "my baby gulps and comes off when the milk rushes out"
    assert interpreter.interpret(sentence) == interpreter.interpret(sentence)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("i haven't had a letdown", "DelayedIntent"),
        ("i haven't had a letdown yet today", "DelayedIntent"),
        ("i feel let down by my sister", "LetDownByIntent"),
        ("my boss really let me down", "LetDownByIntent"),
        ("i can't do this any more", "DespairIntent"),
    ],
)
def test_what_is_meant_beside_the_words(interpreter: Interpreter, said: str, intent: str) -> None:
    assert interpreter.interpret(said).intent == intent


@pytest.mark.parametrize("said", ["it doesn't hurt any more", "it's not painful any more", "no pain at letdown today"])
def test_pain_that_is_denied_is_not_answered_as_pain(interpreter: Interpreter, said: str) -> None:
    assert interpreter.interpret(said).intent != "PainIntent"


@pytest.mark.parametrize(
    "said", ["no letdown", "it's not letting down", "still no let down", "my milk won't come", "it never let down"]
)
def test_a_denied_letdown_is_never_logged(interpreter: Interpreter, said: str) -> None:
    assert interpreter.interpret(said).intent != "LogLetdownIntent"


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("log a letdown on the left ten minutes ago", {"side": "left", "ago": "PT10M"}),
        ("log that letdown not the left the right", {"side": "right"}),
        ("add a letdown at nine p m", {"at": "21:00", "half": "pm"}),
        ("add a letdown on monday at noon", {"date": "2026-11-23", "at": "12:00", "half": "pm"}),
        ("i had a strong letdown while pumping", {"feeling": "strong", "source": "pumping"}),
        ("box breathing for three minutes", {"pattern": "box", "duration": "PT3M"}),
        ("start a feed", {}),
        ("start nursing on the right", {"source": "nursing", "side": "right"}),
        ("how many letdowns did i have last night", {"span": "last_night"}),
    ],
)
def test_slots_are_heard(interpreter: Interpreter, said: str, slots: dict[str, str]) -> None:
    heard = {name: slot.id or slot.text for name, slot in interpreter.interpret(said, TUESDAY).slots.items()}
    heard.pop("period", None)
    assert heard == slots


def test_without_a_clock_a_day_goes_by_its_name(interpreter: Interpreter) -> None:
    assert interpreter.interpret("add a letdown for yesterday at noon").slots["date"].text == "yesterday"


def test_two_things_in_one_breath(interpreter: Interpreter) -> None:
    heard = interpreter.interpret("log it and how many is that today")
    assert (heard.intent, [also.intent for also in heard.also]) == ("LogLetdownIntent", ["CountLetdownsIntent"])


def test_one_thing_told_in_two_halves_stays_one(interpreter: Interpreter) -> None:
    heard = interpreter.interpret("expressing on the left and my milk just came down")
    assert (heard.intent, heard.also) == ("LogLetdownIntent", ())


@pytest.mark.parametrize("said", ["", "   ", "🙂", "???", "42"])
def test_nothing_to_understand_is_the_fallback(interpreter: Interpreter, said: str) -> None:
    heard = interpreter.interpret(said)
    assert (heard.intent, heard.sure, heard.band) == (FALLBACK, False, "none")


def test_an_unsure_meaning_names_two_different_questions(interpreter: Interpreter) -> None:
    unsure = [heard for name in SETS for one in utterances(name) if (heard := interpreter.interpret(one.say)).choices]
    assert unsure
    assert all(len(set(heard.choices)) == 2 and not heard.sure for heard in unsure)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_raises(text: str) -> None:
    heard = load_interpreter("en").interpret(text)
    assert 0.0 <= heard.confidence <= 1.0 + 1e-9


@given(
    st.lists(st.sampled_from(sorted({w for one in utterances("development") for w in one.say.split()})), max_size=14)
)
@settings(max_examples=200, deadline=None)
def test_no_order_of_words_raises(words: list[str]) -> None:
    load_interpreter("en").interpret(" ".join(words), TUESDAY)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Let-down, isn't it?", "letdown is not it"),
        ("oxy toe sin and pro lack tin", "oxytocin and prolactin"),
        ("is dee mer a thing", "is dmer a thing"),
        ("d m e r", "dmer"),
        ("i feel let down", "i feel let down"),
        ("let down by my sister", "let down by my sister"),
        ("ten minutes", "<num> <long> minutes"),
        ("two minutes", "<num> <short> minutes"),
        ("caf\u00e9 at mum\u2019s", "cafe at mum"),
    ],
)
def test_words_are_brought_to_one_spelling(said: str, words: str) -> None:
    assert Normaliser(read_source("en", "understanding.toml")).words(said) == words.split()
