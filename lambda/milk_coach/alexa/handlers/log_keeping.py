"""The log as a whole: sending it, deleting it, and what is kept."""

from __future__ import annotations

from milk_coach.alexa.handler import Handler
from milk_coach.alexa.handlers.log import LogHandler
from milk_coach.alexa.log_phrases import on_side
from milk_coach.alexa.turn import Turn
from milk_coach.domain.clock import from_ms
from milk_coach.domain.records import Letdown
from milk_coach.domain.reply import Card, Offer, Phrase, Reply
from milk_coach.domain.windows import Window, window
from milk_coach.stores.base import StoreError

_MOST_ON_A_CARD = 100  # a card holds 8,000 characters, and a line at most seventy


class DeleteLogHandler(LogHandler):
    """ "Delete my log", "erase everything": asks first; only a yes deletes."""

    handles = ("DeleteLogIntent",)

    def reply(self, turn: Turn) -> Reply:
        if "confirmed" not in turn.slots:
            ask = Offer("DeleteLogIntent", {"confirmed": "yes"}, declined="log.nothing_deleted")
            return Reply(ask=Phrase("log.delete_ask"), offer=ask)
        try:
            self.store.delete_all(self.user(turn))
        except StoreError:
            return Reply((Phrase("log.not_deleted"),))
        turn.conversation.zone = None
        return Reply((Phrase("log.deleted"),))


class SendLogHandler(LogHandler):
    """ "Send my log to my phone"; after an answer, "send me that" sends the answer."""

    handles = ("SendLogIntent",)
    saves = False

    def answer(self, turn: Turn) -> Reply:
        question = self.coach.questions(turn).find(turn.conversation.topic, turn.conversation.facet)
        if question is not None and turn.conversation.said and question.topic != "partner":
            more = (Phrase(f"{question.key}.more"),) if question.has_more else ()
            card = Card(Phrase("log.answer_title"), (Phrase(f"{question.key}.answer"), *more))
            return Reply((Phrase("log.sent"),), card=card)
        return super().answer(turn)

    def reply(self, turn: Turn) -> Reply:
        stretch = window(turn.now, turn.zone, "last_seven_days")
        letdowns = self.letdowns_in(turn, stretch)[:_MOST_ON_A_CARD] if isinstance(stretch, Window) else []
        if not letdowns:
            return Reply((Phrase("log.nothing_to_send"),))
        lines = tuple(_line(turn, one) for one in letdowns)
        return Reply((Phrase("log.sent"),), card=Card(Phrase("log.card_title"), lines))


class PrivacyHandler(Handler):
    """ "What do you keep about me?" """

    handles = ("PrivacyIntent",)

    def answer(self, turn: Turn) -> Reply:
        if not self.coach.settings.log_on:
            return Reply((Phrase("log.privacy_without_log"),))
        return Reply((Phrase("log.privacy"),), Phrase("log.privacy_offer"), Offer("DeleteLogIntent"))


def _line(turn: Turn, letdown: Letdown) -> Phrase:
    local = from_ms(letdown.at).astimezone(turn.zone) if turn.zone else from_ms(letdown.at)
    values: dict[str, str | int | Phrase] = {
        "day": f"{local:%A} {local.day}",
        "time": f"{local:%H:%M}" + ("" if turn.zone else " UTC"),
    }
    if letdown.side == "unknown":
        return Phrase("log.line_pumping" if letdown.source == "pumping" else "log.line", values)
    key = "log.line_side_pumping" if letdown.source == "pumping" else "log.line_side"
    return Phrase(key, {**values, "where": on_side(letdown.side)})
