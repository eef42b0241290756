"""Golden conversations: plays a script and records the answers. `python -m tests.golden` writes the files anew."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from milk_coach.settings import Settings
from simulator.alexa import Answer, spoken_lines
from tests.harness import Home

Script = dict[str, Any]
FOLDER = Path(__file__).parent / "conversations"
_SPANS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def play(script: Script) -> list[dict[str, Any]]:
    """The turns of a script as they go: each as it stands in the file, with what was answered."""
    zone = script.get("zone", "America/New_York")
    now = datetime.fromisoformat(script.get("now", "2026-03-02T10:00")).replace(tzinfo=ZoneInfo(zone or "UTC"))
    settings = Settings(log_on=script.get("log", True))
    home = Home(locale=script.get("locale", "en-US"), zone=zone or None, now=now, settings=settings)
    return [_played(home, turn) for turn in script["turns"]]


def _played(home: Home, turn: dict[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = {name: turn[name] for name in ("after", "new_session", "you") if name in turn}
    if "after" in turn:
        home.clock.now += _span(turn["after"])
    if turn.get("new_session"):
        home.alexa.walk_away()
    return {**asked, **_record(home.say(turn["you"]))}


def _record(answer: Answer) -> dict[str, Any]:
    recorded: dict[str, Any] = {"intent": answer.intent}
    if answer.slots:
        recorded["slots"] = answer.slots
    recorded["coach"] = " ".join(spoken_lines(answer.ssml))
    if answer.card:
        recorded["card"] = answer.card.get("content", "")
    if answer.ended:
        recorded["ends"] = True
    return recorded


def _span(written: str) -> timedelta:
    found = re.fullmatch(r"(\d+)([smhd])", written)
    if not found:
        raise ValueError(f"a span is like 10m, 2h or 1d, not {written!r}")
    return timedelta(**{_SPANS[found[2]]: int(found[1])})


def write(file: Path, script: Script) -> None:
    """Write a script with its turns as played."""
    head = {name: value for name, value in script.items() if name != "turns"}
    lines = [f"{name} = {_toml(value)}" for name, value in head.items()]
    for turn in play(script):
        lines += ["", "[[turns]]", *(f"{name} = {_toml(value)}" for name, value in turn.items())]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    for one in [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.toml")):
        write(one, tomllib.loads(one.read_text(encoding="utf-8")))
        print(one.name)
