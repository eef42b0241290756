"""Red flags in free text: every one is caught, and the look-alikes are not."""

from __future__ import annotations

import re
import time
import tomllib
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milk_coach.content.phrasebook import phrasebook_for
from milk_coach.content.safety import load_numbers
from milk_coach.domain.reply import Phrase
from milk_coach.domain.triage import Triage
from tools.content_source import question_tables, read_source

RULES = read_source("en", "triage.toml")
CASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("triage_cases.toml").read_text())
NUMBERS = read_source("emergency.toml")
SAFETY = read_source("en", "phrases", "safety.toml")["safety"]
TRIAGE = Triage(RULES)
ORDER: list[str] = RULES["order"]
LOCALES = ("en-US", "en-GB", "en-CA", "en-AU", "en-IN")
AT_LEAST = {"despair": 50}

WORDINGS = [(flag, wording) for flag in ORDER for wording in RULES[flag]["wordings"]]
FLAGGED = [*WORDINGS, *((flag, line) for flag, lines in CASES["flagged"].items() for line in lines)]
HARMLESS = [*chain.from_iterable(RULES[flag]["harmless"] for flag in ORDER), *CASES["harmless"]["lines"]]
EMERGENCIES = [(flag, line) for flag, line in FLAGGED if flag in ("baby_emergency", "self_harm")]
OPENINGS = (
    *(
        "",
        "hello",
        "so",
        "um okay so",
        "sorry to bother you but",
        "please listen",
        "hey alexa",
        "the doorbell rang and",
    ),
    *("it's late and", "we were downstairs and", "listen carefully", "i don't know who else to ask"),
)
CLOSINGS = (
    *("", "please", "thank you", "and i'm on my own", "what do i do", "we're at home", "since yesterday evening"),
    *("are you there", "i need you to answer"),
)
MARKS = ("!", "...", "?", " ,", "\u2026", "\n")


def grave(flag: str) -> int:
    return ORDER.index(flag)


@pytest.mark.parametrize(("flag", "line"), FLAGGED)
def test_red_flag_is_caught(flag: str, line: str) -> None:
    assert TRIAGE.check(line) == flag


@pytest.mark.parametrize("line", HARMLESS)
def test_look_alike_is_left_alone(line: str) -> None:
    assert TRIAGE.check(line) is None


@pytest.mark.parametrize(
    ("flag", "danger", "calm"), [(flag, *pair) for flag, pairs in CASES["pairs"].items() for pair in pairs]
)
def test_one_word_makes_the_difference(flag: str, danger: str, calm: str) -> None:
    assert TRIAGE.check(danger) == flag
    assert TRIAGE.check(calm) is None


def test_questions_raise_no_flag() -> None:
    tables = question_tables("en").values()
    asked = [w for table in tables for part in (table, *table.get("facets", {}).values()) for w in part["wordings"]]
    alarms = [(TRIAGE.check(wording), wording) for wording in asked if TRIAGE.check(wording)]
    assert len(alarms) <= len(asked) / 200, alarms


@given(st.sampled_from(EMERGENCIES), st.sampled_from(OPENINGS), st.sampled_from(CLOSINGS))
@settings(max_examples=400, deadline=None)
def test_chatter_around_an_emergency_hides_nothing(case: tuple[str, str], before: str, after: str) -> None:
    flag, line = case
    found = TRIAGE.check(f"{before} {line} {after}")
    assert found is not None
    assert grave(found) <= grave(flag)


@given(st.text())
@settings(deadline=None)
def test_no_text_makes_it_raise(text: str) -> None:
    assert TRIAGE.check(text) in (None, *ORDER)


@given(st.lists(st.sampled_from(sorted(set(" ".join(line for _, line in FLAGGED).split()))), max_size=40))
@settings(deadline=None)
def test_no_salad_of_its_own_words_makes_it_raise(words: list[str]) -> None:
    assert TRIAGE.check(" ".join(words)) in (None, *ORDER)


@given(st.sampled_from([*(line for _, line in FLAGGED), *HARMLESS]), st.sampled_from(MARKS))
@settings(max_examples=300, deadline=None)
def test_case_and_punctuation_change_nothing(line: str, mark: str) -> None:
    expected = TRIAGE.check(line)
    assert TRIAGE.check(line.upper()) == expected
    assert TRIAGE.check(f"{mark} {line.capitalize()}{mark}") == expected
    assert TRIAGE.check(line.replace("'", "\u2019")) == expected


@pytest.mark.parametrize(("flag", "line"), [(flag, line) for flag, line in FLAGGED if re.search(r"n't|'m ", line)])
def test_lost_apostrophes_change_nothing(flag: str, line: str) -> None:
    assert TRIAGE.check(re.sub(r"(?<=n)'(?=t\b)|(?<=i)'(?=m\b)", "", line)) == flag


def test_graver_flag_is_answered_first() -> None:
    assert TRIAGE.check("i've got a fever and a red breast and my baby isn't breathing") == "baby_emergency"
    assert TRIAGE.check("no wet diapers all day and i want to die") == "self_harm"


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("my wife says she wants to die", True),
        ("my sister wants to hurt herself", True),
        ("i want to die", False),
        ("i want to hurt him", False),
    ],
)
def test_it_knows_when_somebody_else_is_meant(line: str, other: bool) -> None:
    assert TRIAGE.about_someone_else(line) is other


def test_a_sentence_takes_well_under_a_third_of_a_millisecond() -> None:
    lines = [*(line for _, line in FLAGGED), *HARMLESS]
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for line in lines:
            TRIAGE.check(line)
        rounds.append(time.process_time() - start)
    assert min(rounds) / len(lines) < 0.0003


def test_a_very_long_text_is_answered_in_time() -> None:
    start = time.process_time()
    assert TRIAGE.check("my milk is slow and not here " * 1200 + "and my baby isn't breathing") == "baby_emergency"
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "rules",
    [
        {"any": ["<nobody> breathes"]},
        {"any": ["..3 breathing"]},
        {"any": ["is? the"]},
        {"any": ["breathing?"]},
    ],
)
def test_malformed_rules_are_refused(rules: dict[str, Any]) -> None:
    words = {"drop": ["is", "the"], "endings": {}, "same": {}, "walls": [], "clauses": []}
    table: dict[str, Any] = {"words": words, "groups": {}, "asides": [], "someone_else": [], "order": ["flag"]}
    table["flag"] = {"rules": [rules]}
    with pytest.raises(ValueError, match=r"a phrase|nothing is heard"):
        [phrase.pattern for phrase in Triage(table).phrases]


def test_every_phrase_of_the_rules_is_well_formed() -> None:
    assert all(phrase.anchors and phrase.pattern for phrase in TRIAGE.phrases)


@pytest.mark.parametrize("flag", ORDER)
def test_wordings_are_many_and_sayable(flag: str) -> None:
    wordings = RULES[flag]["wordings"]
    assert len(wordings) >= AT_LEAST.get(flag, 90)
    assert [wording for wording in wordings if not re.fullmatch(r"[a-z' -]+", wording)] == []


def test_no_wording_stands_twice() -> None:
    lists = [RULES[flag][kind] for flag in ORDER for kind in ("wordings", "harmless")]
    assert all(len(each) == len(set(each)) for each in lists)
    assert [set(one) & set(other) for one, other in combinations(lists, 2) if set(one) & set(other)] == []
    assert sum(len(RULES[flag]["harmless"]) for flag in ORDER) >= 250


@pytest.mark.parametrize("flag", ORDER)
@pytest.mark.parametrize("locale", [*LOCALES, "default"])
def test_every_flag_has_its_answer_in_every_locale(flag: str, locale: str) -> None:
    for key in (flag, f"{flag}_reprompt"):
        said = phrasebook_for("en-US").wording(Phrase(f"safety.{key}", load_numbers(locale)))
        assert "{" not in said
        assert len(said.replace("[pause]", "").split()) <= (40 if flag in ("fever_lump", "few_wet_diapers") else 60)


@pytest.mark.parametrize(
    ("flag", "line"), [("baby_emergency", "emergency"), ("self_harm", "crisis"), ("self_harm_partner", "crisis")]
)
def test_the_number_comes_first_and_twice(flag: str, line: str) -> None:
    assert re.match(rf"(Please )?[Cc]all \{{{line}_slow\}}, now", SAFETY[flag])
    assert SAFETY[flag].count(f"{{{line}_slow}}") == 2


@pytest.mark.parametrize("locale", LOCALES)
def test_every_number_says_where_it_is_from_and_when_it_was_checked(locale: str) -> None:
    lines = NUMBERS[locale]["lines"]
    assert {"emergency", "crisis", "maternal"} <= set(lines)
    for line in lines.values():
        assert line["recheck_before_release"]
        assert line["source"].startswith("https://")
        assert line["checked"].year >= 2026


def test_a_locale_without_checked_numbers_names_none() -> None:
    assert "your local emergency number" in SAFETY["baby_emergency"].format(**NUMBERS["default"])
    assert not re.search(r"\b(one|nine|eight|zero)\b", " ".join(NUMBERS["default"].values()))
