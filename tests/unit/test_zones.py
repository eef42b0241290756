"""Where the time zone comes from, and what happens when it does not come."""

from __future__ import annotations

import pytest
from ask_sdk_model.services import ApiClient, ApiClientResponse

from milk_coach import app
from milk_coach.alexa.turn import Turn
from milk_coach.domain.records import Preferences
from milk_coach.domain.slot import Slot
from milk_coach.settings import Settings
from milk_coach.stores.base import UserKey
from milk_coach.stores.memory import MemoryStore
from tests.harness import Home


class Zones(ApiClient):
    """A settings service that answers with these, one after the other, and counts how often it is asked."""

    def __init__(self, *answers: str | int | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0

    def invoke(self, request: object) -> ApiClientResponse:
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body = (answer, "") if isinstance(answer, int) else (200, f'"{answer}"')
        return ApiClientResponse(status_code=status, body=body, headers=[])


def home_with(zones: Zones) -> Home:
    home = Home()
    home.app = app.build(Settings(), store=MemoryStore(home.clock.milliseconds), api_client=zones)
    return home


def test_the_device_is_asked_once_a_week() -> None:
    zones = Zones("Asia/Kolkata", "Europe/Paris")
    home = home_with(zones)
    for _ in range(3):
        assert "eight forty" in home.intent("LogLetdownIntent", confirmed="yes").speech
    assert zones.asked == 1
    home.clock.wait(days=8)
    assert "four ten" in home.intent("LogLetdownIntent").speech
    assert zones.asked == 2


@pytest.mark.parametrize(
    "trouble", [OSError("down"), TimeoutError(), 204, 403, 500, "", "Mars/Base", "../../etc/passwd"]
)
def test_without_a_zone_no_clock_time_is_said_nor_understood(trouble: str | int | Exception) -> None:
    home = home_with(Zones(*[trouble] * 9))
    assert "Left side, now." in home.intent("LogLetdownIntent", side="left").speech
    home.clock.wait(minutes=20)
    assert home.intent("LastLetdownIntent").speech == "20 minutes ago, on the left.".replace("20", "Twenty")
    assert "haven't logged it" in home.intent("LogLetdownIntent", at=Slot("03:00")).speech


def test_a_question_does_not_wait_for_the_store() -> None:
    class Unreachable(MemoryStore):
        def preferences(self, user: UserKey) -> Preferences:
            raise AssertionError("a question has no business with the store")

    home = Home(store=Unreachable())
    assert home.intent("StrongIntent").topic == "strong"


def test_a_turn_is_named_by_its_request() -> None:
    home = Home()
    turn = Turn("X", home.clock(), "user", "request-1")
    assert turn.pick == Turn("Y", home.clock(), "user", "request-1").pick
