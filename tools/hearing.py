"""Speaks SSML through espeak-ng and hears where words begin and end in a recording, with nothing but its samples.

Both programs are Debian packages: espeak-ng, sox.
"""

from __future__ import annotations

import subprocess
from array import array
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_RATE = 8_000  # samples a second: plenty to tell sound from silence
_WINDOW_MS = 5
_LOUD = 0.02  # of the recording's loudest sample: over its noise, under its faintest consonant
APART_MS = 350
"""Sounds nearer to each other than this are one: the closures within a word, the gaps within a sentence."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A stretch of a recording in which something is said, in milliseconds from its beginning."""

    start: float
    end: float


def speak(ssml: str, wav: Path, *, wpm: int = 160, voice: str = "en-us") -> Path:
    """Say it into a WAV file. Raises ParseError for SSML that is not XML: espeak-ng would read its markup aloud."""
    ElementTree.fromstring(ssml.replace("amazon:", ""))
    subprocess.run(["espeak-ng", "-m", "-v", voice, "-s", str(wpm), "-w", str(wav), ssml], check=True)
    return wav


def sounds(recording: Path) -> list[Sound]:
    """What is heard in a recording, in order, and when. Any format that sox reads."""
    raw = ["-t", "raw", "-e", "signed", "-b", "16", "-c", "1", "-r", str(_RATE), "-"]
    heard = subprocess.run(["sox", "-V1", str(recording), *raw], check=True, capture_output=True)
    samples = array("h", heard.stdout)
    step = _RATE * _WINDOW_MS // 1000
    peaks = [max(map(abs, samples[i : i + step])) for i in range(0, len(samples), step)]
    threshold = _LOUD * max(peaks, default=0)
    return _joined([i for i, peak in enumerate(peaks) if peak > threshold])


def length_ms(recording: Path) -> float:
    """How long a recording is, as sox has it."""
    printed = subprocess.run(["soxi", "-D", str(recording)], check=True, capture_output=True, text=True)
    return float(printed.stdout) * 1000


def _joined(windows: list[int]) -> list[Sound]:
    found: list[Sound] = []
    for window in windows:
        start, end = window * _WINDOW_MS, (window + 1) * _WINDOW_MS
        if found and start - found[-1].end < APART_MS:
            found[-1] = Sound(found[-1].start, end)
        else:
            found.append(Sound(start, end))
    return found
