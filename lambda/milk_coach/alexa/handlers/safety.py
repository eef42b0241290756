"""Red flags: the number first, nothing after it."""

from __future__ import annotations

from milk_coach.alexa.handler import Handler
from milk_coach.alexa.turn import Turn
from milk_coach.domain.reply import Offer, Phrase, Reply


class CrisisHandler(Handler):
    """ "My baby isn't breathing", "I want to die": whom to call, at once; we stay and say it again after a silence."""

    handles = ("BabyEmergencyIntent", "SelfHarmIntent", "DespairIntent")
    topics = {"BabyEmergencyIntent": "baby_emergency", "SelfHarmIntent": "self_harm", "DespairIntent": "despair"}

    def answer(self, turn: Turn) -> Reply:
        topic = self.topics[turn.intent]
        turn.conversation.about(topic)
        numbers = self.coach.numbers(turn)
        return Reply(
            (Phrase(f"safety.{topic}", numbers),),
            Phrase("safety.here"),
            Offer("AMAZON.RepeatIntent", declined="safety.here_still"),
            reprompt=Phrase(f"safety.{topic}_reprompt", numbers),
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
