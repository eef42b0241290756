"""How long a cold start and a first answer take, beside a bare ask-sdk skill that says hello, in the same run."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

RUNS = 9
_HELLO = """
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_intent_name
builder = SkillBuilder()
@builder.request_handler(can_handle_func=is_intent_name("StrongIntent"))
def hello(handler_input):
    return handler_input.response_builder.speak("Hello").response
lambda_handler = builder.lambda_handler()
"""
_MEASURE = """
import json, sys, time
event = json.loads(sys.argv[1])
start, cpu = time.perf_counter(), time.process_time()
import lambda_function
imported, imported_cpu = time.perf_counter(), time.process_time()
answered = lambda_function.lambda_handler(event, None)
assert answered["response"]["outputSpeech"]
first = time.perf_counter()
print(json.dumps([1000 * (imported - start), 1000 * (first - imported), 1000 * (time.process_time() - cpu)]))
"""


def main(arguments: Sequence[str] = ()) -> None:
    """Print medians of import, first answer and CPU in milliseconds for both, and their ratios."""
    from simulator.envelope import Device, intent_request

    event = json.dumps(intent_request(Device(), datetime.now(UTC), "StrongIntent", {}))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "lambda_function.py").write_text(_HELLO, encoding="utf-8")
        runs = [(_once(folder, event), _once("lambda", event)) for _ in range(RUNS)]
    hello, ours = (
        [statistics.median(column) for column in zip(*side, strict=True)] for side in zip(*runs, strict=True)
    )
    print(f"{'':14}{'hello world':>12}{'Milk Coach':>12}{'ratio':>8}   (milliseconds, medians of {RUNS})")
    for name, theirs, own in zip(("import", "first answer", "CPU in all"), hello, ours, strict=True):
        print(f"{name:14}{theirs:12.1f}{own:12.1f}{own / theirs:8.2f}")


def _once(folder: str, event: str) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, event],
        env={"PYTHONPATH": folder, "MILK_COACH_STORE": "memory:"},
        capture_output=True,
        text=True,
        check=True,
    )
    measured: list[float] = json.loads(done.stdout)
    return measured


if __name__ == "__main__":
    main(sys.argv[1:])
