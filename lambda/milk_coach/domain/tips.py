"""Which partner tip comes next."""

from __future__ import annotations

from collections.abc import Sequence


def next_tip(order: Sequence[str], given: Sequence[str]) -> str | None:
    """The first tip of `order` not among those given, or None when all were."""
    return next((tip for tip in order if tip not in given), None)
