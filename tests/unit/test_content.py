"""Rules for every word that is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from milk_coach.content.files import COMPILED, CONTENT
from milk_coach.content.library import load
from milk_coach.content.phrasebook import phrasebook_for
from milk_coach.domain.questions import BREATHE, KINDS, Question
from milk_coach.domain.reply import Phrase
from tools.content_source import compiled, question_tables
from tools.content_source import read_source as read
from tools.interaction_model import LOCALES

LIBRARY = load("en")
QUESTIONS = [question for question in LIBRARY.questions.all if question.topic != "partner"]
TABLES = question_tables("en")
ONE_BREATH, NIGHT, LONGEST, OPENING = 45, 25, 60, 75
_NEVER = re.compile(r"\b(mama|infant|simply|failure|should have)\b|[()/%;!#&<>]|\d", re.I)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def words(text: str) -> int:
    return len(re.sub(r"\[pause(?: \d+)?\]", " ", text).split())


def table_of(question: Question) -> dict[str, object]:
    table = TABLES[question.topic]
    return table["facets"][question.facet] if question.facet else table


def everything_said() -> Iterator[tuple[str, str]]:
    for key, (by_day, by_night) in LIBRARY.phrases.items():
        if not key.endswith(".name"):
            yield from ((key, wording) for wording in (*by_day, *by_night))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.key))
def test_first_answer_is_one_breath_with_its_offer(question: Question) -> None:
    table = table_of(question)
    assert words(f"{table['answer']} {table.get('offer', '')}") <= ONE_BREATH
    assert words(str(table.get("night", table["answer"]))) <= NIGHT
    assert words(str(table.get("more", ""))) <= LONGEST


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.key))
def test_more_is_offered_exactly_where_there_is_more(question: Question) -> None:
    assert ("offer" in table_of(question)) is question.has_more


@pytest.mark.parametrize("question", LIBRARY.questions.all, ids=lambda question: str(question.key))
def test_every_short_follow_up_has_an_answer(question: Question) -> None:
    assert set(question.then) | question.asides == set(KINDS)
    assert all(LIBRARY.questions.find(topic) for topic in question.then.values())
    assert question.topic not in question.then.values(), "the same answer again is no answer"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.key))
def test_every_answer_names_facts_that_exist(question: Question) -> None:
    assert question.facts
    assert set(question.facts) <= set(LIBRARY.sources)


def test_every_fact_is_told() -> None:
    tips = read("en", "tips.toml")
    told = {fact for question in LIBRARY.questions.all for fact in question.facts}
    told |= {fact for tip in tips.values() for fact in tip.get("facts", ())}
    told |= {
        fact for flag in read("en", "triage.toml").values() if isinstance(flag, dict) for fact in flag.get("facts", ())
    }
    assert set(LIBRARY.sources) - told == set()


def test_every_source_can_be_named() -> None:
    named = {source for sources in LIBRARY.sources.values() for source in sources}
    assert {f"source.{source}" for source in named} <= set(LIBRARY.phrases)


def test_every_follow_up_can_be_offered() -> None:
    for question in LIBRARY.questions.all:
        if question.follow_up not in (None, BREATHE):
            assert f"question.{question.follow_up}.invite" in LIBRARY.phrases


@pytest.mark.parametrize(("key", "wording"), list(everything_said()))
def test_wording_is_written_for_the_ear(key: str, wording: str) -> None:
    spoken = re.sub(r"\[pause(?: \d+)?\]", " ", _PLACEHOLDER.sub("x", wording))
    assert not _NEVER.search(spoken), key
    assert words(wording) <= (OPENING if key.startswith("launch.first") else LONGEST)


@pytest.mark.parametrize(("key", "wording"), [(k, w) for k, w in everything_said() if k.startswith("question.")])
def test_answers_never_say_just_nor_promise(key: str, wording: str) -> None:
    assert not re.search(r"\b(just|will help|cures?)\b", wording, re.I), key


@pytest.mark.parametrize("locale", LOCALES)
def test_every_phrase_is_valid_ssml_in_every_locale(locale: str) -> None:
    book = phrasebook_for(locale)
    for key, (by_day, by_night) in LIBRARY.phrases.items():
        names = set(_PLACEHOLDER.findall(" ".join((*by_day, *by_night))))
        for night in (False, True):
            for pick in range(len(by_day)):
                phrase = Phrase(key, dict.fromkeys(names, "one <& two"))
                root = ElementTree.fromstring(f"<speak>{book.say([phrase], night=night, pick=pick).ssml}</speak>")
                assert "".join(root.itertext()).strip()


def test_dmer_is_pronounced() -> None:
    assert '<sub alias="dee mer">D-MER</sub>' in phrasebook_for("en-US").say([Phrase("question.dmer_what.answer")]).ssml


def test_local_words_are_said() -> None:
    tip = Phrase("tip.diaper")
    assert "diaper" in phrasebook_for("en-US").wording(tip)
    assert "nappy" in phrasebook_for("en-GB").wording(tip)


def test_tips_are_enough_for_a_long_feed() -> None:
    assert len(LIBRARY.tips) >= 12


def test_no_spoken_sentence_stands_in_python() -> None:
    sentence = re.compile(r"""(?<!")"(?!"")[A-Z][a-z']+ [a-z]+ [^"\n]{8,}[.?]"(?!"")""")
    for file in Path(CONTENT.parent).rglob("*.py"):
        code = re.sub(r'"""(?:.|\n)*?"""', "", file.read_text(encoding="utf-8"))
        code = re.sub(r"#.*", "", code)
        assert not sentence.search(code), file.name


def test_the_compiled_content_is_what_the_files_say() -> None:
    assert COMPILED.read_text(encoding="utf-8") == compiled(), "run `make model`"
