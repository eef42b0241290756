"""The breathing exercise: starting it, and what can be said while it lasts."""

from __future__ import annotations

from dataclasses import replace

from milk_coach.alexa.exercise import (
    asked_for_more,
    breathing_of,
    current,
    is_whispered,
    keep,
    last_said,
    left_lately,
    length,
    play,
    under_way,
)
from milk_coach.alexa.handler import Handler
from milk_coach.alexa.turn import Turn
from milk_coach.domain.breathing import SHORTEST_MS, nearest_length
from milk_coach.domain.clock import epoch_ms
from milk_coach.domain.exercise import Exercise
from milk_coach.domain.questions import intent_of
from milk_coach.domain.reply import Offer, Phrase, Reply
from milk_coach.domain.time_values import parse_duration

WHISPER = {"whisper": "yes"}
"""The slots of an offer to breathe in a whisper."""
_HARMLESS = ("MoreIntent", "NextTipIntent", "BreatheIntent")


class BreatheHandler(Handler):
    """ "Breathe with me for two minutes", "help me relax", "box breathing"."""

    handles = ("BreatheIntent",)
    uses_store = True

    def answer(self, turn: Turn) -> Reply:
        breathing = breathing_of(turn)
        wanted = turn.slot_id("pattern") or ""
        pattern = breathing.patterns.get(wanted, breathing.easy)
        ms, reason = nearest_length(parse_duration(turn.slot_text("duration")))
        before = under_way(turn)
        if before and pattern.id == wanted and "duration" not in turn.slots:
            ms = max(SHORTEST_MS, before.left_ms)  # "switch to box breathing": for what is left
        whispered = _whisper_wished(turn) or (before is not None and before.whispered)
        exercise = Exercise(pattern.id, ms, ms, whispered=whispered)
        said = [Phrase(f"breathing.{reason}")] if reason else []
        if turn.slots.get("pattern") and pattern.id != wanted:
            said.append(Phrase("breathing.unknown_pattern"))
        return play(self.coach, turn, exercise, *said, self._opening(turn, exercise))

    def _opening(self, turn: Turn, exercise: Exercise) -> Phrase:
        own = f"breathing.open.{exercise.pattern}"
        if own in self.coach.phrasebook(turn.locale):
            return Phrase(own, {"length": length(exercise.total_ms)})
        phases = breathing_of(turn).patterns[exercise.pattern].phases
        key = "breathing.open.any_with_hold" if any(one.cue == "hold" for one in phases) else "breathing.open.any"
        return Phrase(key, {"length": length(exercise.total_ms)})


class PauseBreathingHandler(Handler):
    """ "Pause", "hold on a second"."""

    handles = ("AMAZON.PauseIntent",)
    uses_store = True

    def answer(self, turn: Turn) -> Reply:
        exercise = under_way(turn)
        if exercise is None:
            asked, offer = turn.conversation.asked, turn.conversation.offer
            if asked is None:
                asked, offer = self.coach.choices, Offer("AMAZON.HelpIntent")
            return Reply((Phrase("breathing.waiting"),), asked, offer)
        keep(self.coach, turn, exercise)
        return Reply(
            (Phrase("breathing.paused"),),
            Phrase("breathing.paused_ask"),
            Offer("AMAZON.ResumeIntent", declined="breathing.stopped"),
            reprompt=Phrase("breathing.paused_reprompt"),
            whispered=is_whispered(turn, exercise),
        )


class ResumeBreathingHandler(Handler):
    """ "Carry on", "keep going"; in a new conversation within ten minutes, too: "carry on breathing"."""

    handles = ("AMAZON.ResumeIntent",)
    uses_store = True

    def answer(self, turn: Turn) -> Reply:
        exercise = current(turn)
        stands = exercise and asked_for_more(turn, exercise)
        if exercise and stands and stands.left_ms:
            at_leg_end = exercise.leg is not None and stands == exercise.leg_over()
            return self._carry_on(turn, stands, Phrase("breathing.on") if at_leg_end else None)
        if self._answer_goes_on(turn):
            return self.coach.perform(turn, "MoreIntent")
        kept = left_lately(self.coach, turn)
        stands = kept and kept.answered(epoch_ms(turn.now))
        if stands and stands.left_ms:
            return self._carry_on(turn, stands)
        if over := stands or exercise:
            keep(self.coach, turn, over)
            again = Offer("LongerIntent", declined="breathing.enough")
            return Reply((Phrase("breathing.over_already"),), Phrase("breathing.another"), again)
        if turn.conversation.topic and turn.conversation.offer is None:
            return self.coach.perform(turn, "MoreIntent")
        return Reply((Phrase("breathing.nothing_to_resume"),), Phrase("breathing.invite"), Offer("BreatheIntent"))

    def _answer_goes_on(self, turn: Turn) -> bool:
        """Whether "go on" accepts what the last answer offered. It never accepts what needs a plain yes."""
        offer = turn.conversation.offer
        return offer is not None and offer.intent in (*_HARMLESS, *self.coach.question_intents)

    def _carry_on(self, turn: Turn, exercise: Exercise, said: Phrase | None = None) -> Reply:
        said = said or Phrase("breathing.carry_on", {"length": length(exercise.left_ms)})
        return play(self.coach, turn, exercise, said)


class StartOverHandler(Handler):
    """ "Start over", "from the top": the exercise again, or the last answer."""

    handles = ("AMAZON.StartOverIntent",)
    uses_store = True

    def answer(self, turn: Turn) -> Reply:
        conversation = turn.conversation
        about = conversation.topic and intent_of(conversation.topic, conversation.facet)
        exercise = current(turn)
        if exercise and (under_way(turn) or not about or last_said(turn)):
            return self._again(turn, exercise)
        if about and self.coach.knows(about):
            return self.coach.perform(turn, about)
        if kept := left_lately(self.coach, turn):
            return self._again(turn, kept)
        return Reply((Phrase("conversation.nothing_said"),), self.coach.choices, Offer("AMAZON.HelpIntent"))

    def _again(self, turn: Turn, exercise: Exercise) -> Reply:
        anew = replace(exercise, left_ms=exercise.total_ms, leg=None)
        return play(self.coach, turn, anew, Phrase("breathing.from_the_top"))


def _whisper_wished(turn: Turn) -> bool:
    """Whether the offer that is accepted, or still open, was to whisper."""
    offer = turn.conversation.offer
    return "whisper" in turn.slots or (offer is not None and dict(offer.slots) == WHISPER)
