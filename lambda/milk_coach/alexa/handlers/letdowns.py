"""Putting a letdown into the log, changing it and taking it out again."""

from __future__ import annotations

from dataclasses import replace

from milk_coach.alexa.handlers.log import LogHandler
from milk_coach.alexa.handlers.log_times import Heard, heard_time
from milk_coach.alexa.log_phrases import answer_to_feeling, described, logged, since_start
from milk_coach.alexa.turn import Turn
from milk_coach.domain.clock import epoch_ms
from milk_coach.domain.letdowns import (
    AGAIN_MS,
    ANSWER_MS,
    completes,
    may_be_the_same,
    usual_wait,
    within_feed,
)
from milk_coach.domain.records import Letdown, record_id
from milk_coach.domain.reply import Offer, Phrase, Reply
from milk_coach.stores.base import StoreError

_OLD_MS = 30 * 60_000
"""An entry older than this is removed only after a question."""


class LogLetdownHandler(LogHandler):
    """ "Just had a letdown on the left", "ten minutes ago, while pumping", "log it"."""

    handles = ("LogLetdownIntent",)

    def reply(self, turn: Turn) -> Reply:
        turn = turn.performing(turn.intent, {**turn.conversation.unfinished, **turn.slots})
        turn.conversation.unfinished = {}
        time = heard_time(turn)
        if isinstance(time, Reply):
            return time
        feed, notices = self.feed_now(turn)
        new = within_feed(_letdown(turn, time), feed if feed and time.at >= feed.start else self.feed_at(turn, time.at))
        last = self.last(turn)
        if time.is_now and "confirmed" not in turn.slots:
            within = ANSWER_MS if turn.conversation.side_asked else AGAIN_MS
            if last and completes(last, new, within):
                return self._complete(turn, last, new)
            if may_be_the_same(last, new) and last and last.request_id != turn.request_id:
                return Reply(ask=Phrase("letdown.another"), offer=_again(turn))
        new = self.store.add_letdown(self.user(turn), new).letdown  # a repeated delivery is confirmed like the first
        store_answers = time.is_now or self.remember_last(turn, new)
        beside = self._beside_others(turn, new) if store_answers else ()
        return self._confirm(turn, new, (*notices, logged(turn, new, time), *beside))

    def _complete(self, turn: Turn, last: Letdown, new: Letdown) -> Reply:
        fuller = replace(
            last,
            side=new.side if new.side != "unknown" else last.side,
            source=new.source if new.source != "unknown" else last.source,
            feeling=new.feeling or last.feeling,
        )
        self.store.change_letdown(self.user(turn), last, fuller)
        return answer_to_feeling(new.feeling, (logged(turn, fuller, Heard(last.at)),))

    def _confirm(self, turn: Turn, new: Letdown, said: tuple[Phrase, ...]) -> Reply:
        reply = answer_to_feeling(new.feeling, said)
        if reply.ask or new.side != "unknown" or turn.one_shot or turn.conversation.side_asked:
            return reply
        turn.conversation.side_asked = True
        return replace(
            reply, ask=Phrase("letdown.which_side"), offer=Offer("ChangeLetdownIntent", declined="letdown.no_side")
        )

    def _beside_others(self, turn: Turn, new: Letdown) -> tuple[Phrase, ...]:
        """How long into its feed, and how many so far. It is stored by now, whatever the log answers here."""
        try:
            waited, recent = new.since_feed_start_ms, self.recent(turn)
            earlier = [one for one in recent if one.feed_id != new.feed_id]
            in_feed = waited is not None and first_of_its_feed(recent, new)
            wait = (since_start(waited, usual_wait(earlier)),) if waited is not None and in_feed else ()
            return (*wait, *self.count_so_far(turn, new.at))
        except StoreError:
            return ()


class ChangeLetdownHandler(LogHandler):
    """ "That was the left side, not the right", "make that ten minutes ago"."""

    handles = ("ChangeLetdownIntent",)

    def reply(self, turn: Turn) -> Reply:
        found = self.last_logged(turn)
        if found is None:
            return Reply((Phrase("letdown.nothing_to_change"),))
        last, _ = found
        time = heard_time(turn)
        if isinstance(time, Reply):
            turn.conversation.unfinished = {}
            return time
        wanted = _letdown(turn, time)
        fuller = replace(
            last,
            at=last.at if time.is_now else time.at,
            side=wanted.side if wanted.side != "unknown" else last.side,
            source=wanted.source if wanted.source != "unknown" else last.source,
            feeling=wanted.feeling or last.feeling,
        )
        if not time.is_now:
            fuller = within_feed(fuller, self.feed_at(turn, time.at))
        if fuller == last:
            changed = bool(set(turn.slots) - {"half"})
            return Reply((Phrase("letdown.same_already"),)) if changed else Reply(ask=Phrase("letdown.change_what"))
        self.store.change_letdown(self.user(turn), last, fuller)
        return Reply((Phrase("letdown.changed", {"what": described(turn, fuller)}),))


class UndoLetdownHandler(LogHandler):
    """ "Scratch that", "undo", "delete the last letdown"."""

    handles = ("UndoLetdownIntent",)

    def reply(self, turn: Turn) -> Reply:
        found = self.last_logged(turn)
        if found is None:
            return Reply((Phrase("letdown.nothing_to_undo"),))
        last, logged_at = found
        what = {"what": described(turn, last)}
        if epoch_ms(turn.now) - logged_at > _OLD_MS and "confirmed" not in turn.slots:
            ask = Offer("UndoLetdownIntent", {"confirmed": "yes"}, declined="letdown.kept")
            return Reply((Phrase("letdown.undo_old", what),), Phrase("letdown.undo_old_ask"), ask)
        removed = self.store.remove_letdown(self.user(turn), last)
        return Reply((Phrase("letdown.undone", what) if removed else Phrase("letdown.gone_already"),))


def first_of_its_feed(letdowns: list[Letdown], new: Letdown) -> bool:
    """Whether no earlier letdown of the same feed is in the log."""
    return not any(one.feed_id == new.feed_id and one.at < new.at for one in letdowns)


def _letdown(turn: Turn, time: Heard) -> Letdown:
    """What was said of it; what was not said is unknown."""
    return Letdown(
        id=record_id(turn.request_id),
        at=time.at,
        request_id=turn.request_id or "none",
        side=turn.slot_id("side") or "unknown",  # type: ignore[arg-type]  # the ids of the model are the sides of a record
        source=turn.slot_id("source") or "unknown",  # type: ignore[arg-type]  # likewise
        feeling=turn.slot_id("feeling"),  # type: ignore[arg-type]  # likewise
        person_id=turn.person,
    )


def _again(turn: Turn) -> Offer:
    slots = {name: slot.id or slot.text for name, slot in turn.slots.items()}
    return Offer("LogLetdownIntent", {**slots, "confirmed": "yes"}, declined="letdown.not_another")
