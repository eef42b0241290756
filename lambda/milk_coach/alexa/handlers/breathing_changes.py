"""What changes a breathing exercise while it lasts: its pace, its length, its voice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from milk_coach.alexa.exercise import asked_for_more, breathing_of, current, left_lately, length, play, under_way
from milk_coach.alexa.handler import Handler
from milk_coach.alexa.handlers.breathing import WHISPER
from milk_coach.alexa.turn import Turn
from milk_coach.domain.breathing import DEFAULT_MS, LONGEST_MS, SHORTEST_MS, nearest_length, slower
from milk_coach.domain.exercise import Exercise
from milk_coach.domain.reply import Offer, Phrase, Reply
from milk_coach.domain.time_values import iso_duration, parse_duration

_SHORT, _ONE_MORE = timedelta(seconds=30), timedelta(minutes=1)


class SlowerHandler(Handler):
    """ "Slower", "that's too fast": every breath a fifth longer."""

    handles = ("SlowerIntent",)
    uses_store = True

    def answer(self, turn: Turn) -> Reply:
        exercise = under_way(turn) or _once_more(turn)
        if exercise is None:
            return Reply((Phrase("breathing.nothing_to_slow"),), Phrase("breathing.invite"), Offer("BreatheIntent"))
        pace = slower(breathing_of(turn).patterns[exercise.pattern], exercise.pace)
        if pace is None:
            return play(self.coach, turn, exercise, Phrase("breathing.slowest"))
        return play(self.coach, turn, replace(exercise, pace=pace), Phrase("breathing.slower"))


class ShorterHandler(Handler):
    """ "Shorter", "I've only got a minute": that much more, or half of what is left."""

    handles = ("ShorterIntent",)
    uses_store = True

    def answer(self, turn: Turn) -> Reply:
        exercise = under_way(turn)
        if exercise is None:
            return _how_about(turn, _SHORT)
        wanted = parse_duration(turn.slot_text("duration"))
        left = nearest_length(wanted)[0] if wanted else max(SHORTEST_MS, _to_second(exercise.left_ms // 2))
        if left >= exercise.left_ms:
            said = Phrase("breathing.nearly_over", {"length": length(exercise.left_ms)})
            return play(self.coach, turn, exercise, said)
        total = exercise.total_ms - exercise.left_ms + left
        briefer = replace(exercise, total_ms=total, left_ms=left)
        return play(self.coach, turn, briefer, Phrase("breathing.shorter", {"length": length(left)}))


class LongerHandler(Handler):
    """ "One more minute", "longer": added to what is left, or breathed once more when it is over."""

    handles = ("LongerIntent",)
    uses_store = True

    def answer(self, turn: Turn) -> Reply:
        exercise = current(turn) or left_lately(self.coach, turn)
        if exercise is None:
            return _how_about(turn, _ONE_MORE)
        stands = asked_for_more(turn, exercise)
        more, _ = nearest_length(parse_duration(turn.slot_text("duration")))
        if not stands.left_ms:
            again = replace(stands, total_ms=more, left_ms=more)
            return play(self.coach, turn, again, Phrase("breathing.again", {"length": length(more)}))
        longer = min(more, LONGEST_MS - stands.total_ms)
        left, total = stands.left_ms + longer, stands.total_ms + longer
        limit = (Phrase("breathing.longest"),) if longer < more else ()
        said = Phrase("breathing.longer", {"length": length(left)})
        return play(self.coach, turn, replace(stands, total_ms=total, left_ms=left), *limit, said)


class WhisperHandler(Handler):
    """ "Whisper", "keep your voice down": the exercise goes on in a whisper."""

    handles = ("WhisperIntent",)
    uses_store = True

    def answer(self, turn: Turn) -> Reply:
        exercise = under_way(turn)
        if exercise is None:
            offer = Offer("BreatheIntent", WHISPER)
            return Reply((Phrase("breathing.can_whisper"),), Phrase("breathing.invite"), offer)
        can = turn.locale in breathing_of(turn).whispering
        said = Phrase("breathing.whispering" if can else "breathing.no_whisper")
        return play(self.coach, turn, replace(exercise, whispered=can), said)


def _how_about(turn: Turn, usual: timedelta) -> Reply:
    """No exercise is on: offer one of the length that was said."""
    ms, _ = nearest_length(parse_duration(turn.slot_text("duration")) or usual)
    offer = Offer("BreatheIntent", {"duration": iso_duration(timedelta(milliseconds=ms))})
    return Reply((Phrase("breathing.nothing_to_change"),), Phrase("breathing.how_about", {"length": length(ms)}), offer)


def _once_more(turn: Turn) -> Exercise | None:
    """The exercise that is over, to be breathed for another minute."""
    exercise = current(turn)
    return replace(exercise, total_ms=DEFAULT_MS, left_ms=DEFAULT_MS, leg=None) if exercise else None


def _to_second(ms: int) -> int:
    return round(ms / 1000) * 1000
