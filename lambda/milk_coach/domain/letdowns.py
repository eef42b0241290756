"""What the log says about a person's own pattern: usual times, usual sides, and how one letdown compares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles
from typing import Literal

from milk_coach.domain.records import Feed, Letdown, Side

FEED_LIMIT_MS = 2 * 3_600_000
"""A feed left running ends by itself after two hours."""
AGAIN_MS = 30_000
"""Within this time a second "log it" may be the first one said twice."""
ANSWER_MS = 120_000
"""Within this time a bare "left" answers "Which side?"."""
LONG_WAIT_MS = 5 * 60_000
"""No letdown after five minutes or more is a sign to ask for help (fact help.2)."""
FEWEST_FOR_USUAL = 3
"""Fewer timed feeds than this are no pattern yet."""
_FEWEST_FOR_SPREAD = 4
Comparison = Literal["sooner", "usual", "later"]


@dataclass(frozen=True, slots=True)
class Usual:
    """How long letdown usually takes from the start of a feed, in milliseconds: the median and the middle half."""

    middle: int
    low: int
    high: int
    feeds: int

    def compare(self, waited: int) -> Comparison:
        """Whether a wait lies before, within or after the middle half (with a quarter of a minute to spare)."""
        if waited < self.low - 15_000:
            return "sooner"
        return "later" if waited > self.high + 15_000 else "usual"


def first_waits(letdowns: Iterable[Letdown]) -> list[int]:
    """Each timed feed's wait until its first letdown, in milliseconds."""
    waits: dict[str, int] = {}
    for letdown in letdowns:
        if letdown.feed_id is not None and letdown.since_feed_start_ms is not None:
            waited = letdown.since_feed_start_ms
            waits[letdown.feed_id] = min(waited, waits.get(letdown.feed_id, waited))
    return list(waits.values())


def usual_wait(letdowns: Iterable[Letdown]) -> Usual | None:
    """The usual wait, or None when fewer than FEWEST_FOR_USUAL feeds were timed."""
    waits = sorted(first_waits(letdowns))
    if len(waits) < FEWEST_FOR_USUAL:
        return None
    low, high = (waits[0], waits[-1]) if len(waits) < _FEWEST_FOR_SPREAD else _middle_half(waits)
    return Usual(round(median(waits)), low, high, len(waits))


def _middle_half(waits: Sequence[int]) -> tuple[int, int]:
    quarter, _, three_quarters = quantiles(waits, n=4, method="inclusive")
    return round(quarter), round(three_quarters)


def side_counts(letdowns: Iterable[Letdown]) -> Counter[Side]:
    """How many letdowns were on each known side; one on both counts for both."""
    counts: Counter[Side] = Counter()
    for letdown in letdowns:
        if letdown.side == "both":
            counts.update(("left", "right"))
        elif letdown.side != "unknown":
            counts[letdown.side] += 1
    return counts


def other_side(side: Side) -> Side:
    """The side to start on next: the other one; unknown after both or none."""
    return {"left": "right", "right": "left"}.get(side, "unknown")  # type: ignore[return-value]  # both are sides


def has_run_out(feed: Feed, now: int) -> bool:
    """Whether a running feed has passed the limit at which it ends by itself."""
    return feed.running and now - feed.start >= FEED_LIMIT_MS


def ended_by_itself(feed: Feed) -> Feed:
    """The feed as it is after its limit."""
    return replace(feed, end=feed.start + FEED_LIMIT_MS, ended_by="timeout")


def side_at(feed: Feed, at: int) -> Side:
    """The side that a feed was on at a time."""
    sides = [side for changed, side in feed.sides if changed <= at]
    return sides[-1] if sides else feed.sides[0][1] if feed.sides else "unknown"


def within_feed(letdown: Letdown, feed: Feed | None) -> Letdown:
    """The letdown as part of a feed that was running at its time: what was not said comes from the feed."""
    if feed is None or letdown.at < feed.start or (feed.end is not None and letdown.at > feed.end):
        return replace(letdown, feed_id=None, since_feed_start_ms=None)
    return replace(
        letdown,
        side=side_at(feed, letdown.at) if letdown.side == "unknown" else letdown.side,
        source=feed.source if letdown.source == "unknown" else letdown.source,
        feed_id=feed.id,
        since_feed_start_ms=letdown.at - feed.start,
    )


def may_be_the_same(last: Letdown | None, new: Letdown) -> bool:
    """Whether a new letdown adds no detail to one of the last half minute: then it may have been said twice."""
    if last is None or abs(new.at - last.at) > AGAIN_MS:
        return False
    details = ((new.side, last.side), (new.source, last.source), (new.feeling, last.feeling))
    return all(said in (known, "unknown", None) for said, known in details)


def completes(last: Letdown | None, new: Letdown, within: int = AGAIN_MS) -> bool:
    """Whether a new one only fills in what was left unknown a moment ago: "log it", then "on the left"."""
    if last is None or abs(new.at - last.at) > within or may_be_the_same(last, new):
        return False
    details = ((new.side, last.side), (new.source, last.source), (new.feeling, last.feeling))
    return all(said in (known, "unknown", None) or known in ("unknown", None) for said, known in details)
