"""The simulator as somebody runs it: a process of its own, lines in, lines out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KEYS = ["said", "intent", "slots", "topic", "speech", "ssml", "ended"]


def run(lines: str, *arguments: str, store: str = "memory:") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "MILK_COACH_STORE": store, "PYTHONPATH": ""},
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout


def test_json_is_one_object_a_line_with_the_stable_keys() -> None:
    answers = [json.loads(line) for line in run("what is letdown\n\nmy milk just let down\n", "--json").splitlines()]
    assert [list(answer) for answer in answers] == [KEYS, KEYS]
    assert answers[0]["topic"] == "definition"
    assert answers[0]["intent"] == "DefinitionIntent"
    assert answers[0]["speech"]
    assert answers[0]["ssml"].startswith("<speak>")


def test_a_conversation_goes_on_from_line_to_line() -> None:
    answers = [json.loads(line) for line in run("what is d mer\nhow common is that\n", "--json").splitlines()]
    assert answers[1]["topic"] == "dmer_prevalence"


def test_fresh_forgets_everything_between_lines(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'log.db'}"
    lines = "log a letdown\nhow many letdowns have i logged\nwhat helps\n"
    answers = [json.loads(line) for line in run(lines, "--json", "--fresh", store=store).splitlines()]
    assert "Nothing is logged yet" in answers[1]["speech"]
    assert answers[2]["topic"] is None
    assert not (tmp_path / "log.db").exists()


def test_piped_conversation_prints_what_was_said_and_ends_with_its_input() -> None:
    out = run("what is d mer\nstop\n")
    assert "you> what is d mer" in out
    assert "D-MER" in out
    assert "the conversation is over" in out


def test_the_log_outlives_the_process(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'log.db'}"
    run("just had a letdown on the left\n", "--json", store=store)
    answer = json.loads(run("when was my last letdown\n", "--json", store=store))
    assert "on the left" in answer["speech"]


def test_the_clock_and_the_zone_can_be_set() -> None:
    out = run("log a letdown on the right\n", "--json", "--now", "2026-03-02T15:10", "--zone", "Europe/London")
    assert "three ten in the afternoon" in json.loads(out)["speech"]


@pytest.mark.parametrize("wrong", [["--now", "yesterday"], ["--zone", "Mars/Base"]])
def test_a_wrong_option_is_a_sentence_not_a_trace(wrong: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", *wrong], capture_output=True, text=True, check=False, cwd=ROOT, input=""
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_words_of_another_locale_are_spoken() -> None:
    lines = "she's only had one wet nappy since yesterday\n"
    answer = json.loads(run(lines, "--json", "--fresh", "--locale", "en-GB"))
    assert answer["topic"] == "few_wet_diapers"


def test_ones_own_log_is_printed_as_csv(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'log.db'}"
    run("start a feed on the left\nlog it\n", "--json", store=store)
    header, row = run("", "log", "--csv", "--zone", "UTC", store=store).splitlines()
    assert header == "time,side,source,feeling,minutes_into_feed"
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00,left,unknown,,0\.0", row)
