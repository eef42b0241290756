"""When the letdown was that somebody speaks of: the time slots of a turn."""

from __future__ import annotations

from dataclasses import dataclass

from milk_coach.alexa.turn import Turn
from milk_coach.domain.clock import epoch_ms
from milk_coach.domain.moments import InFuture, Known, NeedsZone, TooLongAgo, Unclear, moment
from milk_coach.domain.reply import Phrase, Reply


@dataclass(frozen=True, slots=True)
class Heard:
    """A moment that was said. at: UTC milliseconds. is_now: no time was said.

    said_ago: "ten minutes ago" rather than a clock time. only_part: "this morning", so no clock time may be echoed.
    """

    at: int
    is_now: bool = False
    said_ago: bool = False
    only_part: bool = False


_NOT_LOGGED = {
    TooLongAgo: "letdown.too_long_ago",
    InFuture: "letdown.in_future",
    NeedsZone: "letdown.needs_zone",
    Unclear: "letdown.unclear_time",
}


def heard_time(turn: Turn) -> Heard | Reply:
    """The moment that the slots name, or the reply that asks for another: then nothing is stored.

    Whatever else was said waits in the conversation for the next attempt.
    """
    ago, at, date, half = (turn.slot_text(name) for name in ("ago", "at", "date", "half"))
    half = turn.slot_id("half") or half
    if half and at:
        at = _in_half(at, half)
    found = moment(turn.now, turn.zone, ago, at, date, explicit_half=half is not None)
    if isinstance(found, Known):
        said_ago = ago is not None
        return Heard(epoch_ms(found.at_utc), not (ago or at or date), said_ago, found.part is not None)
    turn.conversation.unfinished = {
        name: slot.id or slot.text for name, slot in turn.slots.items() if name in ("side", "source", "feeling")
    }
    return Reply((Phrase(_NOT_LOGGED[type(found)]),), Phrase("letdown.how_long_ago"))


def _in_half(clock: str, half: str) -> str:
    """A clock time in the half of the day that was said beside it: ("09:00", "pm") is "21:00"."""
    hour, _, rest = clock.partition(":")
    if not hour.isdigit() or int(hour) > 12:
        return clock
    return f"{int(hour) % 12 + (12 if half == 'pm' else 0):02}:{rest or '00'}"
