"""Questions about letdown, and the short follow-ups that refer to the last one."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from milk_coach.alexa.handler import Handler
from milk_coach.alexa.turn import Turn
from milk_coach.domain.conversation import PARTNER
from milk_coach.domain.questions import BREATHE, Question, intent_of
from milk_coach.domain.reply import Offer, Phrase, Reply

if TYPE_CHECKING:
    from milk_coach.understanding.interpreter import Interpretation


class AnswerQuestionHandler(Handler):
    """ "Why does my baby pull off when my milk comes?", "what is letdown": every question of the content."""

    @property
    def names(self) -> tuple[str, ...]:
        """One intent for each question but the partner's, which PartnerTipHandler answers."""
        return tuple(name for name in self.coach.question_intents if name != intent_of("partner"))

    def answer(self, turn: Turn) -> Reply:
        question = self.coach.questions(turn).asked_by(turn.intent)
        assert question is not None, "a handler is only called with its own intents"
        turn.conversation.about(question.topic, question.facet)
        to_partner = question.has_partner_form and turn.conversation.audience == PARTNER
        said = Phrase(f"{question.key}.partner" if to_partner else f"{question.key}.answer")
        if question.breathe_first:
            return Reply((said,), Phrase("breathing.invite"), Offer("BreatheIntent"))
        if question.has_more:
            return Reply((said,), Phrase(f"{question.key}.offer"), Offer("MoreIntent"))
        if turn.one_shot:
            return Reply((said,))
        return with_follow_up(self, turn, question, said)


class MoreHandler(Handler):
    """ "Tell me more", "go on", "next": the rest of the last answer, or whatever was offered."""

    handles = ("MoreIntent", "AMAZON.NextIntent")

    def answer(self, turn: Turn) -> Reply:
        conversation = turn.conversation
        question = self.coach.questions(turn).find(conversation.topic, conversation.facet)
        if question and question.has_more and not conversation.told_more:
            conversation.told_more = True
            return with_follow_up(self, turn, question, Phrase(f"{question.key}.more"))
        if (offer := conversation.offer) and offer.intent not in self.handles:
            return self.coach.perform(turn, offer.intent, offer.slots)
        if question:
            return with_follow_up(self, turn, question, Phrase("question.no_more"))
        return Reply((Phrase("question.about_what"),), self.coach.choices, Offer("AMAZON.HelpIntent"))


class FollowUpHandler(Handler):
    """ "Why?", "what helps?", "how long does it last?", "is that normal?", "how common is that?" """

    kinds = MappingProxyType(
        {
            "WhyIntent": "why",
            "WhatHelpsIntent": "helps",
            "HowLongIntent": "how_long",
            "HowCommonIntent": "how_common",
            "IsThatNormalIntent": "normal",
        }
    )
    handles = tuple(kinds)

    def answer(self, turn: Turn) -> Reply:
        kind = self.kinds[turn.intent]
        question = self.coach.questions(turn).find(turn.conversation.topic, turn.conversation.facet)
        if question is None and kind == "helps" and turn.conversation.audience == PARTNER:
            return self.coach.perform(turn, "PartnerTipIntent")
        if question is None:
            return Reply((Phrase("question.about_what"),), self.coach.choices, Offer("AMAZON.HelpIntent"))
        if topic := question.then.get(kind):
            return self.coach.perform(turn, intent_of(topic))
        if kind in question.asides:
            return with_follow_up(self, turn, question, Phrase(f"{question.topic_key}.{kind}"))
        return with_follow_up(self, turn, question, Phrase("question.unknown_detail"))


class SourceHandler(Handler):
    """ "Where does that come from?", "says who?": the sources of the last answer."""

    handles = ("SourceIntent",)

    def answer(self, turn: Turn) -> Reply:
        question = self.coach.questions(turn).find(turn.conversation.topic, turn.conversation.facet)
        sources = self.coach.library(turn).sources_of(question.facts) if question else ()
        if question is None or not sources:
            return self.coach.perform(turn, intent_of("sources"))
        said = tuple(Phrase(f"source.{source}") for source in sources[:2])
        return with_follow_up(self, turn, question, *said)


class AskQuestionHandler(Handler):
    """ "My baby ...", "why does ...": free text, understood here rather than by Alexa."""

    handles = ("AskQuestionIntent",)

    def answer(self, turn: Turn) -> Reply:
        local = turn.now.astimezone(turn.zone) if turn.zone else None
        heard = self.coach.interpreter(turn).interpret(turn.slot_text("question") or "", local)
        return replace(self._answer(turn, heard), heard=f"{heard.intent}:{heard.band}")

    def _answer(self, turn: Turn, heard: Interpretation) -> Reply:
        if heard.sure:
            first = self.coach.perform(turn, heard.intent, heard.slots)
            return self._and_also(turn, first, heard)
        if heard.choices:
            first_name, second_name = map(self._name_of, (turn, turn), heard.choices)
            ask = Phrase("conversation.did_you_mean", {"first": first_name, "second": second_name})
            return Reply(ask=ask, offer=Offer(heard.choices[0], declined="conversation.in_other_words"))
        return self.coach.perform(turn, "AMAZON.FallbackIntent")

    def _and_also(self, turn: Turn, first: Reply, heard: Interpretation) -> Reply:
        """The second of two things said in one breath, unless the first has to be answered before."""
        if first.ask or not heard.also:
            return first
        second = self.coach.perform(turn, heard.also[0].intent, heard.also[0].slots)
        return replace(second, say=(*first.say, *second.say))

    def _name_of(self, turn: Turn, intent: str) -> Phrase:
        question = self.coach.questions(turn).asked_by(intent)
        return Phrase(f"{question.key if question else 'question.partner'}.name")


def with_follow_up(handler: Handler, turn: Turn, question: Question, *said: Phrase) -> Reply:
    """What was said, then the offer of what a listener most often wants next and has not heard yet."""
    questions = handler.coach.questions(turn)
    following = questions.next_unheard(question, turn.conversation.told)
    if following is None:
        return Reply(said, Phrase("conversation.anything_else"), Offer("OpenQuestionIntent"))
    if following == BREATHE:
        return Reply(said, Phrase("breathing.invite"), Offer("BreatheIntent"))
    return Reply(said, Phrase(f"question.{following}.invite"), Offer(intent_of(following)))
