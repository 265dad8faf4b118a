"""Turns a complete draft into a Question: its Markdown is rendered here, once."""

from __future__ import annotations

from bot.bank.draft import COUNTS, Draft, Role
from bot.bank.markup import MarkupError, to_html
from bot.bank.problem import Findings
from bot.bank.question import LANGUAGES, Kind, Question, Wording, Wrong
from bot.bank.tags import Tags
from bot.messages.html import Html


def build(draft: Draft, tags: Tags, findings: Findings) -> Question | None:
    """The question, or None if the draft has gaps. Markdown that cannot be shown is found."""
    html = {
        (language, role): _render(draft, language, role, findings)
        for language in draft.text
        for role in (Role.ANSWER, Role.DETAILS)
    }
    names = tuple(tag for tag, _ in draft.tags)
    known = draft.topic in tags.topics and all(name in tags.tags for name in names)
    if draft.level is None or draft.kind is None or draft.checked is None or not known:
        return None
    if not all(_complete(draft, language, draft.kind) for language in LANGUAGES):
        return None
    text = {}
    for language in LANGUAGES:
        answer, details = html[language, Role.ANSWER], html[language, Role.DETAILS]
        if answer is None or details is None:
            return None
        hashtags = tags.hashtags(draft.topic, names, language)
        text[language] = _wording(draft, language, (answer, details), hashtags)
    return Question(
        slug=draft.slug,
        topic=draft.topic,
        level=draft.level,
        kind=draft.kind,
        tags=names,
        sources=draft.sources,
        checked=draft.checked,
        ordered=draft.ordered,
        text=text,
        figure=draft.figure,
    )


def _render(draft: Draft, language: str, role: Role, findings: Findings) -> Html | None:
    spots = draft.all(language, role)
    if not spots:
        return Html("")
    try:
        return to_html(spots[0].text)
    except MarkupError as error:
        findings.add(spots[0].line_at(error.line - 1), f"{role}: {error.what}", language)
        return None


def _complete(draft: Draft, language: str, kind: Kind) -> bool:
    return all(
        least <= len(draft.all(language, role)) <= most
        for role, (least, most) in COUNTS[kind].items()
    )


def _wording(
    draft: Draft, language: str, html: tuple[Html, Html], hashtags: tuple[str, ...]
) -> Wording:
    texts = [spot.text for spot in draft.all(language, Role.WRONG)]
    reasons = [spot.text for spot in draft.all(language, Role.BECAUSE)]
    return Wording(
        question=draft.one(language, Role.QUESTION),
        right=draft.one(language, Role.RIGHT),
        wrong=tuple(Wrong(text, because) for text, because in zip(texts, reasons, strict=True)),
        explanation=draft.one(language, Role.EXPLANATION),
        answer=html[0],
        details=html[1],
        hashtags=hashtags,
        points=tuple(spot.text for spot in draft.all(language, Role.POINT)),
    )
