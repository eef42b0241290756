"""What a deployment may set, read from the environment here and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_OFF = frozenset({"off", "0", "no", "false"})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one deployment.

    store: where the log is kept: `memory:`, `sqlite:///path` or `dynamodb://table`.
    log_on: False removes the letdown log (`MILK_COACH_LOG=off`), for a store listing that must not keep health data.
    skill_ids: the application ids that are answered; empty answers every id (one's own machine).
    """

    store: str = "memory:"
    log_on: bool = True
    skill_ids: tuple[str, ...] = ()


def from_env(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read MILK_COACH_STORE, MILK_COACH_LOG and MILK_COACH_SKILL_ID (several ids: separated by commas)."""
    ids = environ.get("MILK_COACH_SKILL_ID", "").split(",")
    return Settings(
        store=environ.get("MILK_COACH_STORE") or f"sqlite:///{_user_data_folder(environ) / 'letdowns.db'}",
        log_on=environ.get("MILK_COACH_LOG", "on").strip().lower() not in _OFF,
        skill_ids=tuple(one.strip() for one in ids if one.strip()),
    )


def _user_data_folder(environ: Mapping[str, str]) -> Path:
    """The folder for a person's own files (freedesktop.org base directory specification)."""
    base = environ.get("XDG_DATA_HOME") or Path(environ.get("HOME", ".")) / ".local" / "share"
    return Path(base) / "milk-coach"
