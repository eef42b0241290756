"""The house's boundaries: which folder may import what, and who handles what."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from milk_coach.alexa.skill import HANDLERS
from tests.harness import Home
from tools.interaction_model import build

PACKAGE = Path(__file__).parents[2] / "lambda" / "milk_coach"
STDLIB = sys.stdlib_module_names
ALLOWED = {
    "domain": {"milk_coach.domain"},
    "content": {"milk_coach.domain", "milk_coach.content"},
    "understanding": {"milk_coach.domain", "milk_coach.content", "milk_coach.understanding"},
    "stores": {"milk_coach.domain", "milk_coach.stores", "botocore"},
    "alexa": {"milk_coach", "ask_sdk_core", "ask_sdk_model"},
}
REQUESTS = {"LaunchRequest", "SessionEndedRequest"}


def imports_of(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.partition(".")[0] not in STDLIB}


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_folder_imports_only_what_it_may(folder: str) -> None:
    for file in (PACKAGE / folder).rglob("*.py"):
        for name in imports_of(file):
            assert any(name == one or name.startswith(f"{one}.") for one in ALLOWED[folder]), f"{file.name}: {name}"


def test_only_settings_reads_the_environment() -> None:
    readers = [file.name for file in PACKAGE.rglob("*.py") if "environ" in file.read_text(encoding="utf-8")]
    assert readers == ["settings.py"]


def test_every_intent_is_handled_exactly_once_and_nothing_else_is() -> None:
    coach = Home().app.coach
    handled = Counter(name for handler in HANDLERS for name in handler(coach).names)
    intents = {str(intent["name"]) for intent in build()["interactionModel"]["languageModel"]["intents"]}
    assert [name for name, times in handled.items() if times > 1] == []
    assert set(handled) - REQUESTS == intents
    assert set(handled) >= REQUESTS


def test_boto_is_not_imported_for_a_question() -> None:
    code = (
        "import sys; sys.path.insert(0, 'lambda'); from milk_coach import app, settings;"
        "app.build(settings.Settings()).answer({'request': {'type': 'LaunchRequest'}});"
        "sys.exit('botocore' in sys.modules or 'boto3' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PACKAGE.parents[1])
