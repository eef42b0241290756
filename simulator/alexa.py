"""A household's Alexa: keeps the session, sends what was said to the skill, and hands back what it answers."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from html import unescape
from typing import Any
from xml.etree import ElementTree

from milk_coach.domain.slot import Slot, Slots
from milk_coach.understanding.interpreter import Interpreter
from simulator.envelope import Device, intent_request, launch_request, session_ended_request

Skill = Callable[[object, object], dict[str, Any]]
_WAKE = re.compile(
    r"^(?:alexa[ ,]*)?(?:(?:ask|tell|open|launch|start|begin)\s+)?milk coach\b[ ,]*(?:to |about |that )?", re.I
)


@dataclass(frozen=True)
class Answer:
    """What came back: the intent and slots that were sent, and what the skill said."""

    said: str
    intent: str
    slots: dict[str, str]
    ssml: str = ""
    reprompt: str = ""
    topic: str | None = None
    ended: bool = False
    card: dict[str, Any] | None = None
    response: dict[str, Any] = field(default_factory=dict)

    @property
    def speech(self) -> str:
        """What was said, as plain text."""
        return plain(self.ssml)


class Alexa:
    """Talks to a skill on behalf of a device."""

    def __init__(
        self, skill: Skill, interpreter: Interpreter, device: Device, clock: Callable[[], datetime], zone: tzinfo = UTC
    ) -> None:
        self._skill = skill
        self._interpreter = interpreter
        self.device = device
        self._clock = clock
        self._zone = zone

    def launch(self) -> Answer:
        """ "Alexa, open milk coach." """
        return self._send("", "LaunchRequest", {}, launch_request(self.device, self._clock()))

    def hear(self, sentence: str) -> Answer:
        """What the skill answers to a sentence; outside a session it is a one-shot."""
        words = _WAKE.sub("", sentence.strip()).strip()
        if not words:
            return self.launch()
        heard = self._interpreter.interpret(words)
        if not heard.sure or heard.also:  # the skill itself says what it is unsure of, or does both
            return self.send(sentence, "AskQuestionIntent", {"question": Slot(words)})
        dated = self._interpreter.interpret(words, self._clock().astimezone(self._zone))
        return replace(self.send(sentence, heard.intent, dated.slots), slots=_shown(heard.slots))

    def send(self, said: str, intent: str, slots: Slots) -> Answer:
        """Send an intent as Alexa would, however it was understood."""
        return self._send(said, intent, slots, intent_request(self.device, self._clock(), intent, slots))

    def walk_away(self) -> None:
        """Nobody answers any more: the skill is told that its session ended."""
        if self.device.in_session:
            self._skill(session_ended_request(self.device, self._clock(), "EXCEEDED_MAX_REPROMPTS"), None)
        self.device.close()

    def _send(self, said: str, name: str, slots: Slots, envelope: dict[str, Any]) -> Answer:
        answered = self._skill(envelope, None)
        response = answered.get("response", {})
        self.device.attributes = answered.get("sessionAttributes") or {}
        topic = self.device.attributes.get("topic")
        ended = bool(response.get("shouldEndSession", False))
        if ended:
            self.device.close()
        return Answer(
            said=said,
            intent=name,
            slots=_shown(slots),
            ssml=response.get("outputSpeech", {}).get("ssml", ""),
            reprompt=response.get("reprompt", {}).get("outputSpeech", {}).get("ssml", ""),
            topic=topic,
            ended=ended,
            card=response.get("card"),
            response=answered,
        )


def _shown(slots: Slots) -> dict[str, str]:
    """Slots as a person reads them: values by their names, a feeling by the word that was said for it.

    A span of time ("last night") is shown as the period too: to a person they are one thing.
    """
    shown = {name: (slot.id or slot.text).replace("_", " ") for name, slot in slots.items()}
    if "feeling" in slots:
        shown["feeling"] = slots["feeling"].text.removeprefix("felt ")
    if "span" in shown:
        shown["period"] = shown["span"]
    return shown


def plain(ssml: str) -> str:
    """SSML as the sentence somebody hears, without its markup."""
    if not ssml:
        return ""
    words = "".join(ElementTree.fromstring(_without_prefixes(ssml)).itertext())
    return unescape(re.sub(r"\s+", " ", words)).strip()


def spoken_lines(ssml: str) -> list[str]:
    """The sentence with its pauses shown: a short one as "…", one of a second or more as "… 4 s …" """
    if not ssml:
        return []
    shown = re.sub(r'<break time="(\d+)ms"/>', lambda found: f" {_pause_mark(int(found[1]))} ", _without_prefixes(ssml))
    words = "".join(ElementTree.fromstring(shown).itertext())
    return textwrap.wrap(unescape(re.sub(r"\s+", " ", words)).strip(), width=88)


def _pause_mark(ms: int) -> str:
    return "…" if ms < 1000 else f"… {ms / 1000:g} s …"


def _without_prefixes(ssml: str) -> str:
    return re.sub(r"(</?)amazon:", r"\1", ssml)
