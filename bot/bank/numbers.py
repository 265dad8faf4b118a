"""Options that are numbers: what they are worth in the notation of each language, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.bank.draft import Draft
from bot.bank.problem import Findings

_NUMBER: Final = re.compile(
    r"(?:[≈~]\s?)?(?P<number>[+\-−]?\d+(?:[.,\s]\d+)*)\s?(?P<unit>\D*)"  # "≈ 12,5 %", "3 layers"
)
_UNIT_WORDS: Final = 2  # a longer tail makes it a sentence
_COMMA_IS_DECIMAL: Final = ("ru", "pt")


def value(option: str, language: str) -> float | None:
    """What the option is worth; None if it is not a number with at most a unit."""
    found = _NUMBER.fullmatch(option.strip())
    if found is None or len(found["unit"].split()) > _UNIT_WORDS:
        return None
    digits = "".join(found["number"].split()).replace("−", "-")
    thousands, decimal = (".", ",") if language in _COMMA_IS_DECIMAL else (",", ".")
    try:
        return float(digits.replace(thousands, "").replace(decimal, "."))
    except ValueError:
        return None


def unit(option: str) -> str:
    """What follows the number."""
    found = _NUMBER.fullmatch(option.strip())
    return found["unit"].strip() if found else ""


def values(options: Sequence[str], language: str) -> tuple[float, ...] | None:
    """What the options are worth, or None if any of them is not a number."""
    worth = [value(option, language) for option in options]
    return None if None in worth else tuple(number for number in worth if number is not None)


def alike(options: Sequence[str], language: str) -> bool:
    """Whether all options are numbers of one unit, so that they have an order of their own."""
    return values(options, language) is not None and len({unit(o) for o in options}) == 1


def check_numbers(draft: Draft, findings: Findings) -> None:
    """Numbers are `ordered`, only numbers are, and they are the same in every language."""
    english = values([spot.text for spot in draft.options("en")], "en")
    for language in draft.text:
        spots = draft.options(language)
        says = _numbers([spot.text for spot in spots], language, draft.ordered, english)
        if spots and says:
            findings.add(spots[0].line, says, language)


def _numbers(
    options: Sequence[str], language: str, ordered: bool, english: Sequence[float] | None
) -> str:
    worth = values(options, language)
    if not ordered:
        return "has numbers for options: add ordered: true" if alike(options, language) else ""
    if worth is None:
        return "is ordered, but not all of its options are numbers"
    if len(set(worth)) < len(worth):
        return "is ordered, but two of its numbers are the same"
    if english and worth != english:
        return f"has other numbers than en: {_row(worth)} against {_row(english)}"
    return ""


def _row(numbers: Sequence[float]) -> str:
    return ", ".join(f"{number:g}" for number in numbers)
