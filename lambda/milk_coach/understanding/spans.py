"""What is found in a sentence, with its place, and whether a "not" stands before it.

A sentence is as a speech recogniser writes it (lower case, numbers as words, hardly any punctuation); typed digits are
read, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Span:
    """Something found: its value, and where the words for it stand (text[start:end])."""

    value: str
    start: int
    end: int


_DENIED = re.compile(r"(?:\bnot|n['’]t)(?: (?:at|on|about|around))* $")
AnySpan = TypeVar("AnySpan", bound=Span)


def meant(text: str, spans: list[AnySpan]) -> list[AnySpan]:
    """Those of the spans that no "not" denies."""
    return [span for span in spans if not _DENIED.search(text[max(0, span.start - 24) : span.start])]
