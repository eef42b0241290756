"""The turns that every conversation has: opening, help, yes and no, again, and goodbye."""

from __future__ import annotations

from milk_coach.alexa.exercise import is_whispered, leave
from milk_coach.alexa.handler import Handler
from milk_coach.alexa.turn import Turn
from milk_coach.domain.clock import epoch_ms
from milk_coach.domain.conversation import PARENT, PARTNER
from milk_coach.domain.reply import Offer, Phrase, Reply


class LaunchHandler(Handler):
    """ "Open milk coach." """

    handles = ("LaunchRequest",)
    uses_store = True

    def answer(self, turn: Turn) -> Reply:
        known = self.coach.household.preferences(turn)
        met = known is not None and known.last_disclaimer_at is not None
        if not met:
            self.coach.household.remember(turn, last_disclaimer_at=epoch_ms(turn.now))
        greeting = Phrase("launch.returning" if met else self._first)
        return Reply((greeting,), self.coach.choices, Offer("AMAZON.HelpIntent"))

    @property
    def _first(self) -> str:
        return "launch.first" if self.coach.settings.log_on else "launch.first_without_log"


class HelpHandler(Handler):
    """ "Help", "what can you do?": what makes sense to say right now, first."""

    handles = ("AMAZON.HelpIntent",)

    def answer(self, turn: Turn) -> Reply:
        conversation = turn.conversation
        if conversation.audience == PARTNER:
            ask = Phrase("partner.another" if conversation.tips else "partner.invite_tip")
            return Reply((Phrase("help.partner"),), ask, Offer("NextTipIntent", declined="partner.goodbye"))
        if conversation.breathing:
            return Reply((Phrase("help.breathing"),), Phrase("breathing.keep_going"), Offer("AMAZON.ResumeIntent"))
        if conversation.topic:
            return Reply((Phrase("help.topic"),), Phrase("help.topic_ask"), Offer("MoreIntent"))
        said = Phrase("help.general" if self.coach.settings.log_on else "help.general_without_log")
        return Reply((said, Phrase("help.disclaimer")), self.coach.choices, Offer("OpenQuestionIntent"))


class GreetingHandler(Handler):
    """ "Hello", "are you awake?" """

    handles = ("GreetingIntent",)

    def answer(self, turn: Turn) -> Reply:
        return Reply((Phrase("launch.returning"),), self.coach.choices, Offer("AMAZON.HelpIntent"))


class OpenQuestionHandler(Handler):
    """ "I have a question", "can I ask you something?" """

    handles = ("OpenQuestionIntent",)

    def answer(self, turn: Turn) -> Reply:
        return Reply(ask=Phrase("conversation.ask_away"), reprompt=Phrase("conversation.for_example"))


class FallbackHandler(Handler):
    """What nobody understood: say what can be asked, and stay."""

    handles = ("AMAZON.FallbackIntent",)

    def answer(self, turn: Turn) -> Reply:
        key = "fallback.partner" if turn.conversation.audience == PARTNER else "fallback.parent"
        return Reply((Phrase(key),), self.coach.choices, Offer("AMAZON.HelpIntent"))


class LetDownByHandler(Handler):
    """ "My boss really let me down": a letdown that has nothing to do with milk. Nothing is logged."""

    handles = ("LetDownByIntent",)

    def answer(self, turn: Turn) -> Reply:
        return Reply((Phrase("conversation.let_down_by"),), Phrase("breathing.invite"), Offer("BreatheIntent"))


class RepeatHandler(Handler):
    """ "Say that again." """

    handles = ("AMAZON.RepeatIntent",)

    def answer(self, turn: Turn) -> Reply:
        conversation = turn.conversation
        book = self.coach.phrasebook(turn.locale)
        if not conversation.said and not conversation.asked:
            return Reply((Phrase("conversation.nothing_said"),), self.coach.choices, Offer("AMAZON.HelpIntent"))
        said = tuple(phrase for phrase in conversation.said if phrase.key in book)
        asked = conversation.asked if conversation.asked and conversation.asked.key in book else self.coach.choices
        return Reply(said, asked, conversation.offer)


class YesHandler(Handler):
    """ "Yes": carry out what was offered."""

    handles = ("AMAZON.YesIntent",)

    def answer(self, turn: Turn) -> Reply:
        offer = turn.conversation.offer
        if offer is None or not self.coach.knows(offer.intent) or offer.intent in self.names:
            return Reply((Phrase("conversation.yes_to_what"),), self.coach.choices, Offer("AMAZON.HelpIntent"))
        return self.coach.perform(turn, offer.intent, offer.slots)


class NoHandler(Handler):
    """ "No", "no thanks": leave what was offered, kindly."""

    handles = ("AMAZON.NoIntent",)

    def answer(self, turn: Turn) -> Reply:
        offer = turn.conversation.offer
        if turn.conversation.in_crisis:
            return Reply(ask=Phrase("safety.here_still"), offer=offer, reprompt=turn.conversation.said_last)
        declined = offer.declined if offer and offer.declined in self.coach.phrasebook(turn.locale) else None
        return Reply((Phrase(declined or "conversation.goodbye"),))


class StopHandler(Handler):
    """ "Stop", "cancel", "that's enough": close at once. A breathing exercise can be carried on later."""

    handles = ("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent")

    def answer(self, turn: Turn) -> Reply:
        if exercise := leave(self.coach, turn):
            return Reply((Phrase("breathing.stopped"),), whispered=is_whispered(turn, exercise))
        return Reply((Phrase("conversation.goodbye"),))


class ThanksHandler(Handler):
    """ "Thank you", "cheers": the listener is done unless they say more."""

    handles = ("ThanksIntent",)

    def answer(self, turn: Turn) -> Reply:
        return Reply((Phrase("conversation.welcome"),))


class AudienceHandler(Handler):
    """ "I'm the dad", "it's me again, the one feeding": whom we speak to from now on."""

    handles = ("TalkToPartnerIntent", "TalkToParentIntent")

    def answer(self, turn: Turn) -> Reply:
        if turn.intent == "TalkToPartnerIntent":
            turn.conversation.audience = PARTNER
            return Reply((Phrase("partner.hello"),), Phrase("partner.invite_tip"), Offer("NextTipIntent"))
        turn.conversation.audience = PARENT
        return Reply((Phrase("conversation.hello_parent"),), self.coach.choices, Offer("AMAZON.HelpIntent"))
