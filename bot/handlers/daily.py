"""Today's question on request, votes in its poll, and the buttons under its answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions import answer, ask, subscribe
from bot.actions.answer import UnknownPoll, Vote
from bot.handlers import start
from bot.handlers.facts import Pressed, Said
from bot.handlers.unit import Unit
from bot.messages import daily
from bot.messages.html import Html
from bot.messages.places import hour
from bot.messages.post import compose
from bot.messages.values import Button, EditButtons, Press, Reply, Text, To, Toast
from bot.store import answers, chats, users
from bot.store.chats import Chat
from bot.store.schedules import DAILY
from bot.texts import translate


def show(unit: Unit, said: Said) -> Sequence[Reply]:
    """/daily: today's question; if it is answered, when the next one comes."""
    today = ask.daily(unit.conn, unit.bank, unit.chat, unit.now, unit.rng)
    if answers.option_of(unit.conn, today.ask.ask_id, unit.chat.chat_id) is None:
        return [daily.quiz(today)]
    if unit.chat.started_at is None:
        return start.ask_hour(unit, unit.chat)
    language = unit.chat.language
    more = Button(translate(language, "daily-more"), Press("more", (today.question.topic,)))
    return [Text(_done(unit), ((more,),))]


def _done(unit: Unit) -> Html:
    """Today's is answered, and when the next one comes."""
    language, zone = unit.chat.language, unit.chat.time_zone
    schedule = subscribe.hours(unit.conn, unit.chat).get(DAILY)
    if unit.chat.paused or schedule is None or not schedule.active:
        return translate(language, "daily-done-stopped")
    is_today = schedule.next_at.astimezone(zone).date() == unit.now.astimezone(zone).date()
    when = "today" if is_today else "tomorrow"
    return translate(language, "daily-done", when=when, hour=hour(schedule.at))


def voted(unit: Unit, vote: Vote | None) -> Sequence[Reply]:
    """A vote: recorded once, answered with the post."""
    if vote is None:
        return []
    try:
        answered = answer.record(unit.conn, unit.bank, unit.chat, vote, unit.now)
    except UnknownPoll:
        return [Text(translate(unit.chat.language, "unknown-poll"))]
    if answered is None:
        return [Text(translate(unit.chat.language, "answer-again"))]
    return [daily.answer_post(answered, unit.chat)]


def more(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """One more question of the topic."""
    asked = ask.extra(unit.conn, unit.bank, unit.chat, pressed.args[0], unit.now, unit.rng)
    if asked is None:
        return [Toast(translate(unit.chat.language, "more-none"))]
    return [daily.quiz(asked)]


def save(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """Keep the question for later, or forget it again; the button shows which."""
    language = unit.chat.language
    question = unit.bank.get(pressed.args[0])
    if question is None or pressed.message_id is None:
        return [Toast(translate(language, "toast-stale"))]
    users.meet(unit.conn, pressed.person)
    kept = answers.toggle_saved(unit.conn, pressed.person, question.slug, unit.now)
    keyboard = daily.post_buttons(question, unit.chat, is_saved=kept)
    toast = Toast(translate(language, "toast-saved" if kept else "toast-unsaved"))
    return [toast, EditButtons(pressed.message_id, keyboard)]


def report(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """A fault found in a question: noted once, told to the admins who talk to the bot."""
    slug, language = pressed.args[0], unit.chat.language
    if slug not in unit.bank.questions:
        return [Toast(translate(language, "toast-stale"))]
    users.meet(unit.conn, pressed.person)
    if not answers.report(unit.conn, pressed.person, slug, unit.now):
        return [Toast(translate(language, "toast-reported-before"))]
    known = [chat for admin in unit.admins if (chat := chats.get(unit.conn, admin))]
    told = [To(admin.chat_id, _reported(admin, slug, language)) for admin in known]
    return [Toast(translate(language, "toast-reported")), *told]


def _reported(admin: Chat, slug: str, language: str) -> Text:
    return Text(translate(admin.language, "report-admin", slug=slug, language=language))


def post(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """The answer post of a saved question."""
    language = unit.chat.language
    question = unit.bank.get(pressed.args[0])
    if question is None:
        return [Toast(translate(language, "toast-stale"))]
    kept = answers.is_saved(unit.conn, pressed.person, question.slug)
    return [
        Text(compose(question, language), daily.post_buttons(question, unit.chat, is_saved=kept))
    ]
