"""The breathing exercise by ear: spoken by espeak-ng, measured from the audio. Both programs must be there.

The table of cue durations is measured anew for this: the committed one may come from a recording of a device.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from milk_coach.alexa import exercise as player
from milk_coach.content.breathing import load_breathing
from milk_coach.content.phrasebook import phrasebook_for
from milk_coach.domain.reply import Phrase
from tools.bench_breathing import PATTERNS, SECONDS, hear, measure
from tools.bench_breathing import exercise as asked_for
from tools.hearing import length_ms, sounds, speak
from tools.measure_cues import VOICES, measured, script

COMMITTED = load_breathing("en")
EXERCISE_PER_CENT, PHASE_S, FAST_OR_SLOW_PER_CENT = 3, 0.4, 8
OPENING_MS, RESPONSE_MS = 8_000, 200_000


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, int]]:
    wav = tmp_path_factory.mktemp("cues") / "cues.wav"
    return {name: measured(speak(script(name), wav, voice=voice)) for name, voice in VOICES.items()}


@pytest.fixture(autouse=True)
def _espeaks_own_table(tables: dict[str, dict[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    fitting = replace(COMMITTED, cue_ms=tables["normal"], whispered_cue_ms=tables["whispered"])
    monkeypatch.setattr(player, "load_breathing", lambda _language: fitting)


@pytest.mark.parametrize("whispered", [False, True], ids=["normal", "whispered"])
@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_it_keeps_its_time(pattern: str, seconds: int, whispered: bool, tmp_path: Path) -> None:
    heard = measure(pattern, seconds, 160, tmp_path / "x.wav", whispered=whispered)
    assert abs(heard.error) <= EXERCISE_PER_CENT
    assert heard.worst_phase <= PHASE_S
    assert all(leg.end_ms < RESPONSE_MS for leg in heard.legs)


@pytest.mark.parametrize("wpm", [130, 190])
@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_faster_or_slower_voice_hardly_moves_it(pattern: str, seconds: int, wpm: int, tmp_path: Path) -> None:
    heard = measure(pattern, seconds, wpm, tmp_path / "x.wav")
    assert abs(heard.error) <= FAST_OR_SLOW_PER_CENT
    assert heard.worst_phase <= PHASE_S


@pytest.mark.parametrize("whispered", [False, True], ids=["normal", "whispered"])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_opening_is_short(pattern: str, whispered: bool, tmp_path: Path) -> None:
    longest_to_say = asked_for(pattern, 4 * 60 + 37, whispered=whispered)[0]
    assert hear(longest_to_say, tmp_path / "x.wav", 160, whispered=whispered).opening_ms < OPENING_MS


@pytest.mark.parametrize("key", ["breathing.open.any", "breathing.open.any_with_hold"])
def test_so_is_the_general_one(key: str, tmp_path: Path) -> None:
    said = phrasebook_for("en-US").say([Phrase(key, {"length": "four and a half minutes"})]).ssml
    assert length_ms(speak(f"<speak>{said}</speak>", tmp_path / "x.wav")) < OPENING_MS


def test_the_ear_hears_what_was_said(tmp_path: Path) -> None:
    wav = speak('<speak>In. <break time="3000ms"/> Out.</speak>', tmp_path / "x.wav")
    first, second = sounds(wav)
    assert second.start - first.end == pytest.approx(3_000, abs=60)
    assert second.end <= length_ms(wav)


def test_the_committed_table_is_one_of_a_voice_like_it(tables: dict[str, dict[str, int]]) -> None:
    for committed, here in ((COMMITTED.cue_ms, tables["normal"]), (COMMITTED.whispered_cue_ms, tables["whispered"])):
        assert set(committed) == set(here)
        assert all(abs(committed[cue] - ms) <= 250 for cue, ms in here.items())
