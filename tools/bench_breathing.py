"""Does the breathing exercise keep its time? `python -m tools.bench_breathing [--quick]`

Asks the skill for every pattern and length, by day and whispered, speaks what it answers with espeak-ng at three speeds
and measures the audio: a phase lasts from the first sound of its cue to the first sound of what comes next. Nothing is
taken from the skill's own timeline but how many cues there are. Phases are compared with the pattern as it is
written in content; what ends an exercise that whole breaths don't fill counts towards its time, and is no phase.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, pairwise
from pathlib import Path

from milk_coach.content.breathing import load_breathing
from milk_coach.content.phrasebook import DEFAULT_LOCALE, phrasebook_for
from milk_coach.domain.reply import Phrase
from milk_coach.domain.time_values import iso_duration
from tests.harness import Home
from tools.hearing import Sound, sounds, speak

PATTERNS = load_breathing("en").patterns
SECONDS = (20, 30, 60, 120, 180, 300)
SPEEDS = (130, 160, 190)
DAY, NIGHT = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 2, tzinfo=UTC)
_BEFORE_MS = 900
"""A silence this long is the one before the first cue: those between the sentences of an opening are shorter."""
_MOST_LEGS = 12


@dataclass(frozen=True, slots=True)
class Leg:
    """What was heard of one response: when each phase began (ms), and last when the exercise's leg was over."""

    cues: tuple[str, ...]
    starts: tuple[float, ...]
    opening_ms: float
    end_ms: float

    @property
    def phases(self) -> list[tuple[str, float]]:
        """Each cue, and the milliseconds until the next one."""
        return [(cue, later - one) for cue, (one, later) in zip(self.cues, pairwise(self.starts), strict=True)]


@dataclass(frozen=True, slots=True)
class Heard:
    """One exercise as it was heard, leg by leg."""

    pattern: str
    seconds: int
    wpm: int
    whispered: bool
    legs: tuple[Leg, ...]

    @property
    def actual(self) -> float:
        """How long it took, in seconds, without its opening, its questions and its close."""
        return sum(leg.starts[-1] - leg.starts[0] for leg in self.legs) / 1000

    @property
    def error(self) -> float:
        """By how many per cent that is off."""
        return (self.actual / self.seconds - 1) * 100

    @property
    def worst_phase(self) -> float:
        """By how many seconds the worst phase is off its pattern."""
        return max((abs(off) for leg in self.legs for off in self._phase_errors(leg)), default=0)

    def _phase_errors(self, leg: Leg) -> Iterator[float]:
        wanted = PATTERNS[self.pattern].phases
        breaths = _whole_breaths(leg.cues, [phase.cue for phase in wanted])
        for (_, ms), phase in zip(leg.phases[: breaths * len(wanted)], cycle(wanted), strict=False):
            yield (ms - phase.ms) / 1000


def exercise(pattern: str, seconds: int, *, whispered: bool = False) -> list[str]:
    """The SSML of an exercise, leg by leg, as the skill answers "breathe with me" and "yes" to every "keep going?"."""
    home = Home(now=NIGHT if whispered else DAY)
    answer = home.intent("BreatheIntent", pattern=pattern, duration=iso_duration(timedelta(seconds=seconds)))
    legs = [answer.ssml]
    while home.alexa.device.attributes["asked"]["key"] == "breathing.keep_going" and len(legs) < _MOST_LEGS:
        legs.append(home.intent("AMAZON.YesIntent").ssml)
    return legs


def hear(ssml: str, wav: Path, wpm: int, *, whispered: bool = False) -> Leg:
    """Speak one response and measure it. Raises ValueError when there are not as many sounds as cues."""
    said = _cues_in(ssml)
    heard = sounds(speak(ssml, wav, wpm=wpm, voice="en-us+whisper" if whispered else "en-us"))
    first = _first_cue(heard)
    starts = tuple(sound.start for sound in heard[first : first + len(said) + 1])
    if len(starts) != len(said) + 1:
        raise ValueError(f"{len(starts)} sounds were heard for {len(said)} cues and a close")
    return Leg(said, starts, heard[first - 1].end - heard[0].start, heard[-1].end)


def measure(pattern: str, seconds: int, wpm: int, wav: Path, *, whispered: bool = False) -> Heard:
    """Ask for an exercise, speak it and measure all of its legs."""
    legs = exercise(pattern, seconds, whispered=whispered)
    return Heard(pattern, seconds, wpm, whispered, tuple(hear(leg, wav, wpm, whispered=whispered) for leg in legs))


def _cues_in(ssml: str) -> tuple[str, ...]:
    book = phrasebook_for(DEFAULT_LOCALE)
    names = {book.wording(Phrase(f"breathing.cue.{name}")): name for name in ("in", "hold", "out", "rest")}
    words = "|".join(map(re.escape, names))
    return tuple(names[word] for word in re.findall(rf'({words}) <break time="\d+ms"/>', ssml))


def _first_cue(heard: Sequence[Sound]) -> int:
    gaps = [later.start - one.end for one, later in pairwise(heard)]
    return next(i for i, gap in enumerate(gaps, 1) if gap >= _BEFORE_MS)


def _whole_breaths(cues: Sequence[str], breath: Sequence[str]) -> int:
    count = 0
    while list(cues[count * len(breath) : (count + 1) * len(breath)]) == list(breath):
        count += 1
    return count


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything and print the table, the worst rows and one recording's phases."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench_breathing", description="Measure the exercise by ear.")
    parser.add_argument("--quick", action="store_true", help="160 words a minute only")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "exercise.wav"
        rows = [
            measure(pattern, seconds, wpm, wav, whispered=whispered)
            for whispered in (False, True)
            for pattern in PATTERNS
            for seconds in SECONDS
            for wpm in ((160,) if options.quick else SPEEDS)
        ]
    _print_table(rows)
    return 0


def _print_table(rows: Sequence[Heard]) -> None:
    print("pattern           voice      wpm  requested s  actual s  error %  worst phase s  legs  longest leg s")
    for row in rows:
        print(_line(row))
    print("\nThe three worst by exercise error:")
    for row in sorted(rows, key=lambda one: -abs(one.error))[:3]:
        print(_line(row))
    print("\nThe three worst by phase error:")
    for row in sorted(rows, key=lambda one: -one.worst_phase)[:3]:
        print(_line(row))
    shown = next(row for row in rows if (row.pattern, row.seconds, row.wpm) == ("box", 60, 160))
    print("\nOne recording, box breathing for a minute at 160 words a minute, phase by phase in seconds:")
    print("  ".join(f"{cue} {ms / 1000:.3f}" for cue, ms in shown.legs[0].phases))


def _line(row: Heard) -> str:
    voice = "whispered" if row.whispered else "normal"
    longest = max(leg.end_ms for leg in row.legs) / 1000
    return (
        f"{row.pattern:<17} {voice:<9} {row.wpm:>4} {row.seconds:>12} {row.actual:>9.2f} {row.error:>+8.2f} "
        f"{row.worst_phase:>14.3f} {len(row.legs):>5} {longest:>14.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
