"""The values of custom slots in sentences as people speak them."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milk_coach.understanding.named_values import NamedValues
from tests.calendars import UNHURRIED

WORDS = "not no the left right both to from i mean wait gone didn't"
SIDE = NamedValues(
    {
        "left": ["left", "the left", "left side", "on the left"],
        "right": ["right", "the right", "right side"],
        "both": ["both", "both sides", "left and right"],
    },
    no_denies=False,
)
SOURCE = NamedValues({"nursing": ["nursing", "feeding"], "pumping": ["pumping", "pump", "expressing"]}, no_denies=False)
FEELING = NamedValues(
    {
        "painful": ["painful", "pain", "hurt", "hurts"],
        "tingling": ["tingling", "tingly"],
        "sad": ["sad", "down"],
        "none": ["nothing", "didn't feel anything"],
    }
)


@pytest.mark.parametrize(
    ("say", "side"),
    [
        ("just had one on the left", "left"),
        ("not the left the right", "right"),
        ("that was the left side not the right", "left"),
        ("it wasn't the left it was the right", "right"),
        ("not left but right", "right"),
        ("the left instead of the right", "left"),
        ("left no wait right", "right"),
        ("no the left", "left"),
        ("switch from left to right", "right"),
        ("left and right", "both"),
        ("both sides", "both"),
        ("not only the left", "left"),
        ("log it right away", None),
        ("right now on the left", "left"),
        ("a bright light", None),
        ("log it", None),
        ("", None),
    ],
)
def test_side(say: str, side: str | None) -> None:
    assert SIDE.pick(say) == side


@pytest.mark.parametrize(
    ("say", "source"),
    [
        ("while i was pumping", "pumping"),
        ("pumping not nursing", "pumping"),
        ("i wasn't nursing i was pumping", "pumping"),
        ("not while feeding while expressing", "pumping"),
    ],
)
def test_source(say: str, source: str) -> None:
    assert SOURCE.pick(say) == source


@pytest.mark.parametrize(
    ("say", "feeling"),
    [
        ("it hurt", "painful"),
        ("it didn't hurt", None),
        ("it doesn't hurt any more", None),
        ("no pain this time", None),
        ("without any pain", None),
        ("the pain has gone", None),
        ("it wasn't painful but tingly", "tingling"),
        ("i never felt any tingling", None),
        ("i didn't feel anything", "none"),
        ("had a let down", None),
        ("i feel so down", "sad"),
    ],
)
def test_feeling(say: str, feeling: str | None) -> None:
    assert FEELING.pick(say) == feeling


def test_every_value_is_found_with_its_place() -> None:
    say = "not the left the right"
    assert [(v.value, say[v.start : v.end], v.negated) for v in SIDE.find(say)] == [
        ("left", "the left", True),
        ("right", "the right", False),
    ]


def test_nothing_to_find() -> None:
    assert NamedValues({}, ignore=()).find("on the left") == []


@UNHURRIED
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join) | st.text(max_size=40))
def test_any_words_give_a_value_or_none(say: str) -> None:
    assert SIDE.pick(say) in ("left", "right", "both", None)


def test_a_sentence_takes_no_time() -> None:
    say = (
        "it wasn't on the right at all this time it was on the left while i was pumping and it hurt a bit at the start"
    )

    def once() -> float:
        began = perf_counter()
        SIDE.pick(say)
        FEELING.pick(say)
        return perf_counter() - began

    assert min(once() for _ in range(50)) < 0.001
