"""The first minute, through the front door: what people see, in the order they see it."""

from __future__ import annotations

import pytest

from bot.store import chats, schedules
from tests.stage import Person, Stage, buttons, labels


async def test_three_taps_lead_to_the_first_question(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    assert alice.last_text.startswith("Hi Alice! One interview question a day")
    assert labels(alice.last) == ["English ✓", "Русский", "Português", "中文"]

    await alice.presses("English")
    assert "in London now, right?" in alice.last_text
    assert labels(alice.last)[:4] == ["08:00", "09:00 ✓", "12:00", "19:00"]

    await alice.presses("08:00")
    assert alice.last_text == "How far along are you?"

    await alice.presses("I know the basics")
    done, question = alice.heard
    assert done["text"] == "Done: every day at 08:00, London time. Here is today's question."
    assert question["poll"]["type"] == "quiz"
    assert not question["poll"]["is_anonymous"]


@pytest.mark.parametrize(
    ("name", "greeting", "city"),
    [
        ("alice", "Hi Alice!", "London"),
        ("boris", "Борис", "Москв"),
        ("carla", "Carla", "São Paulo"),
        ("li", "李雷", "北京"),
    ],
)
async def test_everybody_is_greeted_in_their_own_language(
    stage: Stage, name: str, greeting: str, city: str
) -> None:
    person = stage.person(name)
    await person.says("/start")
    assert greeting in person.last_text
    await person.presses("✓")
    assert city in person.last_text


async def test_a_language_can_be_chosen_against_the_guess(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    await alice.presses("Русский")
    assert "Лондон" in alice.last_text or "Москв" in alice.last_text
    await alice.says("/help")
    assert "/daily" in alice.last_text
    assert "вопрос" in alice.last_text


async def test_another_city_is_chosen_from_the_list(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    await alice.presses("English")
    await alice.presses("Not London")
    await alice.presses("Berlin")
    assert "in Berlin now, right?" in alice.last_text


@pytest.mark.parametrize("typed", ["Asia/Tokyo", "tokyo", " TOKYO "])
async def test_a_city_or_zone_can_be_typed(stage: Stage, alice: Person, typed: str) -> None:
    await alice.says("/start")
    await alice.presses("English")
    await alice.presses("Not London")
    await alice.presses("Another city")
    assert "Send a city" in alice.last_text
    await alice.says(typed)
    assert alice.heard[-2]["text"].startswith("Tokyo it is.")
    assert "in Tokyo now, right?" in alice.last_text


async def test_a_shared_location_tells_the_zone(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    stage.sandbox.world.share_location(alice.id, alice.id, -23.55, -46.63)
    await stage.settled()
    assert alice.heard[-2]["text"].startswith("São Paulo it is.")


async def test_a_location_at_sea_is_told_so(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    stage.sandbox.world.share_location(alice.id, alice.id, 0.0, -30.0)
    await stage.settled()
    assert "open sea" in alice.last_text


async def test_an_unknown_zone_is_refused_with_an_example(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    await alice.presses("English")
    await alice.presses("Not London")
    await alice.presses("Another city")
    await alice.says("<b>Atlantis</b>")
    assert "I don't know “<b>Atlantis</b>”" in alice.last_text
    assert "Asia/Tokyo" in alice.last_text
    await alice.says("Lisbon")
    assert "in Lisbon now, right?" in alice.last_text


async def test_any_hour_can_be_typed_and_nonsense_is_told_so(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    await alice.presses("English")
    await alice.presses("Other hour")
    await alice.says("25:00")
    assert alice.last_text == "“25:00” is not a time of day. Send one like 07:30."
    await alice.says("7:15")
    assert alice.last_text == "How far along are you?"
    await alice.presses("Starting out")
    assert "every day at 07:15" in alice.heard[-2]["text"]


async def test_a_level_brings_questions_of_that_level(stage: Stage, alice: Person) -> None:
    await alice.sets_up(level="Starting out")
    assert "basics" in alice.last["poll"]["description"]


async def test_a_second_tap_on_the_last_step_asks_nothing_twice(
    stage: Stage, alice: Person
) -> None:
    await alice.says("/start")
    await alice.presses("English")
    await alice.presses("09:00")
    first, second, _ = buttons(alice.last)
    for button in (first, second):  # faster than the bot can change the message
        stage.sandbox.world.press(
            alice.id, alice.id, alice.last["message_id"], button["callback_data"]
        )
    await stage.settled()
    assert len(alice.polls) == 1


async def test_start_again_resumes_after_a_stop(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.says("/stop")
    assert alice.last_text.startswith("Stopped.")
    await alice.says("/stop")
    assert "already stopped" in alice.last_text
    chat = await stage.app.db.read(chats.get, alice.id)
    assert chat is not None
    assert chat.paused == "stopped"
    await alice.says("/start")
    assert alice.last_text.startswith("Welcome back. A question every day at 09:00, London")
    hours = await stage.app.db.read(schedules.of_chat, alice.id)
    assert all(schedule.active for schedule in hours.values())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>Bob</b>", "Hi <b>Bob</b>!"),
        ("A\u200d\u200b\u202eB", "Hi AB!"),
        ("\u200f\u200d", "Hi! One"),
        ("x" * 200, f"Hi {'x' * 32}!"),
        ("עליזה", "Hi \u2068עליזה\u2069!"),
    ],
)
async def test_no_name_breaks_the_greeting(
    stage: Stage, alice: Person, name: str, shown: str
) -> None:
    stage.rename(alice, name)
    await alice.says("/start")
    assert alice.last_text.startswith(shown)


async def test_whoever_begins_with_a_question_is_offered_one_every_day(
    stage: Stage, alice: Person
) -> None:
    await alice.says("/daily")
    await alice.votes(right=True)
    assert labels(alice.last)[-1] == "⏰ A question every day"
    await alice.presses("A question every day")
    assert "When shall I write?" in alice.last_text
    await alice.says("9 pm")
    assert alice.last_text == "How far along are you?"
    await alice.presses("I know the basics")
    assert alice.last_text.startswith("Done: every day at 21:00, London time.")
    assert "answered already" in alice.last_text
    await stage.wait(days=1, hours=12)
    assert len(alice.polls) == 2


async def test_an_hour_may_be_typed_right_away_in_the_first_minute(
    stage: Stage, alice: Person
) -> None:
    await alice.says("/start")
    await alice.presses("English")
    await alice.says("good morning")
    assert "is not a time of day" in alice.last_text
    await alice.says("7:30")
    assert alice.last_text == "How far along are you?"


async def test_an_hour_set_in_the_settings_subscribes(stage: Stage, alice: Person) -> None:
    await alice.says("/daily")
    await alice.says("/settings")
    await alice.presses("Question time")
    await alice.presses("08:00")
    chat = await stage.app.db.read(chats.get, alice.id)
    assert chat is not None
    assert chat.started_at is not None
    await stage.wait(days=1)
    assert len(alice.polls) == 2
