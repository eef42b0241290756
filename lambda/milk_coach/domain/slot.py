"""One filled slot of an intent, wherever it was heard: by Alexa or by our own understanding of free text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """text: what was heard, or a built-in type's value ("PT5M", "03:15", "2026-11-24").

    ids: what a custom type resolved it to, best first; empty when the word is none of its values.
    """

    text: str
    ids: tuple[str, ...] = ()

    @property
    def id(self) -> str | None:
        """The best match of a custom type, or None."""
        return self.ids[0] if self.ids else None


Slots = Mapping[str, Slot]
