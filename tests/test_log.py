"""The log through the whole skill: what is said is stored, what cannot be stored is said, and nothing is invented."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime

import pytest

from milk_coach.domain.slot import Slot
from milk_coach.settings import Settings
from milk_coach.stores.base import Conflict, UserKey, user_key
from milk_coach.stores.memory import MemoryStore
from simulator.envelope import intent_request
from tests.harness import START, Clock, Home
from tests.stores.faulty import FaultyStore

NIGHT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SAVED = re.compile(r"^(Left|Right|Both|Got it|Logged|Pumping)\b")
FAILED = "Nothing was saved"
WRITES = {
    "LogLetdownIntent": {"side": Slot("left", ("left",))},
    "ChangeLetdownIntent": {"side": Slot("right", ("right",))},
    "UndoLetdownIntent": {},
    "StartFeedIntent": {},
    "StopFeedIntent": {},
    "SwitchSideIntent": {"side": Slot("right", ("right",))},
    "DeleteLogIntent": {"confirmed": Slot("yes", ("yes",))},
}
READS = [
    "LastLetdownIntent",
    "CountLetdownsIntent",
    "TimeToLetdownIntent",
    "UsualSideIntent",
    "FeedTimeIntent",
    "SendLogIntent",
]
USER = UserKey(user_key(Home().alexa.device.user_id))


def letdowns(home: Home) -> list[tuple[str, str, str | None]]:
    return [(one.side, one.source, one.feeling) for one in home.store.latest(USER, 50)]


def with_a_past(store: FaultyStore, clock: Clock) -> Home:
    """A household with one letdown half an hour ago and a feed that has run for five minutes on the left."""
    home = Home(store=store)
    home.clock.now = clock.now
    home.intent("LogLetdownIntent", side="left", ago=Slot("PT30M"))
    home.intent("StartFeedIntent", side="left")
    home.clock.wait(minutes=5)
    return home


@pytest.mark.parametrize("lasting", [True, False], ids=["stays down", "once"])
@pytest.mark.parametrize("intent", WRITES)
def test_a_fault_of_any_call_is_said_and_leaves_nothing_half_written(intent: str, lasting: bool) -> None:
    for fail_at in range(1, 12):
        clock = Clock(START)
        inner = MemoryStore(clock.milliseconds)
        store = FaultyStore(inner)
        home = with_a_past(store, clock)
        before = (inner.latest(USER, 9), inner.latest_feeds(USER, 9))
        store.fail_at, store.lasting, store.calls = fail_at, lasting, []
        answer = home.alexa.send("", intent, WRITES[intent])
        if len(store.calls) < fail_at:
            break
        after = (inner.latest(USER, 9), inner.latest_feeds(USER, 9))
        assert "went wrong" not in answer.speech
        if FAILED in answer.speech or "couldn't" in answer.speech:
            assert before == after or "ended the old feed" in answer.speech
        elif intent == "LogLetdownIntent":
            assert SAVED.match(answer.speech)
            assert len(after[0]) == len(before[0]) + 1
    else:
        pytest.fail("the calls of one turn never end")


@pytest.mark.parametrize("intent", READS)
def test_a_log_that_cannot_be_read_is_said_to_be_so(intent: str) -> None:
    store = FaultyStore(MemoryStore(), fail_at=1, lasting=True)
    answer = Home(store=store).intent(intent)
    assert "can't reach your log" in answer.speech
    assert len(store.calls) == 1, "a store that failed is not asked again in the same turn"


@pytest.mark.parametrize(
    "intent", ["StrongIntent", "BreatheIntent", "PartnerTipIntent", "AMAZON.HelpIntent", "SelfHarmIntent"]
)
def test_questions_and_breathing_work_without_the_store(intent: str) -> None:
    home = Home(store=FaultyStore(MemoryStore(), fail_at=1, lasting=True))
    home.alexa.launch()
    answer = home.intent(intent)
    assert "went wrong" not in answer.speech
    assert "log right now" not in answer.speech


def test_a_conflict_with_another_device_is_said() -> None:
    store = FaultyStore(MemoryStore(), fault=Conflict)
    home = Home(store=store)
    home.intent("LogLetdownIntent", side="left")
    store.calls, store.fail_at = [], 3
    assert FAILED in home.intent("ChangeLetdownIntent", side="right").speech or store.calls[2] != "change_letdown"
    assert letdowns(home) in ([("left", "unknown", None)], [("right", "unknown", None)])


def test_a_repeated_delivery_stores_once_and_is_confirmed_alike() -> None:
    home = Home(now=NIGHT)
    event = intent_request(home.alexa.device, NIGHT, "LogLetdownIntent", {"side": Slot("left", ("left",))})
    first, second = home.app.answer(event), home.app.answer(event)
    assert first["response"]["outputSpeech"] == second["response"]["outputSpeech"]
    assert letdowns(home) == [("left", "unknown", None)]


def test_another_within_half_a_minute_is_asked_about_and_yes_stores_it() -> None:
    home = Home()
    home.intent("LogLetdownIntent", side="left")
    home.clock.wait(seconds=20)
    assert home.intent("LogLetdownIntent").speech.endswith("Another one?")
    assert len(letdowns(home)) == 1
    home.intent("AMAZON.YesIntent")
    assert len(letdowns(home)) == 2


def test_a_detail_said_a_moment_later_completes_the_entry() -> None:
    home = Home()
    home.alexa.launch()
    assert home.intent("LogLetdownIntent").speech.endswith("Which side?")
    home.clock.wait(seconds=40)
    home.intent("LogLetdownIntent", side="right")
    assert letdowns(home) == [("right", "unknown", None)]


def test_the_side_is_asked_for_once_at_most_and_may_stay_unknown() -> None:
    home = Home()
    home.alexa.launch()
    assert home.intent("LogLetdownIntent").speech.endswith("Which side?")
    home.clock.wait(minutes=5)
    assert home.intent("LogLetdownIntent").ended
    assert letdowns(home) == [("unknown", "unknown", None)] * 2


def test_the_side_comes_from_the_running_feed() -> None:
    home = Home()
    home.intent("StartFeedIntent", side="left", source="pumping")
    home.clock.wait(minutes=2)
    assert "Two minutes in" in home.intent("LogLetdownIntent").speech
    home.intent("SwitchSideIntent")
    home.clock.wait(minutes=1)
    home.intent("LogLetdownIntent")
    assert letdowns(home) == [("right", "pumping", None), ("left", "pumping", None)]


def test_the_usual_is_told_with_the_log() -> None:
    home = Home()
    for _ in range(4):
        home.intent("StartFeedIntent")
        home.clock.wait(minutes=2)
        said = home.intent("LogLetdownIntent").speech
        home.intent("StopFeedIntent")
        home.clock.wait(hours=3)
    assert "Two minutes in, your usual." in said
    assert "two minutes" in home.intent("TimeToLetdownIntent").speech


@pytest.mark.parametrize(("feeling", "offered"), [("painful", "pain"), ("sad", "dmer_help")])
def test_a_bad_feeling_is_answered_kindly_and_help_is_offered(feeling: str, offered: str) -> None:
    home = Home()
    home.intent("LogLetdownIntent", feeling=feeling)
    assert letdowns(home) == [("unknown", "unknown", feeling)]
    assert home.intent("AMAZON.YesIntent").topic == offered


@pytest.mark.parametrize("feeling", ["happy", "sleepy", "calm", "anxious", "tingling", "none"])
def test_every_feeling_of_the_model_can_be_stored(feeling: str) -> None:
    home = Home()
    assert SAVED.match(home.intent("LogLetdownIntent", feeling=feeling).speech)
    assert letdowns(home) == [("unknown", "unknown", feeling)]


def test_five_minutes_without_letdown_bring_advice_and_breathing() -> None:
    home = Home()
    home.intent("StartFeedIntent")
    home.clock.wait(minutes=6)
    for intent in ("TimeToLetdownIntent", "FeedTimeIntent", "NoLetdownLongIntent"):
        answer = home.intent(intent)
        assert "lactation consultant" in answer.speech
        assert answer.speech.endswith("breathe with me for a minute?")


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({"ago": "P3D"}, "two days back"),
        ({"ago": "nonsense"}, "didn't catch the time"),
        ({"at": "03:05", "date": "2026-03-09"}, "hasn't come yet"),
        ({"date": "2026-W09"}, "didn't catch the time"),
    ],
)
def test_a_time_that_cannot_be_is_asked_about_and_nothing_is_stored(slots: dict[str, str], said: str) -> None:
    home = Home()
    answer = home.intent("LogLetdownIntent", side="left", **{name: Slot(value) for name, value in slots.items()})
    assert said in answer.speech
    assert answer.speech.endswith("How long ago was it?")
    assert letdowns(home) == []
    home.intent("LogLetdownIntent", ago=Slot("PT10M"))
    assert letdowns(home) == [("left", "unknown", None)], "what was said before the question is kept"


def test_undo_takes_back_what_was_logged_last_even_for_an_earlier_time() -> None:
    home = Home()
    home.intent("LogLetdownIntent", side="left")
    home.clock.wait(minutes=1)
    home.intent("LogLetdownIntent", side="right", ago=Slot("PT3H"))
    assert "on the right" in home.intent("UndoLetdownIntent").speech
    assert letdowns(home) == [("left", "unknown", None)]


def test_undo_of_an_old_entry_asks_first() -> None:
    home = Home()
    home.intent("LogLetdownIntent")
    home.clock.wait(hours=2)
    assert home.intent("UndoLetdownIntent").speech.endswith("Shall I remove it?")
    assert len(letdowns(home)) == 1
    home.intent("AMAZON.YesIntent")
    assert letdowns(home) == []


@pytest.mark.parametrize("anything_else", ["AMAZON.NoIntent", "StrongIntent", "AMAZON.StopIntent", "AMAZON.HelpIntent"])
def test_only_yes_deletes_the_log(anything_else: str) -> None:
    home = Home()
    home.intent("LogLetdownIntent")
    home.intent("DeleteLogIntent")
    home.intent(anything_else)
    home.intent("AMAZON.YesIntent")
    assert len(letdowns(home)) == 1
    home.intent("DeleteLogIntent")
    assert home.intent("AMAZON.YesIntent").speech == "Everything is deleted."
    assert letdowns(home) == []


def test_another_zone_than_yesterdays_moves_no_entry() -> None:
    home = Home(zone="America/New_York", now=NIGHT)
    home.intent("LogLetdownIntent", side="left")
    there = Home(zone="Europe/Paris", now=NIGHT, store=home.store)
    there.requests = itertools.count(100)
    there.clock.wait(days=8)
    there.intent("LogLetdownIntent", side="right")
    assert [one.at for one in home.store.latest(USER, 9)][1] == int(NIGHT.timestamp() * 1000)


def test_a_log_that_is_switched_off_stores_nothing() -> None:
    home = Home(settings=Settings(log_on=False))
    for intent, slots in WRITES.items():
        assert "doesn't keep a log" in home.alexa.send("", intent, slots).speech
    assert letdowns(home) == []


def test_the_card_is_readable_and_short_enough() -> None:
    home = Home(zone="Europe/London", now=datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
    for _ in range(150):
        home.intent("LogLetdownIntent", side="both", source="pumping", confirmed="yes")
        home.clock.wait(minutes=30)
    card = home.intent("SendLogIntent").card
    assert card is not None
    assert len(card["title"] + card["content"]) < 8_000
    assert re.match(r"\w+ \d+, \d\d:\d\d, on both sides, while pumping\n", card["content"])
