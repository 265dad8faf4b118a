"""A question as an author wants to see it in a terminal: its poll and its post, with lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.bank.draft import Role
from bot.bank.limits import LIMITS, POST, POST_RESERVE, units
from bot.bank.markup import plain, utf16_length
from bot.bank.question import Question, Wording
from bot.messages.post import compose

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_QUOTE = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)


def preview(question: Question, language: str) -> str:
    """The poll (or the points of an open question) and the post, as text of many lines."""
    wording = question.text[language]
    post = compose(question, language)
    room = f"{utf16_length(post)}/{POST - POST_RESERVE}"
    head = f"── {language} · {question.kind}"
    parts = (head, *_ask(wording), "", f"── {language} · post · {room}", readable(post))
    return "\n".join(parts)


def readable(html: str) -> str:
    """Telegram HTML as plain text: addresses behind their words, a bar along a quote."""
    quoted = _QUOTE.sub(lambda quote: re.sub("^", "│ ", quote[1], flags=re.MULTILINE), html)
    return plain(_LINK.sub(r"\2 (\1)", quoted))


def _ask(wording: Wording) -> Iterator[str]:
    yield _measured(Role.QUESTION, "?", wording.question)
    for point in wording.points:
        yield _measured(Role.POINT, "•", point)
    if wording.right:
        yield _measured(Role.RIGHT, "✓", wording.right)
    for wrong in wording.wrong:
        yield _measured(Role.WRONG, "✗", wrong.text)
        yield _measured(Role.BECAUSE, " ", wrong.because)
    if wording.explanation:
        yield _measured(Role.EXPLANATION, "💡", wording.explanation)


def _measured(role: Role, mark: str, text: str) -> str:
    # Lengths stand in front: columns behind would need the width of every Chinese sign.
    return f"{units(text):>3}/{LIMITS[role]}  {mark} {text}"
