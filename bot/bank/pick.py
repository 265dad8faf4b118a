"""The order in which options are shown, and its short form for keeping beside an ask."""

from __future__ import annotations

import random

from bot.bank.numbers import values
from bot.bank.question import Question


def order(question: Question, rng: random.Random) -> tuple[int, ...]:
    """Canonical option numbers as they are shown: shuffled, or by size where they are numbers.

    The right option stands at `order.index(0)`. Numbers are the same in every language.
    """
    options = question.text["en"].options
    worth = values(options, "en") if question.ordered else None
    if worth is not None:
        return tuple(sorted(range(len(options)), key=worth.__getitem__))
    return tuple(rng.sample(range(len(options)), len(options)))


def encode(shown: tuple[int, ...]) -> str:
    """An order as a short text: (2, 0, 1, 3) is "2013". Raises ValueError if it is none."""
    return _valid("".join(str(number) for number in shown))


def decode(text: str) -> tuple[int, ...]:
    """The order that `encode` wrote. Raises ValueError if it is none."""
    return tuple(int(digit) for digit in _valid(text))


def _valid(text: str) -> str:
    # Ten digits name ten options; more than that no quiz of ours has.
    if not text or sorted(text) != list("0123456789"[: len(text)]):
        raise ValueError(f"not an order of options: {text!r}")
    return text
