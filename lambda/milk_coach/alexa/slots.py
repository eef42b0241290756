"""Reads slots out of a request: the words that were heard and the ids they were resolved to."""

from __future__ import annotations

from typing import Any

from milk_coach.domain.slot import Slot, Slots

_MATCHED = "ER_SUCCESS_MATCH"


def read_slots(intent: Any) -> Slots:
    """The filled slots of an intent, by name. Absent, empty and "?" values count as not said."""
    filled = {}
    for name, slot in (getattr(intent, "slots", None) or {}).items():
        text = getattr(slot, "value", None)
        if isinstance(text, str) and text.strip() not in ("", "?"):
            filled[name] = Slot(text.strip(), tuple(_matched_ids(slot)))
    return filled


def _matched_ids(slot: Any) -> list[str]:
    authorities = getattr(getattr(slot, "resolutions", None), "resolutions_per_authority", None) or ()
    ids = []
    for authority in authorities:
        code = getattr(getattr(authority, "status", None), "code", None)
        if getattr(code, "value", code) == _MATCHED:
            ids += [match.value.id for match in authority.values or () if getattr(match.value, "id", None)]
    return ids
