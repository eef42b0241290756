"""Plays the breathing exercise: one leg a response, its position kept in the session and with the household."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from milk_coach.content.breathing import Breathing, load_breathing
from milk_coach.content.phrasebook import language_of
from milk_coach.domain.breathing import Cue, Part, next_leg, plan, timeline
from milk_coach.domain.clock import epoch_ms
from milk_coach.domain.conversation import PARTNER
from milk_coach.domain.exercise import Exercise, fresh, read, saved
from milk_coach.domain.letdowns import has_run_out
from milk_coach.domain.reply import Offer, Pause, Phrase, Reply
from milk_coach.stores.base import StoreError, UserKey

if TYPE_CHECKING:
    from milk_coach.alexa.coach import Coach
    from milk_coach.alexa.turn import Turn

LEG_OVER = {"leg": "over"}
"""The slots of an offer made at a leg's end: its yes comes after all of the leg, however soon it comes."""
_BEFORE_FIRST_CUE_MS = 1_000
_MINUTE = 60
_WORD_MS = 60_000 // 160  # how long a word of the opening takes


def breathing_of(turn: Turn) -> Breathing:
    """The breathing of the turn's language."""
    return load_breathing(language_of(turn.locale))


def current(turn: Turn) -> Exercise | None:
    """The exercise of this conversation, over or not; None when there was none."""
    return read(turn.conversation.breathing, breathing_of(turn).patterns)


def under_way(turn: Turn) -> Exercise | None:
    """The exercise of this conversation as it stands now, its leg broken off; None when there is none or it is over."""
    exercise = current(turn)
    stands = exercise and exercise.interrupted(epoch_ms(turn.now))
    return stands if stands and stands.left_ms else None


def left_lately(coach: Coach, turn: Turn) -> Exercise | None:
    """The household's exercise of the last ten minutes, wherever it was left; None without one, or without a store."""
    known = coach.household.preferences(turn)
    written = known.breathing if known else None
    return read(written, breathing_of(turn).patterns) if fresh(written, epoch_ms(turn.now)) else None


def keep(coach: Coach, turn: Turn, exercise: Exercise) -> None:
    """Keep where the exercise stands, for this conversation and for one begun within ten minutes."""
    turn.conversation.breathing = exercise.as_json()
    coach.household.remember(turn, breathing=saved(exercise, epoch_ms(turn.now)))


def leave(coach: Coach, turn: Turn) -> Exercise | None:
    """Keep where the exercise stands when the conversation ends in the middle of it; None when it isn't that."""
    exercise = under_way(turn) if last_said(turn) else None
    if exercise:
        keep(coach, turn, exercise)
    return exercise


def last_said(turn: Turn) -> bool:
    """Whether the last thing that was said was of the exercise."""
    asked = turn.conversation.asked
    return asked is not None and asked.key.startswith("breathing.")


def asked_for_more(turn: Turn, exercise: Exercise) -> Exercise:
    """The exercise as it stands when it is to go on; a yes to the question at a leg's end says so in its slots."""
    return exercise.leg_over() if "leg" in turn.slots else exercise.answered(epoch_ms(turn.now))


def length(ms: int) -> Phrase:
    """A stretch of time as it is said: over a minute to half minutes, the way people round."""
    seconds = round(ms / 1000)
    return Phrase("spoken.length", {"seconds": seconds if seconds < _MINUTE else round(seconds / 30) * 30})


def is_whispered(turn: Turn, exercise: Exercise | None) -> bool:
    """Whether to whisper: by night and on request, where the voice can."""
    wanted = turn.night or (exercise is not None and exercise.whispered)
    return wanted and turn.locale in breathing_of(turn).whispering


def play(coach: Coach, turn: Turn, exercise: Exercise, *before: Phrase) -> Reply:
    """The exercise's next leg, with what is said before it and the question that ends it."""
    breathing, whispered = breathing_of(turn), is_whispered(turn, exercise)
    pattern = breathing.patterns[exercise.pattern].at_pace(exercise.pace)
    whole = plan(pattern, exercise.left_ms, breathing.easy)
    leg = next_leg(whole, breathing.leg_ms)
    cue_ms = breathing.whispered_cue_ms if whispered else breathing.cue_ms
    lead: tuple[Phrase | Pause, ...] = (*before, Pause(_BEFORE_FIRST_CUE_MS)) if before else ()
    last = leg == whole
    lead_ms = _spoken_ms(coach, turn, before) + _BEFORE_FIRST_CUE_MS if before else 0
    keep(coach, turn, exercise.began(leg, at=epoch_ms(turn.now), lead_ms=lead_ms, last=last))
    end = _close(coach, turn) if last else _KEEP_GOING
    parts = tuple(map(_spoken, timeline(leg, cue_ms)))
    return replace(end, say=(*lead, *parts, *end.say), whispered=whispered)


_KEEP_GOING = Reply(
    ask=Phrase("breathing.keep_going"),
    offer=Offer("AMAZON.ResumeIntent", LEG_OVER, declined="breathing.stopped"),
    reprompt=Phrase("breathing.keep_going_reprompt"),
)
_ANOTHER = Reply(
    (Phrase("breathing.close"),),
    Phrase("breathing.another"),
    Offer("LongerIntent", LEG_OVER, declined="breathing.enough"),
    reprompt=Phrase("breathing.another_reprompt"),
)


def _close(coach: Coach, turn: Turn) -> Reply:
    """How was it? In a running feed: did the milk come?"""
    if not _feed_is_running(coach, turn):
        return _ANOTHER
    offer = Offer("LogLetdownIntent", declined="breathing.not_yet")
    if turn.conversation.audience == PARTNER:
        said, again = Phrase("breathing.close_feed_partner"), Phrase("breathing.milk_came_partner_reprompt")
    else:
        said, again = Phrase("breathing.close_feed"), Phrase("breathing.milk_came_reprompt")
    return Reply((said,), Phrase("breathing.milk_came"), offer, reprompt=again)


def _feed_is_running(coach: Coach, turn: Turn) -> bool:
    if not coach.settings.log_on:
        return False
    try:
        feed = coach.store.running_feed(UserKey(turn.user))
    except StoreError:
        return False
    return feed is not None and not has_run_out(feed, epoch_ms(turn.now))


def _spoken(part: Part) -> Phrase | Pause:
    return Phrase(f"breathing.cue.{part.name}") if isinstance(part, Cue) else part


def _spoken_ms(coach: Coach, turn: Turn, said: tuple[Phrase, ...]) -> int:
    """About how long some phrases take to say."""
    words = coach.phrasebook(turn.locale).say(said, night=turn.night, pick=turn.pick).text.split()
    return len(words) * _WORD_MS
