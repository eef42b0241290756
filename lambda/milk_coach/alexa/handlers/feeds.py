"""Timing a feed: start, switch sides, stop, and how long it has been."""

from __future__ import annotations

from dataclasses import replace

from milk_coach.alexa.handlers.log import LogHandler
from milk_coach.alexa.log_phrases import length, on_side
from milk_coach.alexa.log_phrases import side as said_side
from milk_coach.alexa.turn import Turn
from milk_coach.domain.clock import epoch_ms
from milk_coach.domain.letdowns import LONG_WAIT_MS, other_side
from milk_coach.domain.records import Feed, Side, Source, record_id
from milk_coach.domain.reply import Offer, Phrase, Reply, Value
from milk_coach.stores.base import StoreError


class StartFeedHandler(LogHandler):
    """ "Start a feed", "start pumping", "she's on the left now"."""

    handles = ("StartFeedIntent",)

    def reply(self, turn: Turn) -> Reply:
        running, notices = self.feed_now(turn)
        now = epoch_ms(turn.now)
        if running and running.id == record_id(turn.request_id):
            running = None  # the same request, delivered again
        if running and "confirmed" not in turn.slots:
            slots = {name: slot.id or slot.text for name, slot in turn.slots.items()}
            offer = Offer("StartFeedIntent", {**slots, "confirmed": "yes"}, declined="feed.kept_running")
            said = Phrase("feed.running_already", {"length": length(now - running.start)})
            return Reply((said,), Phrase("feed.start_over_ask"), offer)
        if running:
            self.store.change_feed(self.user(turn), running, replace(running, end=now, ended_by="listener"))
        feed = _feed(turn, now)
        try:
            self.store.put_feed(self.user(turn), feed)
        except StoreError:
            if running is None:
                raise
            return Reply((Phrase("feed.ended_not_started"),))  # the first half was saved: say so
        return Reply((*notices, _started(feed)))


class StopFeedHandler(LogHandler):
    """ "Stop the feed", "we're done", "feed's over"."""

    handles = ("StopFeedIntent",)

    def reply(self, turn: Turn) -> Reply:
        feed, notices = self.feed_now(turn)
        if feed is None:
            return Reply((*notices, *(() if notices else (Phrase("feed.none_running"),))))
        now = epoch_ms(turn.now)
        letdowns = self.store.between(self.user(turn), feed.start, now + 1, limit=50)
        count = sum(one.feed_id == feed.id for one in letdowns)
        self.store.change_feed(self.user(turn), feed, replace(feed, end=now, ended_by="listener"))
        values: dict[str, Value] = {"length": length(now - feed.start), "count": count}
        key = {0: "feed.stopped_none_logged", 1: "feed.stopped_one"}.get(count, "feed.stopped_many")
        return Reply((Phrase(key, values),))


class SwitchSideHandler(LogHandler):
    """ "Switch sides", "now on the right"."""

    handles = ("SwitchSideIntent",)

    def reply(self, turn: Turn) -> Reply:
        feed, notices = self.feed_now(turn)
        if feed is None:
            return Reply((*notices, Phrase("feed.none_running")), Phrase("feed.start_one"), _start_on(turn))
        side: Side = turn.slot_id("side") or other_side(feed.side)  # type: ignore[assignment]  # the model's ids are sides
        if side == "unknown":
            return Reply(ask=Phrase("feed.which_side"))
        if side == feed.side:
            return Reply((Phrase("feed.on_already"),))
        changed = replace(feed, sides=(*feed.sides, (epoch_ms(turn.now), side)))
        self.store.change_feed(self.user(turn), feed, changed)
        return Reply((Phrase("feed.switched", {"side": said_side(side)}),))


class FeedTimeHandler(LogHandler):
    """ "How long have I been feeding?" """

    handles = ("FeedTimeIntent",)
    saves = False

    def reply(self, turn: Turn) -> Reply:
        feed, notices = self.feed_now(turn)
        if feed is None:
            return Reply((*notices, Phrase("feed.none_running")), Phrase("feed.start_one"), _start_on(turn))
        passed = epoch_ms(turn.now) - feed.start
        letdowns = self.store.between(self.user(turn), feed.start, epoch_ms(turn.now) + 1, limit=1)
        if letdowns or passed < LONG_WAIT_MS:
            return Reply((_time(feed, passed),))
        waited = Phrase("wait.this_feed_none", {"length": length(passed)})
        return Reply((waited, Phrase("feed.long_wait")), Phrase("breathing.invite"), Offer("BreatheIntent"))


def _feed(turn: Turn, now: int) -> Feed:
    side: Side = turn.slot_id("side") or "unknown"  # type: ignore[assignment]  # the model's ids are sides
    source: Source = turn.slot_id("source") or "unknown"  # type: ignore[assignment]  # likewise
    sides = ((now, side),) if side != "unknown" else ()
    return Feed(record_id(turn.request_id), now, source=source, sides=sides, person_id=turn.person)


def _started(feed: Feed) -> Phrase:
    if feed.side != "unknown":
        return Phrase("feed.started_side", {"side": said_side(feed.side)})
    return Phrase("feed.started_pumping" if feed.source == "pumping" else "feed.started")


def _time(feed: Feed, passed: int) -> Phrase:
    if feed.side == "unknown":
        return Phrase("feed.time", {"length": length(passed)})
    return Phrase("feed.time_side", {"length": length(passed), "where": on_side(feed.side)})


def _start_on(turn: Turn) -> Offer:
    side = turn.slot_id("side")
    return Offer("StartFeedIntent", {"side": side} if side else {})
