"""Questions to the log: the last one, how many, how long it takes, which side."""

from __future__ import annotations

from milk_coach.alexa.handlers.log import LogHandler
from milk_coach.alexa.log_phrases import about, ago, described
from milk_coach.alexa.turn import Turn
from milk_coach.domain.clock import epoch_ms
from milk_coach.domain.letdowns import (
    FEWEST_FOR_USUAL,
    LONG_WAIT_MS,
    Usual,
    first_waits,
    other_side,
    side_counts,
    usual_wait,
)
from milk_coach.domain.records import Letdown
from milk_coach.domain.reply import Offer, Phrase, Reply
from milk_coach.domain.windows import Window, window

_TODAY = {"sooner": "wait.today_sooner", "usual": "wait.today_usual", "later": "wait.today_later"}
_NEXT = {"left": "usual_side.next_left", "right": "usual_side.next_right"}


class LastLetdownHandler(LogHandler):
    """ "When was my last letdown?", "when was the last one on the left?" """

    handles = ("LastLetdownIntent",)
    saves = False

    def reply(self, turn: Turn) -> Reply:
        letdowns = self.recent(turn) if _filtered(turn) else self.store.latest(self.user(turn))
        found = next((one for one in letdowns if _matches(turn, one)), None)
        if found is None:
            return Reply((Phrase("letdown.none_such" if letdowns else "letdown.none_yet"),))
        return Reply((described(turn, found),))


class CountLetdownsHandler(LogHandler):
    """ "How many today?", "how many last night on the left?" """

    handles = ("CountLetdownsIntent",)
    saves = False

    def reply(self, turn: Turn) -> Reply:
        stretch = self._stretch(turn)
        if not isinstance(stretch, Window):
            return Reply((Phrase("count.which_time"),), Phrase("count.today_ask"), _today())
        count = sum(_matches(turn, one) for one in self.letdowns_in(turn, stretch))
        period = Phrase("spoken.period", {"label": stretch.label_key})
        if count:
            return Reply((Phrase("count.one" if count == 1 else "count.many", {"count": count, "period": period}),))
        last = self.last(turn)
        if last is None:
            return Reply((Phrase("letdown.none_yet"),))
        return Reply((Phrase("count.none_but", {"period": period, "when": ago(turn, last.at)}),))

    def _stretch(self, turn: Turn) -> Window | object:
        span = turn.slot_id("span")
        if span == "this_feed" and (feed := self.feed_now(turn)[0]):
            return Window(feed.start, epoch_ms(turn.now) + 1, "this_feed")
        return window(turn.now, turn.zone, span or turn.slot_text("period") or ("tonight" if turn.night else "today"))


class TimeToLetdownHandler(LogHandler):
    """ "How long does it usually take me?", "it's been seven minutes and nothing"."""

    handles = ("TimeToLetdownIntent",)
    saves = False

    def reply(self, turn: Turn) -> Reply:
        feed, notices = self.feed_now(turn)
        letdowns = self.recent(turn)
        said: list[Phrase] = [*notices]
        if feed:
            waits = first_waits(one for one in letdowns if one.feed_id == feed.id)
            waited = waits[0] if waits else epoch_ms(turn.now) - feed.start
            said.append(Phrase("wait.this_feed" if waits else "wait.this_feed_none", {"length": about(waited)}))
            if not waits and waited >= LONG_WAIT_MS:
                return Reply((*said, Phrase("feed.long_wait")), Phrase("breathing.invite"), Offer("BreatheIntent"))
        earlier = [one for one in letdowns if feed is None or one.feed_id != feed.id]
        said += self._usual(turn, earlier)
        return Reply(tuple(said))

    def _usual(self, turn: Turn, letdowns: list[Letdown]) -> list[Phrase]:
        usual = usual_wait(letdowns)
        if usual is None:
            return [_too_few(first_waits(letdowns))]
        today = window(turn.now, turn.zone, "today")
        assert isinstance(today, Window), "today always names a stretch"
        waits = first_waits(one for one in letdowns if today.start_ms <= one.at < today.end_ms)
        if not waits or len(waits) == usual.feeds:
            return [_spread(usual)]
        return [_spread(usual), Phrase(_TODAY[usual.compare(sorted(waits)[len(waits) // 2])])]


class UsualSideHandler(LogHandler):
    """ "Which side do I usually let down on?", "which side is next?" """

    handles = ("UsualSideIntent",)
    saves = False

    def reply(self, turn: Turn) -> Reply:
        letdowns = self.recent(turn)
        if not letdowns:
            return Reply((Phrase("letdown.none_yet"),))
        counts = side_counts(letdowns)
        left, right = counts["left"], counts["right"]
        total = left + right
        if total < FEWEST_FOR_USUAL:
            said = Phrase("usual_side.too_few")
        elif abs(left - right) * 5 <= total:
            said = Phrase("usual_side.even")
        else:
            said = Phrase(
                "usual_side.mostly_left" if left > right else "usual_side.mostly_right",
                {"count": max(left, right), "total": total},
            )
        return Reply((said, *self._next(turn, letdowns)))

    def _next(self, turn: Turn, letdowns: list[Letdown]) -> tuple[Phrase, ...]:
        feed = next(iter(self.store.latest_feeds(self.user(turn))), None)
        newest = letdowns[0]
        side = other_side(feed.side if feed and feed.side != "unknown" and feed.start > newest.at else newest.side)
        return (Phrase(_NEXT[side]),) if side in _NEXT else ()


def _filtered(turn: Turn) -> bool:
    return bool(turn.slot_id("side") or turn.slot_id("source"))


def _matches(turn: Turn, letdown: Letdown) -> bool:
    side, source = turn.slot_id("side"), turn.slot_id("source")
    on_side = side is None or letdown.side == side or (letdown.side == "both" and side in ("left", "right"))
    return on_side and (source is None or letdown.source == source)


def _today() -> Offer:
    return Offer("CountLetdownsIntent", {"span": "today"})


def _spread(usual: Usual) -> Phrase:
    middle, low, high = about(usual.middle), about(usual.low), about(usual.high)
    if low == high:
        return Phrase("wait.usual", {"middle": middle})
    return Phrase("wait.usual_spread", {"middle": middle, "low": low, "high": high})


def _too_few(waits: list[int]) -> Phrase:
    if not waits:
        return Phrase("wait.none")
    if len(waits) == 1:
        return Phrase("wait.one_only", {"length": about(waits[0])})
    return Phrase("wait.few", {"count": len(waits)})
