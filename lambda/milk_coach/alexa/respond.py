"""Reply to response: speech, reprompt, card, and whether the session stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ask_sdk_model import Response
from ask_sdk_model.ui import Reprompt, SimpleCard, SsmlOutputSpeech

from milk_coach.domain.conversation import as_attributes
from milk_coach.domain.reply import Phrase, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ask_sdk_core.handler_input import HandlerInput

    from milk_coach.alexa.turn import Turn
    from milk_coach.content.phrasebook import Phrasebook
    from milk_coach.domain.reply import Part

_MOST_REMEMBERED = 8


def respond(handler_input: HandlerInput, turn: Turn, reply: Reply, book: Phrasebook) -> Response:
    """The response that says a reply, with the conversation kept for the next turn.

    A session stays open exactly when the reply asks something: a microphone never opens without a question.
    """
    if reply.silent:
        return Response()
    _remember(turn, reply)
    handler_input.attributes_manager.session_attributes = as_attributes(turn.conversation)
    again = reply.reprompt or reply.ask
    return Response(
        output_speech=_speech(book, turn, reply, [*reply.say, *filter(None, [reply.ask])]),
        reprompt=Reprompt(output_speech=_speech(book, turn, reply, [again])) if reply.ask and again else None,
        card=_card(book, reply),
        should_end_session=reply.ask is None,
    )


def _remember(turn: Turn, reply: Reply) -> None:
    conversation = turn.conversation
    phrases = tuple(part for part in reply.say if isinstance(part, Phrase))
    conversation.said = phrases if len(phrases) <= _MOST_REMEMBERED else phrases[:1]
    conversation.asked = reply.ask
    conversation.offer = reply.offer


def _speech(book: Phrasebook, turn: Turn, reply: Reply, parts: Iterable[Part]) -> SsmlOutputSpeech:
    ssml = book.say(parts, night=turn.night, pick=turn.pick).ssml
    if reply.whispered:
        ssml = f'<amazon:effect name="whispered">{ssml}</amazon:effect>'
    return SsmlOutputSpeech(ssml=f"<speak>{ssml}</speak>")


def _card(book: Phrasebook, reply: Reply) -> SimpleCard | None:
    if reply.card is None:
        return None
    text = "\n\n".join(book.say([phrase]).text for phrase in reply.card.text)
    return SimpleCard(title=book.wording(reply.card.title), content=text)
