"""The streak in words, and the list of saved questions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.bank.question import Question
from bot.messages.html import Html
from bot.messages.values import Button, Press, Text
from bot.rules.streak import Ledger, Standing
from bot.texts import translate


def card(language: str, ledger: Ledger, stand: Standing) -> Text:
    """How the streak stands: running days, today, the best one, freezes in hand."""
    if ledger.best == 0:
        return Text(translate(language, "streak-none"))
    lines = [translate(language, "streak-now", days=stand.streak)]
    if stand.streak:
        done = "streak-today-done" if stand.answered_today else "streak-today-open"
        lines.append(translate(language, done))
    lines.append(translate(language, "streak-best", best=ledger.best))
    lines.append(translate(language, "streak-freezes", freezes=stand.freezes))
    return Text(Html("\n".join(lines)))


def saved(language: str, questions: Sequence[Question]) -> Text:
    """The saved questions, a button each that brings the answer."""
    if not questions:
        return Text(translate(language, "saved-none"))
    head = translate(language, "saved-list")
    buttons = tuple(
        (Button(_short(question.text[language].question), Press("post", (question.slug,))),)
        for question in questions
    )
    return Text(head, buttons)


def _short(question: str, most: int = 60) -> str:
    return question if len(question) <= most else f"{question[: most - 1].rstrip()}…"
