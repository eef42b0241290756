"""How long does each cue of the breathing exercise take to say? `python -m tools.measure_cues`

Speaks the cues with espeak-ng, plain and whispered, and writes content/<language>/cue_durations.toml. `--script` prints
the SSML for a real device to say instead, and `--recording FILE` takes the table from a recording of it: see
docs/breathing.md.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from milk_coach.content.breathing import load_breathing
from milk_coach.content.files import CONTENT
from milk_coach.content.phrasebook import DEFAULT_LOCALE, phrasebook_for
from milk_coach.domain.breathing import REST
from milk_coach.domain.reply import Pause, Phrase
from tools.hearing import sounds, speak

VOICES = {"normal": "en-us", "whispered": "en-us+whisper"}
_TIMES, _BREAK_MS = 3, 2_000
_HEAD = """\
# How long each cue takes to say, in milliseconds: from its first sound to that of the next, less the break in between.
# Written by tools/measure_cues.py; docs/breathing.md tells how.
"""


def cues() -> list[str]:
    """The cues in the order of the script: every pattern some times over, and the rest that may end an exercise.

    A word sounds a little different before another one, so they are measured where they stand.
    """
    patterns = load_breathing("en").patterns.values()
    said = [phase.cue for pattern in patterns for phase in pattern.phases * _TIMES]
    return [*said, *[REST, said[0]] * _TIMES]


def script(voice: str) -> str:
    """The SSML that measures a voice: the cues, each followed by the same break."""
    parts = [part for cue in cues() for part in (Phrase(f"breathing.cue.{cue}"), Pause(_BREAK_MS))]
    said = phrasebook_for(DEFAULT_LOCALE).say(parts).ssml
    if voice == "whispered":
        said = f'<amazon:effect name="whispered">{said}</amazon:effect>'
    return f"<speak>{said}</speak>"


def measured(recording: Path) -> dict[str, int]:
    """Each cue's duration in ms, from a recording of the script. Raises ValueError when that is not what is heard."""
    starts, said = [sound.start for sound in sounds(recording)], cues()
    if len(starts) != len(said):
        raise ValueError(f"{len(starts)} words were heard where the script has {len(said)}")
    durations: dict[str, list[float]] = {}
    for cue, (start, following) in zip(said, pairwise(starts), strict=False):
        durations.setdefault(cue, []).append(following - start - _BREAK_MS)
    return {cue: round(statistics.mean(durations[cue])) for cue in sorted(durations)}


def as_toml(tables: Mapping[str, Mapping[str, int]]) -> str:
    """The file, as it is committed."""
    lines = {voice: "".join(f"{cue} = {ms}\n" for cue, ms in table.items()) for voice, table in tables.items()}
    return "\n".join([_HEAD, *(f"[{voice}]\n{table}" for voice, table in lines.items())])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write, or print the script; returns the exit status."""
    options = _parser().parse_args(arguments)
    if options.script:
        print(script(options.script))
        return 0
    file = CONTENT / "en" / "cue_durations.toml"
    try:
        if options.recording:
            tables = {"normal": measured(options.recording)}
            tables["whispered"] = measured(options.whispered) if options.whispered else tables["normal"]
        else:
            with tempfile.TemporaryDirectory() as folder:
                wav = Path(folder) / "cues.wav"
                tables = {name: measured(speak(script(name), wav, voice=voice)) for name, voice in VOICES.items()}
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    file.write_text(as_toml(tables), encoding="utf-8")
    print(f"wrote {file}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.measure_cues", description="Measure the breathing cues.")
    parser.add_argument("--script", choices=VOICES, help="print the SSML for a real device to say")
    parser.add_argument("--recording", type=Path, metavar="FILE", help="a recording of the script")
    parser.add_argument("--whispered", type=Path, metavar="FILE", help="a recording of the script, whispered")
    return parser


if __name__ == "__main__":
    sys.exit(main())
