"""`python -m simulator`: talk to Milk Coach in the terminal."""

from __future__ import annotations

import argparse
import dataclasses
import logging
import sys
from collections.abc import Sequence

from milk_coach import app, settings
from milk_coach.content.phrasebook import DEFAULT_LOCALE, language_of
from milk_coach.understanding.interpreter import load_interpreter
from simulator.alexa import Alexa
from simulator.clock import clock_from, zone_from
from simulator.device_settings import DeviceSettings
from simulator.envelope import Device
from simulator.own_log import print_log
from simulator.terminal import can_speak, converse, json_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the simulator with these command-line arguments; returns the exit status."""
    options = _parser().parse_args(arguments)
    logging.getLogger("milk_coach").addHandler(logging.NullHandler())  # the skill's log is not part of a conversation
    try:
        zone = zone_from(options.zone)
        clock = clock_from(options.now, zone)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    chosen = settings.from_env()
    if options.command == "log":
        return print_log(chosen.store, zone, as_csv=options.csv)
    if options.fresh:
        chosen = dataclasses.replace(chosen, store="memory:")
    skill = app.build(chosen, api_client=DeviceSettings(zone))
    alexa = Alexa(
        skill.answer, load_interpreter(language_of(options.locale)), Device(locale=options.locale), clock, zone
    )
    if options.json:
        _answer_lines(alexa, fresh=options.fresh)
        return 0
    if options.say and not can_speak():
        print("espeak-ng is not installed, so nothing is spoken aloud.", file=sys.stderr)
    converse(alexa, sys.stdin, aloud=options.say and can_speak())
    return 0


def _answer_lines(alexa: Alexa, *, fresh: bool) -> None:
    """One JSON object for every line of the input."""
    if not fresh:
        alexa.launch()
    for number, line in enumerate(sys.stdin):
        if not line.strip():
            continue
        if fresh:
            alexa.device.close()
            alexa.device.user_id = f"amzn1.ask.account.FRESH{number}"  # a new household: nothing is stored for it
        print(json_line(alexa.hear(line.strip())), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator", description="Talk to Milk Coach.")
    parser.add_argument("command", nargs="?", choices=["log"], help="print this machine's letdown log")
    parser.add_argument("--csv", action="store_true", help="with log: as comma-separated values")
    parser.add_argument("--json", action="store_true", help="one JSON object for each line read")
    parser.add_argument(
        "--fresh", action="store_true", help="a new session and an empty store for every line (with --json)"
    )
    parser.add_argument("--say", action="store_true", help="speak through espeak-ng")
    parser.add_argument("--locale", default=DEFAULT_LOCALE, help="en-US, en-GB, en-CA, en-AU or en-IN")
    parser.add_argument("--zone", help="the device's time zone, such as Europe/London (default: this machine's)")
    parser.add_argument("--now", help="what the clock says, such as 2026-03-01T03:10 (default: this machine's clock)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
