"""Tips for the partner: one thing to do now, one a turn."""

from __future__ import annotations

from milk_coach.alexa.handler import Handler
from milk_coach.alexa.turn import Turn
from milk_coach.domain.conversation import PARTNER
from milk_coach.domain.reply import Offer, Phrase, Reply
from milk_coach.domain.tips import next_tip


class PartnerTipHandler(Handler):
    """ "What can I do to help?", "give the dad a tip", "another tip": a tip not given yet in this conversation."""

    handles = ("PartnerTipIntent", "NextTipIntent")

    def answer(self, turn: Turn) -> Reply:
        conversation = turn.conversation
        conversation.about("partner")
        conversation.audience = PARTNER
        tip = next_tip(self.coach.library(turn).tips, conversation.tips)
        if tip is None:
            conversation.tips = ()
            return Reply((Phrase("partner.all_given"),), Phrase("partner.from_the_top"), Offer("NextTipIntent"))
        conversation.tips = (*conversation.tips, tip)
        return Reply(
            (Phrase(f"tip.{tip}"),),
            Phrase("partner.another"),
            Offer("NextTipIntent", declined="partner.goodbye"),
        )
