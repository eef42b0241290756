"""Numbers in words."""

from __future__ import annotations

import pytest

from milk_coach.understanding.number_words import number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty five", 25),
        ("twenty-five", 25),
        ("a hundred and five", 105),
        ("three hundred", 300),
        ("two point five", 2.5),
        ("2.5", 2.5),
        ("nineteen", 19),
    ],
)
def test_number(words: str, value: float) -> None:
    assert number(words) == value
