"""The answer post in the channel style. It puts parts together and writes no words of its own."""

from __future__ import annotations

import html
from collections.abc import Iterable

from bot.bank.question import Question, Source
from bot.messages.html import Html, escape


def compose(
    question: Question, language: str, *, verdict: str = "", because: str = "", closing: str = ""
) -> Html:
    """The post that follows an answer, at most 4096 UTF-16 units once parsed.

    The gate of the bank leaves 700 units for `verdict`, `because` and `closing` together; each is
    escaped unless it is Html already.
    """
    wording = question.text[language]
    return _join(
        "\n\n",
        (
            f"❓ <b>{escape(wording.question)}</b>",
            _join("\n", (escape(verdict), escape(because))),
            wording.answer,
            f"<blockquote expandable>{wording.details}</blockquote>" if wording.details else "",
            _join("\n", (_sources(question.sources), escape(" ".join(wording.hashtags)))),
            escape(closing),
        ),
    )


def _sources(sources: Iterable[Source]) -> str:
    links = [f'<a href="{html.escape(s.url)}">{escape(s.title)}</a>' for s in sources]
    return f"📎 {' · '.join(links)}" if links else ""


def _join(gap: str, parts: Iterable[str]) -> Html:
    return Html(gap.join(part for part in parts if part))
