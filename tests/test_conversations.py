"""Every golden conversation, word for word. `make golden` records them anew: read what changed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.golden import Script, play

CONVERSATIONS = sorted((Path(__file__).parent / "conversations").glob("*.toml"))


@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda file: str(file.stem))
def test_conversation(file: Path) -> None:
    script: Script = tomllib.loads(file.read_text(encoding="utf-8"))
    played = play(script)
    assert played == script["turns"]


def test_there_are_conversations_to_test() -> None:
    assert len(CONVERSATIONS) >= 25
