"""What all handlers share: the way from a request to a response."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from milk_coach.alexa.respond import respond
from milk_coach.alexa.turn import Turn, name_of, read_turn
from milk_coach.domain.reply import Reply

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

    from milk_coach.alexa.coach import Coach

log = logging.getLogger("milk_coach")


class Handler(AbstractRequestHandler):
    """Answers the requests it `handles`: subclasses say which, and write `answer`."""

    handles: ClassVar[tuple[str, ...]] = ()
    uses_store: ClassVar[bool] = False

    def __init__(self, coach: Coach) -> None:
        self.coach = coach

    @property
    def names(self) -> tuple[str, ...]:
        """The intents and request types answered here; a handler of generated intents overrides this."""
        return self.handles

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the request is one of its own (the SDK calls this by keyword)."""
        return name_of(handler_input) in self.names

    def handle(self, handler_input: HandlerInput) -> Response:
        """Request to turn, turn to reply, reply to response; and the turn's one log line."""
        started = perf_counter()
        turn = self.coach.household.with_zone(read_turn(handler_input), handler_input, stored=self.uses_store)
        reply = self.coach.answer(turn)
        response = respond(handler_input, turn, reply, self.coach.phrasebook(turn.locale))
        passed = (perf_counter() - started) * 1000
        log.info("turn intent=%s heard=%s outcome=%s ms=%d", turn.intent, reply.heard or "-", reply.outcome, passed)
        return response

    def answer(self, turn: Turn) -> Reply:
        """The reply to a turn: phrase keys and facts."""
        raise TypeError(f"{type(self).__name__} has no answer")
