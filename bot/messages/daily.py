"""The daily question: the quiz, the reminder with the quiz in it, and the answer post."""

from __future__ import annotations

from bot.actions.answer import Answered
from bot.actions.ask import Asked
from bot.actions.plan import Saver
from bot.bank.pick import decode
from bot.bank.question import Question
from bot.messages.html import Html
from bot.messages.post import compose
from bot.messages.values import Button, Keyboard, Press, Quiz, Text
from bot.store.chats import Chat
from bot.texts import translate


def quiz(asked: Asked, lead: str = "") -> Quiz:
    """The question as a quiz poll, options in the order that the ask remembers.

    The description says topic and level, below `lead` if there is one.
    """
    ask, question = asked.ask, asked.question
    wording = question.text[ask.language]
    shown = decode(ask.shown)
    return Quiz(
        ask_id=ask.ask_id,
        question=wording.question,
        options=tuple(wording.options[number] for number in shown),
        right=shown.index(0),
        explanation=wording.explanation,
        description=Html("\n\n".join(filter(None, (lead, about(asked))))),
        closes_at=ask.closes_at,
    )


def about(asked: Asked) -> Html:
    """Topic and level in one line."""
    language = asked.ask.language
    level = translate(language, f"question-level-{asked.question.level}")
    return translate(language, "quiz-about", topic=asked.topic, level=level)


def saver(planned: Saver) -> Quiz:
    """The streak saver: what is at stake, above the same question again."""
    key = "saver-freeze" if planned.standing.freezes else "saver-ends"
    language = planned.chat.language
    return quiz(planned.asked, translate(language, key, days=planned.standing.streak))


def answer_post(answered: Answered, chat: Chat) -> Text:
    """The post after an answer: verdict, misconception, the answer, the streak, buttons."""
    question, language = answered.question, chat.language
    if answered.is_right:
        verdict = translate(language, "answer-right")
    else:
        because = question.text[language].wrong[answered.option - 1].because
        verdict = translate(language, "answer-wrong", because=because)
    html = compose(question, language, verdict=verdict, closing=closing(answered, language))
    return Text(html, post_buttons(question, chat, is_saved=answered.is_saved))


def post_buttons(question: Question, chat: Chat, *, is_saved: bool) -> Keyboard:
    """Save, report, more on this topic; and for whoever is not set up yet, a question every day."""
    language = chat.language
    save = translate(language, "button-saved" if is_saved else "button-save")
    rows = (
        (
            Button(save, Press("save", (question.slug,))),
            Button(translate(language, "button-report"), Press("report", (question.slug,))),
        ),
        (Button(translate(language, "button-more"), Press("more", (question.topic,))),),
    )
    if chat.started_at:
        return rows
    return (*rows, (Button(translate(language, "button-subscribe"), Press("subscribe")),))


def closing(answered: Answered, language: str) -> Html:
    """The streak line, what became of missed days, and how others did."""
    step, ledger = answered.step, answered.step.ledger
    if not step.counted:
        parts = [translate(language, "streak-same", days=ledger.streak)]
    elif step.broken > 1:
        parts = [translate(language, "streak-again", best=ledger.best)]
    else:
        parts = [translate(language, "streak-day", days=ledger.streak)]
    if step.frozen:
        frozen, left = len(step.frozen), ledger.freezes - step.freeze_earned
        parts.append(translate(language, "streak-frozen", frozen=frozen, left=left))
    if step.spared:
        parts.append(translate(language, "streak-spared", spared=len(step.spared)))
    if step.freeze_earned:
        parts.append(translate(language, "streak-freeze-earned"))
    if (share := answered.share_right) is not None:
        parts.append(translate(language, "share-right", share=share))
    return Html(translate(language, "gap-sentences").join(parts))
