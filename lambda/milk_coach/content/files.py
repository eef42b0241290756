"""The content as the skill reads it: one compiled file, made from the TOML files by `make model`.

TOML is for people; parsing all of it takes a fifth of a second, which a cold start does not have. What only the model
build needs (how people word things) is left out of the compiled file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent
COMPILED = CONTENT / "compiled.json"


def read(*path: str) -> dict[str, Any]:
    """The table of a content file: read("en", "tips.toml"). Raises KeyError for a file that there is none of."""
    table: dict[str, Any] = _compiled()["/".join(path)]
    return table


def read_all(*folder: str) -> dict[str, dict[str, Any]]:
    """The tables of all files in a folder, by their names, in order."""
    start = "/".join(folder) + "/"
    return {path.removeprefix(start): table for path, table in _compiled().items() if path.startswith(start)}


@cache
def _compiled() -> dict[str, Any]:
    compiled: dict[str, Any] = json.loads(COMPILED.read_text(encoding="utf-8"))
    return compiled
