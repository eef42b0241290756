"""The content as people write it: the TOML files, and the one file that is compiled from them."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from typing import Any

from milk_coach.content.files import CONTENT

_ONLY_FOR_THE_MODEL = frozenset({"wordings", "next_wordings", "samples", "harmless"})
_LEFT_OUT = ("out_of_scope.toml", "more_wordings.toml")


def read_source(*path: str) -> dict[str, Any]:
    """A TOML file below the content folder, as written."""
    with CONTENT.joinpath(*path).open("rb") as file:
        return tomllib.load(file)


def question_tables(language: str) -> dict[str, dict[str, Any]]:
    """Every question's table by id, with its wordings, from all the themes. Raises ValueError for an id in two."""
    tables: dict[str, dict[str, Any]] = {}
    for theme in sorted(CONTENT.joinpath(language, "questions").glob("*.toml")):
        found = read_source(language, "questions", theme.name)
        if twice := tables.keys() & found.keys():
            raise ValueError(f"in two themes: {', '.join(sorted(twice))}")
        tables |= found
    return tables


def compiled() -> str:
    """The text of the compiled file."""
    paths = sorted(path.relative_to(CONTENT) for path in CONTENT.rglob("*.toml") if path.name not in _LEFT_OUT)
    tables = {path.as_posix(): _spoken(read_source(*path.parts)) for path in paths}
    return json.dumps(tables, ensure_ascii=False, indent=0, default=_as_text) + "\n"


def _spoken(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _spoken(inner) for name, inner in value.items() if name not in _ONLY_FOR_THE_MODEL}
    return value


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not compiled")
