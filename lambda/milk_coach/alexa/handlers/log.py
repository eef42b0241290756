"""What all handlers of the letdown log share: the switch, the store's faults, the running feed, the last entry."""

from __future__ import annotations

from abc import abstractmethod

from milk_coach.alexa.handler import Handler
from milk_coach.alexa.log_phrases import so_far
from milk_coach.alexa.turn import Turn
from milk_coach.domain.clock import epoch_ms
from milk_coach.domain.letdowns import FEED_LIMIT_MS, ended_by_itself, has_run_out
from milk_coach.domain.records import Feed, LastEntry, Letdown
from milk_coach.domain.reply import Phrase, Reply
from milk_coach.domain.windows import Window, window
from milk_coach.stores.base import LetdownStore, StoreError, UserKey

MOST_COUNTED = 1_000
MOST_RECENT = 200


class LogHandler(Handler):
    """Answers from the log, and says plainly when the log cannot be reached: never "logged" unless it is stored."""

    uses_store = True
    saves = True

    @property
    def store(self) -> LetdownStore:
        """Where the log is kept."""
        return self.coach.store

    def answer(self, turn: Turn) -> Reply:
        if not self.coach.settings.log_on:
            return Reply((Phrase("log.off"),))
        try:
            if not turn.store_down:
                return self.reply(turn)
        except StoreError:
            pass
        return Reply((Phrase("log.not_saved" if self.saves else "log.not_read"),))

    @abstractmethod
    def reply(self, turn: Turn) -> Reply:
        """The reply when the store answers; may raise StoreError."""

    def user(self, turn: Turn) -> UserKey:
        """The household's key."""
        return UserKey(turn.user)

    def feed_now(self, turn: Turn) -> tuple[Feed | None, tuple[Phrase, ...]]:
        """The running feed. One left running ends by itself after two hours, and the next turn says so."""
        feed = self.store.running_feed(self.user(turn))
        if feed is None or not has_run_out(feed, epoch_ms(turn.now)):
            return feed, ()
        self.store.change_feed(self.user(turn), feed, ended_by_itself(feed))
        return None, (Phrase("feed.ended_by_itself"),)

    def feed_at(self, turn: Turn, at: int) -> Feed | None:
        """The feed that was on at a time in the past, or None."""
        feeds = self.store.feeds_between(self.user(turn), at - FEED_LIMIT_MS, at + 1, limit=5)
        return next((feed for feed in feeds if feed.start <= at and (feed.end is None or at <= feed.end)), None)

    def last(self, turn: Turn) -> Letdown | None:
        """The newest letdown by its own time."""
        return next(iter(self.store.latest(self.user(turn))), None)

    def recent(self, turn: Turn) -> list[Letdown]:
        """The newest letdowns, enough to tell a person's usual."""
        return self.store.latest(self.user(turn), MOST_RECENT)

    def letdowns_in(self, turn: Turn, stretch: Window) -> list[Letdown]:
        """The letdowns of a stretch of time, newest first."""
        return self.store.between(self.user(turn), stretch.start_ms, stretch.end_ms, limit=MOST_COUNTED)

    def count_so_far(self, turn: Turn, at: int) -> tuple[Phrase, ...]:
        """How many today, if `at` is today; by night, this night; without a time zone, in the last day."""
        stretch = window(turn.now, turn.zone, "tonight" if turn.night else "today")
        assert isinstance(stretch, Window), "today and tonight always name a stretch"
        if not stretch.start_ms <= at < stretch.end_ms:
            return ()
        return (so_far(len(self.letdowns_in(turn, stretch)), stretch),)

    def remember_last(self, turn: Turn, letdown: Letdown) -> bool:
        """What "undo" means next: an entry for an earlier time is not the newest. False: the store failed."""
        entry = LastEntry(letdown.at, letdown.id, epoch_ms(turn.now))
        return self.coach.household.remember(turn, last_entry=str(entry))

    def last_logged(self, turn: Turn) -> tuple[Letdown, int] | None:
        """The letdown logged last and when that was: the newest, unless one for an earlier time was logged after it."""
        newest = self.last(turn)
        known = self.coach.household.preferences(turn)
        entry = LastEntry.read(known.last_entry if known else None)
        if entry and (newest is None or newest.at <= entry.logged_at):
            found = self.store.between(self.user(turn), entry.at, entry.at + 1, limit=10)
            if earlier := next((one for one in found if one.id == entry.id), None):
                return earlier, entry.logged_at
        return (newest, newest.at) if newest else None
