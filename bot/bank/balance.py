"""Whether the length of the right option gives it away over the whole bank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final

from bot.bank.limits import units
from bot.bank.problem import Problem
from bot.bank.question import LANGUAGES, Kind, Question

WANTED: Final = (0.15, 0.35)  # chance alone makes it a quarter
ENOUGH: Final = 20  # fewer questions say nothing


@dataclass(frozen=True)
class Balance:
    """The share of questions whose right option is the longest, and the shortest, of its four.

    A tie counts in parts: one of two longest options is half a longest one, so that whoever
    guesses the longest option is right in exactly this share of questions.
    """

    questions: int
    longest: float
    shortest: float


def balance(questions: Iterable[Question], language: str) -> Balance:
    """The balance of the choice questions whose options are not numbers."""
    measured = [
        [units(option) for option in question.text[language].options]
        for question in questions
        if question.kind is Kind.CHOICE and not question.ordered
    ]
    if not measured:
        return Balance(0, 0.0, 0.0)
    longest = mean(_share(lengths, max(lengths)) for lengths in measured)
    shortest = mean(_share(lengths, min(lengths)) for lengths in measured)
    return Balance(len(measured), longest, shortest)


def check_balance(questions: Sequence[Question]) -> list[Problem]:
    """Languages in which the key is too often, or too seldom, the longest or the shortest."""
    found = []
    low, high = WANTED
    for language in LANGUAGES:
        state = balance(questions, language)
        for name, share in (("longest", state.longest), ("shortest", state.shortest)):
            if state.questions >= ENOUGH and not low <= share <= high:
                says = (
                    f"the right option is the {name} in {share:.0%} of {state.questions} "
                    f"questions: {low:.0%} to {high:.0%} gives nothing away"
                )
                found.append(Problem("questions", 0, language, says))
    return found


def _share(lengths: Sequence[int], extreme: int) -> float:
    return (lengths[0] == extreme) / lengths.count(extreme)
