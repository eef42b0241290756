"""The breathing exercise in conversation: how it starts, goes on, changes and ends."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from milk_coach.settings import Settings
from milk_coach.stores.memory import MemoryStore
from simulator.alexa import Answer
from tests.harness import Home
from tests.stores.faulty import FaultyStore

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CONTROLS = [
    "AMAZON.PauseIntent",
    "AMAZON.ResumeIntent",
    "AMAZON.StartOverIntent",
    "SlowerIntent",
    "ShorterIntent",
    "LongerIntent",
    "WhisperIntent",
]


@pytest.fixture
def home() -> Home:
    """A household at noon, so that nothing is whispered unasked."""
    return Home(now=NOON)


def breaths(answer: Answer) -> int:
    return len(re.findall(r"In\. <break", answer.ssml))


def seconds(answer: Answer) -> float:
    """The silences of an answer from its first cue on."""
    return sum(map(int, re.findall(r'(?:In|Out|Hold|Rest)\. <break time="(\d+)ms"', answer.ssml))) / 1000


def asks(answer: Answer, question: str) -> bool:
    return not answer.ended and answer.speech.endswith(question)


def test_one_minute_unless_told_otherwise(home: Home) -> None:
    answer = home.intent("BreatheIntent")
    assert breaths(answer) == 6
    assert answer.speech.startswith("One minute.")
    assert asks(answer, "Want another minute?")


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        ("PT0S", "shorter than I can do, so here's my shortest. Twenty seconds"),
        ("PT1H", "longer than I can do, so here's my longest. Twenty minutes"),
        ("P1D", "longer than I can do, so here's my longest. Twenty minutes"),
        ("PT90S", "A minute and a half"),
        ("soon", "One minute"),
    ],
)
def test_odd_durations_get_the_nearest_and_a_word(home: Home, duration: str, said: str) -> None:
    assert said in home.intent("BreatheIntent", duration=duration).speech


def test_an_unknown_pattern_is_said_so(home: Home) -> None:
    assert "don't know that one" in home.intent("BreatheIntent", pattern="wim hof").speech


@pytest.mark.parametrize("pattern", ["box", "four_seven_eight"])
def test_a_pattern_with_holds_opens_with_a_word_for_the_dizzy(home: Home, pattern: str) -> None:
    assert "dizzy, skip the hold" in home.intent("BreatheIntent", pattern=pattern).speech


def test_it_is_told_in_legs_of_a_length(home: Home) -> None:
    legs = [home.intent("BreatheIntent", duration="PT5M")]
    while asks(legs[-1], "Keep going?"):
        legs.append(home.intent("AMAZON.YesIntent"))
    assert [breaths(leg) for leg in legs] == [10, 10, 10]
    assert asks(legs[-1], "Want another minute?")


@pytest.mark.parametrize("going_on", ["AMAZON.YesIntent", "AMAZON.ResumeIntent", "AMAZON.NextIntent"])
def test_every_way_to_go_on_does(home: Home, going_on: str) -> None:
    home.intent("BreatheIntent", duration="PT4M")
    assert breaths(home.intent(going_on)) == 12
    assert "finished" in home.intent("AMAZON.ResumeIntent").speech


@pytest.mark.parametrize("ending", ["AMAZON.NoIntent", "AMAZON.StopIntent"])
def test_no_and_stop_end_kindly(home: Home, ending: str) -> None:
    home.intent("BreatheIntent", duration="PT4M")
    answer = home.intent(ending)
    assert answer.ended
    assert "Breathe as you like" in answer.speech


def test_a_pause_carries_on_at_the_breath_that_was_broken_off(home: Home) -> None:
    home.intent("BreatheIntent")
    home.clock.wait(seconds=35)
    assert asks(home.intent("AMAZON.PauseIntent"), "Ready to carry on?")
    home.clock.wait(minutes=2)
    assert breaths(home.intent("AMAZON.YesIntent")) == 4


@pytest.mark.parametrize("ending", ["AMAZON.StopIntent", "AMAZON.PauseIntent"])
def test_a_new_conversation_carries_on_within_ten_minutes(home: Home, ending: str) -> None:
    home.intent("BreatheIntent", duration="PT2M")
    home.clock.wait(seconds=60)
    home.intent(ending)
    home.alexa.walk_away()
    home.clock.wait(minutes=9)
    answer = home.intent("AMAZON.ResumeIntent")
    assert answer.speech.startswith("We'll carry on, one minute to go.")
    assert breaths(answer) == 7


def test_after_ten_minutes_there_is_nothing_to_carry_on(home: Home) -> None:
    home.intent("BreatheIntent")
    home.clock.wait(seconds=30)
    home.intent("AMAZON.StopIntent")
    home.clock.wait(minutes=11)
    assert "nothing to carry on" in home.intent("AMAZON.ResumeIntent").speech


def test_walking_away_at_a_leg_end_loses_nothing(home: Home) -> None:
    home.intent("BreatheIntent", duration="PT4M")
    home.clock.wait(minutes=3)
    home.alexa.walk_away()
    assert breaths(home.intent("AMAZON.ResumeIntent")) == 12


def test_slower_makes_every_breath_longer(home: Home) -> None:
    home.intent("BreatheIntent")
    answer = home.intent("SlowerIntent")
    assert breaths(answer) == 5
    assert 'Out. <break time="6' in answer.ssml
    home.intent("SlowerIntent")
    assert "as slow as I go" in home.intent("SlowerIntent").speech


def test_shorter_halves_what_is_left(home: Home) -> None:
    home.intent("BreatheIntent", duration="PT2M")
    assert breaths(home.intent("ShorterIntent")) == 6
    assert breaths(home.intent("ShorterIntent", duration="PT30S")) == 3
    assert "only thirty seconds left" in home.intent("ShorterIntent", duration="PT5M").speech


def test_one_more_minute_after_the_close_is_one_minute(home: Home) -> None:
    home.intent("BreatheIntent", pattern="box")
    answer = home.intent("LongerIntent", duration="PT1M")
    assert "one minute more" in answer.speech
    assert "Hold." in answer.speech
    assert seconds(answer) == pytest.approx(55, abs=3)


def test_one_more_minute_in_the_middle_is_added(home: Home) -> None:
    home.intent("BreatheIntent")
    home.clock.wait(seconds=40)
    assert breaths(home.intent("LongerIntent")) == 9


def test_longer_never_passes_twenty_minutes(home: Home) -> None:
    home.intent("BreatheIntent", duration="PT20M")
    assert "That makes twenty minutes" in home.intent("LongerIntent", duration="PT10M").speech


def test_start_over_begins_again(home: Home) -> None:
    home.intent("BreatheIntent", duration="PT2M")
    home.clock.wait(seconds=70)
    answer = home.intent("AMAZON.StartOverIntent")
    assert breaths(answer) == 12
    assert answer.speech.startswith("From the top.")


def test_start_over_without_an_exercise_says_the_answer_again(home: Home) -> None:
    first = home.intent("HormonesIntent")
    assert home.intent("AMAZON.StartOverIntent").speech == first.speech


def test_another_pattern_takes_the_time_that_is_left(home: Home) -> None:
    home.intent("BreatheIntent", duration="PT2M")
    home.clock.wait(seconds=70)
    answer = home.intent("BreatheIntent", pattern="box")
    assert answer.speech.startswith("One minute")
    assert "Hold." in answer.speech


@pytest.mark.parametrize("control", CONTROLS)
def test_without_an_exercise_every_control_says_something_sensible(home: Home, control: str) -> None:
    answer = home.intent(control)
    assert asks(answer, "?")
    assert breaths(answer) == 0
    assert "lost what yes was for" not in home.intent("AMAZON.YesIntent").speech


@pytest.mark.parametrize("control", CONTROLS)
def test_malformed_attributes_count_as_no_exercise(home: Home, control: str) -> None:
    home.intent("AMAZON.HelpIntent")
    home.alexa.device.attributes["breathing"] = {"pattern": "box", "left": "all", "leg": [None]}
    assert asks(home.intent(control), "?")


@pytest.mark.parametrize("offer", ["DeleteLogIntent", "UndoLetdownIntent"])
def test_carry_on_is_no_yes_to_what_needs_one(home: Home, offer: str) -> None:
    home.intent("LogLetdownIntent", side="left")
    home.clock.wait(hours=2)
    home.intent(offer)
    home.intent("AMAZON.ResumeIntent")
    assert "left" in home.intent("LastLetdownIntent").speech


def test_carry_on_after_an_answer_tells_its_rest(home: Home) -> None:
    answer = home.intent("StrongIntent")
    assert asks(answer, "?")
    assert "nothing to carry on" not in home.intent("AMAZON.ResumeIntent").speech


def test_whisper_on_request_and_for_good(home: Home) -> None:
    home.intent("BreatheIntent", duration="PT4M")
    assert "whispered" in home.intent("WhisperIntent").ssml
    assert "whispered" in home.intent("AMAZON.YesIntent").ssml


def test_a_wish_to_whisper_is_kept_for_the_exercise(home: Home) -> None:
    home.intent("WhisperIntent")
    assert "whispered" in home.intent("BreatheIntent", duration="PT2M").ssml


def test_at_night_it_is_whispered() -> None:
    night = Home(now=datetime(2026, 3, 2, 3, tzinfo=UTC))
    assert '<speak><amazon:effect name="whispered">' in night.intent("BreatheIntent").ssml


def test_in_a_running_feed_the_close_asks_for_the_milk(home: Home) -> None:
    home.intent("StartFeedIntent", side="left")
    answer = home.intent("BreatheIntent")
    assert "Say log it if your milk came." in answer.speech
    home.clock.wait(seconds=80)
    assert home.intent("AMAZON.YesIntent").speech.startswith("Left side")


def test_no_milk_yet_is_answered_kindly(home: Home) -> None:
    home.intent("StartFeedIntent", side="left")
    home.intent("BreatheIntent")
    assert "can take a few minutes" in home.intent("AMAZON.NoIntent").speech


def test_a_partner_is_asked_for_the_milk_not_your_milk(home: Home) -> None:
    home.intent("StartFeedIntent", side="left")
    home.intent("TalkToPartnerIntent")
    assert "your milk" not in home.intent("BreatheIntent").speech


def test_without_the_log_nothing_is_offered_to_log() -> None:
    home = Home(now=NOON, settings=Settings(log_on=False))
    assert asks(home.intent("BreatheIntent"), "Want another minute?")


def test_a_store_that_fails_never_breaks_the_exercise() -> None:
    store = FaultyStore(MemoryStore(), fail_at=1, lasting=True)
    home = Home(now=NOON, store=store)
    assert breaths(home.intent("BreatheIntent", duration="PT4M")) == 12
    home.clock.wait(seconds=40)
    assert asks(home.intent("AMAZON.PauseIntent"), "?")
    assert breaths(home.intent("AMAZON.ResumeIntent")) == 11
    assert home.intent("AMAZON.StopIntent").ended


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "en-CA", "en-AU", "en-IN"])
def test_it_is_the_same_in_every_locale(locale: str) -> None:
    assert breaths(Home(locale=locale, now=NOON).intent("BreatheIntent", duration="PT2M")) == 12
