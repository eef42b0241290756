"""Phrases for what the log holds: the echo of an entry, its time, a count, a wait."""

from __future__ import annotations

from datetime import timedelta

from milk_coach.alexa.handlers.log_times import Heard
from milk_coach.alexa.turn import Turn
from milk_coach.domain.clock import epoch_ms, from_ms
from milk_coach.domain.letdowns import Usual
from milk_coach.domain.records import Feeling, Letdown, Side
from milk_coach.domain.reply import Offer, Phrase, Reply
from milk_coach.domain.windows import Window

_MINUTE_MS = 60_000
_CLOCK_WITHIN = timedelta(hours=20)
"""An entry older than this is also told by how long ago it was: a bare clock time would be taken for today's."""

_SIDES = {"left": "side.left", "right": "side.right", "both": "side.both", "unknown": "side.unknown"}
_ON_SIDES = {"left": "side.on_left", "right": "side.on_right", "both": "side.on_both", "unknown": "side.unknown"}
_SO_FAR = {
    "today": ("letdown.first_today", "letdown.count_today"),
    "tonight": ("letdown.first_tonight", "letdown.count_tonight"),
    "last_night": ("letdown.first_tonight", "letdown.count_tonight"),
}
_BESIDE_USUAL = {
    "sooner": "letdown.in_feed_sooner",
    "usual": "letdown.in_feed_usual",
    "later": "letdown.in_feed_later",
}


def length(ms: int) -> Phrase:
    """A stretch of time as it is said: "seven minutes"."""
    return Phrase("spoken.length", {"seconds": round(ms / 1000)})


def ago(turn: Turn, at: int) -> Phrase:
    """How long ago: "twenty minutes ago"."""
    return Phrase("spoken.ago", {"seconds": max(0, (epoch_ms(turn.now) - at) // 1000)})


def clock(turn: Turn, at: int) -> Phrase | None:
    """The clock time in the listener's zone, or None when the zone is not known: never a wrong one."""
    if turn.zone is None:
        return None
    local = from_ms(at).astimezone(turn.zone)
    return Phrase("spoken.clock", {"minutes": local.hour * 60 + local.minute})


def heard_when(turn: Turn, time: Heard) -> Phrase:
    """The echo of a time: the way it was said, and a clock time for "now" when the zone is known."""
    if time.said_ago or time.only_part:
        return ago(turn, time.at)
    told = clock(turn, time.at)
    if told is None:
        return Phrase("letdown.now") if time.is_now else ago(turn, time.at)
    return (
        told if _is_recent(turn, time.at) else Phrase("letdown.both_times", {"ago": ago(turn, time.at), "clock": told})
    )


def logged(turn: Turn, letdown: Letdown, time: Heard) -> Phrase:
    """The echo of an entry: its side when it is known, and its time."""
    when, pumping = heard_when(turn, time), letdown.source == "pumping"
    if letdown.side == "unknown":
        return Phrase("letdown.logged_pumping" if pumping else "letdown.logged", {"when": when})
    key = "letdown.logged_side_pumping" if pumping else "letdown.logged_side"
    return Phrase(key, {"side": side(letdown.side), "when": when})


def described(turn: Turn, letdown: Letdown) -> Phrase:
    """An entry as it stands in the log: "twenty minutes ago, at ten past three, on the left"."""
    told, passed = clock(turn, letdown.at), ago(turn, letdown.at)
    when = Phrase("letdown.both_times", {"ago": passed, "clock": told}) if told else passed
    values = {"when": when, "where": on_side(letdown.side)}
    if letdown.side == "unknown":
        return Phrase("letdown.what_pumping" if letdown.source == "pumping" else "letdown.what", {"when": when})
    return Phrase("letdown.what_side_pumping" if letdown.source == "pumping" else "letdown.what_side", values)


def side(known: Side) -> Phrase:
    """A known side as a sentence begins with it: "Left side"."""
    return Phrase(_SIDES[known])


def on_side(known: Side) -> Phrase:
    """A known side where it is told of: "on the left"."""
    return Phrase(_ON_SIDES[known])


def so_far(count: int, stretch: Window) -> Phrase:
    """How many there are now, this one included."""
    first, more = _SO_FAR.get(stretch.label_key, ("letdown.first_in_a_day", "letdown.count_in_a_day"))
    return Phrase(first) if count <= 1 else Phrase(more, {"count": count})


def since_start(waited: int, usual: Usual | None) -> Phrase:
    """How long into the feed it came, beside the usual."""
    values = {"length": length(_rounded(waited))}
    return Phrase(_BESIDE_USUAL[usual.compare(waited)] if usual else "letdown.in_feed", values)


def about(ms: int) -> Phrase:
    """A wait, rounded the way people round: to half minutes."""
    return length(_rounded(ms))


def answer_to_feeling(feeling: Feeling | None, said: tuple[Phrase, ...]) -> Reply:
    """A painful or sad one is answered kindly, and the answer that may help is offered."""
    if feeling == "painful":
        return Reply((*said, Phrase("letdown.painful")), Phrase("question.pain.invite"), Offer("PainIntent"))
    if feeling in ("sad", "anxious"):
        return Reply((*said, Phrase("letdown.sad")), Phrase("question.dmer_help.invite"), Offer("DmerHelpIntent"))
    return Reply(said)


def _rounded(ms: int) -> int:
    half_minute = _MINUTE_MS // 2
    return ms if ms < _MINUTE_MS else round(ms / half_minute) * half_minute


def _is_recent(turn: Turn, at: int) -> bool:
    return turn.now - from_ms(at) < _CLOCK_WITHIN
