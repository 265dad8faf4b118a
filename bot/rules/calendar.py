"""Which question is asked: the one of the day for everybody, and a personal pick.

Chooses among slugs by level and by what was asked before; it does not know the questions.
"""

import random
from collections.abc import Collection, Mapping
from datetime import date, datetime

LEVELS = ("beginner", "intermediate", "advanced", "bonus")

# Monday easy to Friday hard. Where two levels are equally near, the second leads the way.
_WEEKDAYS = (
    ("beginner", "intermediate", "advanced", "bonus"),
    ("intermediate", "beginner", "advanced", "bonus"),
    ("intermediate", "advanced", "beginner", "bonus"),
    ("advanced", "intermediate", "bonus", "beginner"),
    ("advanced", "bonus", "intermediate", "beginner"),
)


def difficulty(day: date) -> tuple[str, ...]:
    """All levels, the one most wanted on that day first.

    The weekend is mixed: its days take turns through the levels, so that two weekends in a
    row show all four.
    """
    weekday = day.weekday()
    if weekday < len(_WEEKDAYS):
        return _WEEKDAYS[weekday]
    week = day.toordinal() // 7
    return _nearest(LEVELS[(2 * week + weekday - len(_WEEKDAYS)) % len(LEVELS)])


def choose(
    day: date, levels: Mapping[str, str], asked: Mapping[str, date], rng: random.Random
) -> str:
    """The slug for a day, from `levels` (slug -> level) and `asked` (slug -> last date).

    No repeat until the bank is used up, and then the least recently asked first, whatever its
    level: an even distance between repeats matters more. Among new ones the level nearest to
    the day's wins. Raises ValueError on an empty bank.
    """
    wanted = difficulty(day)
    new = levels.keys() - asked.keys()
    return _any_of(new or _oldest(levels, asked), levels, wanted, rng)


def pick(
    levels: Mapping[str, str],
    seen: Mapping[str, datetime],
    wanted: str | None,
    rng: random.Random,
) -> str:
    """A slug for one person, from `levels` (slug -> level) and `seen` (slug -> last time).

    Never seen before unseen is used up, then the least recently seen. Among unseen ones the
    wanted level wins, or the one nearest to it. Raises ValueError on an empty bank.
    """
    new = levels.keys() - seen.keys()
    order = () if wanted is None else _nearest(wanted)
    return _any_of(new or _oldest(levels, seen), levels, order, rng)


def _oldest(levels: Mapping[str, str], when: Mapping[str, date]) -> Collection[str]:
    """The slugs of the bank that have waited longest; usually one."""
    first = min((when[slug] for slug in levels), default=None)
    return [slug for slug in levels if when[slug] == first]


def _any_of(
    slugs: Collection[str], levels: Mapping[str, str], order: tuple[str, ...], rng: random.Random
) -> str:
    if not slugs:
        raise ValueError("the question bank is empty")
    rank = {level: place for place, level in enumerate(order)}
    places = {slug: rank.get(levels[slug], len(order)) for slug in slugs}
    best = min(places.values())
    # Sorted, so that the same rng gives the same slug however the bank was put together.
    return rng.choice(sorted(slug for slug, place in places.items() if place == best))


def _nearest(level: str) -> tuple[str, ...]:
    """The levels by their distance to one, the easier first; an unknown level is alone."""
    if level not in LEVELS:
        return (level,)
    middle = LEVELS.index(level)
    return tuple(sorted(LEVELS, key=lambda other: abs(LEVELS.index(other) - middle)))
