"""Red flags: the number first, nothing after it."""

from __future__ import annotations

from milk_coach.alexa.coach import ABOUT_ANOTHER
from milk_coach.alexa.handler import Handler
from milk_coach.alexa.turn import Turn
from milk_coach.domain.conversation import PARTNER
from milk_coach.domain.reply import Offer, Phrase, Reply


class CrisisHandler(Handler):
    """ "My baby isn't breathing", "I want to die": whom to call, at once; we stay and say it again after a silence."""

    handles = ("BabyEmergencyIntent", "SelfHarmIntent")

    def answer(self, turn: Turn) -> Reply:
        emergency = turn.intent == "BabyEmergencyIntent"
        turn.conversation.about("baby_emergency" if emergency else "self_harm")
        about_another = ABOUT_ANOTHER in turn.slots or turn.conversation.audience == PARTNER
        key = (
            "safety.baby_emergency"
            if emergency
            else "safety.self_harm_partner"
            if about_another
            else "safety.self_harm"
        )
        numbers = self.coach.numbers(turn)
        return Reply(
            (Phrase(key, numbers),),
            Phrase("safety.here"),
            Offer("AMAZON.RepeatIntent", declined="safety.here_still"),
            reprompt=Phrase(f"{key}_reprompt", numbers),
        )


class DespairHandler(Handler):
    """ "I can't do this any more": no word of harm. A warm answer that asks; yes is a crisis."""

    handles = ("DespairIntent",)

    def answer(self, turn: Turn) -> Reply:
        turn.conversation.about("despair")
        numbers = self.coach.numbers(turn)
        return Reply(
            (Phrase("safety.despair", numbers),),
            Phrase("safety.despair_ask"),
            Offer("SelfHarmIntent", declined="safety.despair_no"),
            reprompt=Phrase("safety.despair_reprompt", numbers),
        )


class CallTodayHandler(Handler):
    """ "I've got a hot red lump and a fever", "hardly any wet diapers": whom to contact today, and no more."""

    handles = ("FeverLumpIntent", "FewWetDiapersIntent")
    topics = {"FeverLumpIntent": "fever_lump", "FewWetDiapersIntent": "few_wet_diapers"}

    def answer(self, turn: Turn) -> Reply:
        topic = self.topics[turn.intent]
        turn.conversation.about(topic)
        said = (Phrase(f"safety.{topic}", self.coach.numbers(turn)),)
        if turn.one_shot:
            return Reply(said)
        return Reply(said, Phrase("safety.say_again"), Offer("AMAZON.RepeatIntent", declined="safety.take_care"))
