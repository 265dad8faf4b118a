"""The settings: one screen, changed in place, in force from the next delivery on."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.zones import CITIES
from bot.store import schedules, users
from bot.texts import translate
from tests.stage import SEATS, Message, Person, Stage, buttons, labels

LANGUAGE = {"alice": "en", "boris": "ru", "carla": "pt", "li": "zh"}


async def open_settings(person: Person) -> Message:
    """Set up in the person's own language, then the settings screen."""
    language = LANGUAGE[{number: name for name, number in SEATS.items()}[person.id]]
    await person.says("/start")
    await person.presses(translate(language, f"language-{language}"))
    await person.presses("09:00")
    await person.presses(translate(language, "level-everybody"))
    await person.says("/settings")
    return person.last


def local(message: Message) -> str:
    """When a message came, by London's clock."""
    return f"{datetime.fromtimestamp(message['date'], ZoneInfo('Europe/London')):%H:%M}"


@pytest.mark.parametrize("name", LANGUAGE)
async def test_every_setting_is_changed_in_one_message(stage: Stage, name: str) -> None:
    person, language = stage.person(name), LANGUAGE[name]
    screen = await open_settings(person)
    said = len(person.heard)

    async def choose(setting: str, label: str) -> str:
        await person.presses(translate(language, f"settings-{setting}"), person.last)
        back = translate(language, "button-back")
        assert labels(person.last)[-1] == back
        await person.presses(back, person.last)
        await person.presses(translate(language, f"settings-{setting}"), person.last)
        await person.presses(label, person.last)
        return person.last_text

    city = translate(language, f"city-{list(CITIES[language])[1]}")
    assert city in await choose("city", city)
    assert "12:00" in await choose("hour", "12:00")
    assert "18:00" in await choose("saver", "18:00")
    hard = translate(language, "level-advanced")
    assert hard in await choose("level", hard)
    await person.presses(translate(language, "settings-saver-off"), person.last)
    assert translate(language, "settings-off") in person.last_text
    await person.presses(translate(language, "settings-saver-on"), person.last)
    assert "18:00" in person.last_text

    assert len(person.heard) == said, "no second message"
    assert person.last["message_id"] == screen["message_id"]


async def test_the_screen_speaks_the_language_just_chosen(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    for code, own in (("ru", "Русский"), ("pt", "Português"), ("zh", "中文"), ("en", "English")):
        await alice.presses(labels(alice.last)[0], alice.last)
        assert labels(alice.last)[:4] != labels(alice.heard[0])[:4]
        await alice.presses(own, alice.last)
        assert own in alice.last_text
        assert labels(alice.last)[1] == translate(code, "settings-city")


async def test_what_is_set_is_ticked_among_the_choices(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    ticked = {
        "Language": "English ✓",
        "City": "London ✓",
        "Question time": "09:00 ✓",
        "Reminder time": "20:00 ✓",
        "Level": "I know the basics ✓",
    }
    for setting, label in ticked.items():
        await alice.presses(setting, alice.last)
        assert [text for text in labels(alice.last) if "✓" in text] == [label]
        await alice.presses("Back", alice.last)


async def test_a_new_hour_is_kept_from_the_next_day_on(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("Question time")
    await alice.presses("19:00")
    await stage.wait(hours=14)
    assert len(alice.polls) == 1, "today's was served at the start"
    await stage.wait(days=1)
    assert len(alice.polls) == 2
    assert local(alice.polls[-1]) == "19:00"


async def test_moving_the_hour_back_and_forth_brings_no_second_question(
    stage: Stage, alice: Person
) -> None:
    await open_settings(alice)
    await stage.wait(hours=23, minutes=30)  # the second day's question has come at 09:00
    served = len(alice.polls)
    for hour in ("12:00", "19:00", "12:00"):
        await alice.says("/settings")
        await alice.presses("Question time")
        await alice.presses(hour)
        await stage.wait(hours=2)
    await stage.wait(hours=8)
    assert len(alice.polls) == served


async def test_daily_never_promises_a_question_that_will_not_come(
    stage: Stage, alice: Person
) -> None:
    await open_settings(alice)
    await alice.votes(right=True)
    await alice.presses("Question time")
    await alice.presses("19:00")
    await alice.says("/daily")
    assert "tomorrow at 19:00" in alice.last_text
    await stage.wait(hours=13)
    assert len(alice.polls) == 1


async def test_a_new_level_is_asked_from_the_next_question_on(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("Level")
    await alice.presses("Interviewing soon")
    await alice.says("/daily")
    assert alice.polls[-1]["poll"]["question"] == alice.polls[0]["poll"]["question"]
    await stage.wait(days=1)
    assert "advanced" in alice.polls[-1]["poll"]["description"]


async def test_a_new_city_moves_the_hour_to_its_clock(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("City")
    await alice.presses("New York")
    await stage.wait(days=2)
    moments = [m["date"] for m in alice.polls[1:]]
    assert len(moments) == 1 or moments[1] - moments[0] == timedelta(days=1).total_seconds()
    assert local(alice.polls[-1]) in ("13:00", "14:00")


async def test_travelling_round_the_world_gains_neither_questions_nor_days(
    stage: Stage, alice: Person
) -> None:
    await open_settings(alice)
    await alice.votes(right=True)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tokyo", "America/Anchorage"):
        await alice.says("/settings")
        await alice.presses("City")
        await alice.presses("Another city")
        await alice.says(zone)
        await stage.wait(hours=1)
    assert (await stage.app.db.read(users.ledger, alice.id)).streak == 1
    assert len(alice.polls) <= 2
    await stage.wait(days=1, hours=8)
    await alice.votes(right=True)
    assert (await stage.app.db.read(users.ledger, alice.id)).streak == 2


async def test_a_typed_hour_brings_the_screen_with_it(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("Question time")
    await alice.presses("Other hour")
    assert "Write it like 07:30" in alice.last_text
    await alice.says("6.45 pm")
    assert "Question: 18:45" in alice.last_text
    assert "Reminder: 20:00" in alice.last_text


async def test_a_typed_reminder_hour_leaves_the_question_alone(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("Reminder time")
    await alice.presses("Other hour")
    await alice.says("20:30")
    assert "Question: 09:00" in alice.last_text
    assert "Reminder: 20:30" in alice.last_text


async def test_the_way_back_from_typing_is_a_button(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("Question time")
    await alice.presses("Other hour")
    await alice.presses("Back")
    assert alice.last_text.startswith("Settings")
    await alice.says("07:30")
    assert alice.last_text.startswith("I know /daily"), "it waits for no hour any more"


@pytest.mark.parametrize("leave", ["/streak", "an hour by button"])
async def test_whoever_changes_the_subject_is_not_asked_on(
    stage: Stage, alice: Person, leave: str
) -> None:
    screen = await open_settings(alice)
    await alice.presses("Reminder time")
    choices = buttons(alice.last)
    await alice.presses("Other hour")
    if leave.startswith("/"):
        await alice.says(leave)
    else:
        world = stage.sandbox.world
        world.find(alice.id, screen["message_id"]).inline = [choices]  # type: ignore[union-attr]
        await alice.press_data(screen, choices[0]["callback_data"])
    await alice.says("thanks")
    assert alice.last_text.startswith("I know /daily")


async def test_nonsense_for_an_hour_changes_nothing(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("Question time")
    await alice.presses("Other hour")
    words = (
        "25:00",
        "never",
        "👨‍👩‍👧‍👦🔥",
        "עשר בבוקר",
        "<i>9</i> & more",
        "9" * 10_000,
        "07:30\n08:30",
    )
    for nonsense in words:
        await alice.says(nonsense)
        assert "is not a time of day. Send one like 07:30." in alice.last_text
        assert len(alice.last_text) < 120
        assert "\n" not in alice.last_text
    await alice.says("07:30")
    assert "Question: 07:30" in alice.last_text


async def test_nonsense_for_a_city_changes_nothing(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("City")
    await alice.presses("Another city")
    for nonsense in ("UTC+3", "🌍", "ירושלים של מעלה", "x" * 10_000, "<b>A&B</b>"):
        await alice.says(nonsense)
        assert "I don't know “" in alice.last_text
        assert len(alice.last_text) < 250
    await alice.says("/settings")
    assert "City: London" in alice.last_text


async def test_marks_of_direction_are_not_repeated(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("Question time")
    await alice.presses("Other hour")
    await alice.says("noo\u202en\u2066 ish")
    assert alice.last_text.startswith("“noon ish” is not")


async def test_the_reminder_stays_off_through_stop_and_start(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.presses("Turn reminder off")
    await alice.says("/stop")
    await alice.says("/settings")
    assert "Daily questions are stopped" in alice.last_text
    await alice.says("/start")
    await alice.says("/settings")
    assert "Reminder: off" in alice.last_text
    assert "Question: 09:00" in alice.last_text
    stage.sandbox.world.block(alice.id)
    stage.sandbox.world.block(alice.id, blocked=False)
    await stage.settled()
    hours = await stage.app.db.read(schedules.of_chat, alice.id)
    assert not hours["saver"].active


async def test_nothing_comes_while_stopped_whatever_is_set(stage: Stage, alice: Person) -> None:
    await open_settings(alice)
    await alice.votes(right=True)
    await alice.says("/stop")
    await alice.says("/settings")
    await alice.presses("Question time")
    await alice.presses("12:00")
    await alice.says("/daily")
    assert "Daily questions are stopped" in alice.last_text
    said = len(alice.heard)
    await stage.wait(days=2)
    assert len(alice.heard) == said


async def test_settings_before_the_start_are_the_first_guesses(stage: Stage, alice: Person) -> None:
    await alice.says("/settings")
    assert "City: London" in alice.last_text
    assert "Question: off" in alice.last_text
    assert "Reminder: off" in alice.last_text
