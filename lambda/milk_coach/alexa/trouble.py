"""When something goes wrong: one redacted log line, and a sentence that helps."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from ask_sdk_core.dispatch_components import AbstractExceptionHandler
from ask_sdk_model import Response
from ask_sdk_model.ui import Reprompt, SsmlOutputSpeech

from milk_coach.content.phrasebook import DEFAULT_LOCALE
from milk_coach.domain.reply import Phrase

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput

    from milk_coach.alexa.coach import Coach

log = logging.getLogger("milk_coach")
UNHEARD = ("SessionEndedRequest", "System.ExceptionEncountered", "AlexaSkillEvent.")
"""How the types of requests begin that nobody hears: the platform wants no speech for them."""


class TroubleHandler(AbstractExceptionHandler):
    """Any exception inside a handler. The listener hears that it failed and that nothing was saved."""

    def __init__(self, coach: Coach) -> None:
        self.coach = coach

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Every exception ends here."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Log once, without the message (it may quote what was said), and answer."""
        request: Any = handler_input.request_envelope.request
        log_trouble(exception)
        if str(request.object_type).startswith(UNHEARD):
            return Response()
        return apology(self.coach, getattr(request, "locale", None))


def apology(coach: Coach, locale: str | None) -> Response:
    """The spoken answer when there is no other: what to say instead, with the session open."""
    book = coach.phrasebook(locale or DEFAULT_LOCALE)
    said = book.say([Phrase("error.trouble"), Phrase("error.ask_again")]).ssml
    again = book.say([Phrase("error.ask_again")]).ssml
    return Response(
        output_speech=SsmlOutputSpeech(ssml=f"<speak>{said}</speak>"),
        reprompt=Reprompt(output_speech=SsmlOutputSpeech(ssml=f"<speak>{again}</speak>")),
        should_end_session=False,
    )


def log_trouble(exception: BaseException) -> None:
    """One line: the exception's type and where it came from. Never its message, which may quote a person."""
    frame = exception.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where: Any = f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}" if frame else "unknown"
    log.error("trouble type=%s at=%s", type(exception).__name__, where)
