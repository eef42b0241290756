"""What nobody said aloud: the end of a session, and events about the skill."""

from __future__ import annotations

from milk_coach.alexa.handler import Handler
from milk_coach.alexa.turn import Turn
from milk_coach.domain.reply import SILENT, Reply

HANDLED_EVENTS = ("SessionEndedRequest",)
"""The unheard requests that a handler acts on; all others are acknowledged and ignored."""


class SessionEndedHandler(Handler):
    """The session is over: the platform takes no speech any more."""

    handles = ("SessionEndedRequest",)

    def answer(self, turn: Turn) -> Reply:
        return SILENT
