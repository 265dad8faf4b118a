"""How long texts may be, and what plain texts may hold. Lengths are UTF-16 code units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil, floor
from statistics import mean
from typing import Final

from bot.bank.draft import Draft, Role, Spot, Spots
from bot.bank.numbers import values
from bot.bank.problem import Findings, excerpt

# Telegram's limits for polls and messages; a point is a button, like an option.
LIMITS: Final[Mapping[Role, int]] = {
    Role.QUESTION: 300,
    Role.RIGHT: 100,
    Role.WRONG: 100,
    Role.POINT: 100,
    Role.EXPLANATION: 200,
    Role.BECAUSE: 190,  # a toast holds 200, and names the option before it
}
EXPLANATION_LINE_FEEDS: Final = 2
POST: Final = 4096
POST_RESERVE: Final = 700  # for the verdict, the misconception and the streak line
KEY_LENGTH: Final = (0.75, 1.25)  # the right option against the mean of the wrong ones

_MARKDOWN: Final = re.compile(r"\*\*|`|\]\(")
_INVISIBLE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


def check_limits(draft: Draft, findings: Findings) -> None:
    """Every text by itself, then the right option against the wrong ones."""
    for language, spots in draft.text.items():
        for spot in spots:
            for says in _spot(spot):
                findings.add(spot.line, says, language)
        for spot, says in _options(draft.options(language), language):
            findings.add(spot.line, says, language)


def units(text: str) -> int:
    """The length of plain text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _spot(spot: Spot) -> list[str]:
    says = []
    if (found := _INVISIBLE.search(spot.text)) is not None:
        says.append(f"{spot.role} has an invisible character U+{ord(found[0]):04X}")
    if spot.role not in LIMITS:  # Markdown: what it becomes is measured with the post
        return says
    length, limit = units(spot.text), LIMITS[spot.role]
    if length > limit:
        says.append(f"{_name(spot)} is {length} long, the limit is {limit}: {excerpt(spot.text)}")
    feeds = spot.text.count("\n")
    allowed = EXPLANATION_LINE_FEEDS if spot.role is Role.EXPLANATION else 0
    if feeds > allowed:
        says.append(f"{_name(spot)} has {feeds} line feeds, the limit is {allowed}")
    if spot.text != spot.text.strip():
        says.append(f"{_name(spot)} begins or ends with a space: {excerpt(spot.text)}")
    if (found := _MARKDOWN.search(spot.text)) is not None:
        says.append(f"{_name(spot)} is plain text, but has {found[0]}: {excerpt(spot.text)}")
    return says


def _name(spot: Spot) -> str:
    return "option" if spot.role in (Role.RIGHT, Role.WRONG) else spot.role


def _options(options: Spots, language: str) -> list[tuple[Spot, str]]:
    found = []
    seen: set[str] = set()
    for spot in options:
        same = " ".join(spot.text.casefold().split())
        if same in seen:
            found.append((spot, f"option stands twice: {excerpt(spot.text)}"))
        seen.add(same)
    # Numbers are as long as they are.
    if options and values([spot.text for spot in options], language) is None:
        found += _key_length(options)
    return found


def _key_length(options: Spots) -> list[tuple[Spot, str]]:
    key, others = units(options[0].text), mean(units(spot.text) for spot in options[1:])
    low, high = KEY_LENGTH
    if low * others <= key <= high * others:
        return []
    span = f"{ceil(low * others)} to {floor(high * others)}"
    says = f"the right option is {key} long, the wrong ones {others:.0f} on average: make it {span}"
    return [(options[0], says)]
