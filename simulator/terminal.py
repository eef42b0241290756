"""The conversation in a terminal: a prompt, what the skill says, and what Alexa would show."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TextIO

from simulator.alexa import Alexa, Answer, spoken_lines

_GOODBYES = frozenset({"quit", "bye"})


def converse(alexa: Alexa, lines: TextIO, *, aloud: bool = False) -> None:
    """Talk until the input ends. At a terminal there is a prompt with a history; piped lines are echoed instead."""
    at_terminal = lines.isatty()
    show(alexa.launch(), alexa.device.locale, aloud=aloud)
    for sentence in _prompted() if at_terminal else _echoed(lines):
        show(alexa.hear(sentence), alexa.device.locale, aloud=aloud)
    alexa.walk_away()


def show(answer: Answer, locale: str, *, aloud: bool) -> None:
    """Print one answer; speak it too when asked."""
    for line in spoken_lines(answer.ssml):
        print(f"  {line}")
    if answer.card:
        print(f"  [card] {answer.card.get('title', '')}")
        for line in str(answer.card.get("content") or answer.card.get("text") or "").splitlines():
            print(f"         {line}")
    if answer.ended:
        print("  (the conversation is over; say anything to start a new one)")
    print()
    if aloud:
        speak(answer.ssml, locale)


def json_line(answer: Answer) -> str:
    """One answer as one line of JSON: a stable interface for evaluation and scripts."""
    return json.dumps(
        {
            "said": answer.said,
            "intent": answer.intent,
            "slots": answer.slots,
            "topic": answer.topic,
            "speech": answer.speech,
            "ssml": answer.ssml,
            "ended": answer.ended,
        },
        ensure_ascii=False,
    )


def can_speak() -> bool:
    """Whether espeak-ng is installed."""
    return shutil.which("espeak-ng") is not None


def speak(ssml: str, locale: str) -> None:
    """Say it through espeak-ng, which understands SSML."""
    voice = "en-gb" if locale in ("en-GB", "en-AU", "en-IN") else "en-us"
    subprocess.run(["espeak-ng", "-m", "-v", voice, "-s", "160", ssml], check=False, stderr=subprocess.DEVNULL)


def _prompted() -> Iterator[str]:
    with suppress(ImportError):  # absent on Windows
        import readline  # noqa: F401  # importing it gives input() a history and editing
    while True:
        try:
            sentence = input("you> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if sentence.lower() in _GOODBYES:
            return
        if sentence:
            yield sentence


def _echoed(lines: TextIO) -> Iterator[str]:
    for line in lines:
        if sentence := line.strip():
            print(f"you> {sentence}")
            sys.stdout.flush()
            yield sentence
