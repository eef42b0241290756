"""Numbers in words, and the patterns that find them. English only.

A small table of our own: a general words-to-numbers library rewrites the text (the places are lost) and knows neither
"half two" nor "an hour and a half", so the grammars built on it would stay as long as they are.
"""

from __future__ import annotations

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_VALUES = {**ONES, **TEENS, **_TENS, "a": 1, "an": 1, "another": 1}
# The fragments below go into verbose patterns: a space is written [ ].
ONE = "|".join(ONES)
UNDER_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{ONE})\b)?|{'|'.join(TEENS)}|{ONE})"
_HUNDREDS = rf"(?:an?|{ONE})[ ]hundred(?:[ ](?:and[ ])?{UNDER_100})?"
NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})?|(?:{_HUNDREDS}|{UNDER_100})(?:[ ]point[ ](?:{ONE}))?)"


def number(words: str) -> float:
    """The number that its words or digits say: "twenty five", "a hundred and five", "two point five".

    Words that are no number count nothing.
    """
    whole, _, tenth = words.partition(" point ")
    total = 0.0
    for word in whole.replace("-", " ").split():
        if word == "hundred":
            total *= 100
        elif word[0].isdigit():
            total += float(word)
        else:
            total += _VALUES.get(word, 0)
    return total + ONES.get(tenth, 0) / 10
