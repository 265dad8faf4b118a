"""The daily question, its answer post, and what stands under it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import answers, asks, users
from tests.stage import Person, Stage, labels


async def test_an_answer_brings_the_post_and_day_one(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    post = alice.last_text
    assert post.startswith("❓ ")
    assert "✅ Right." in post
    assert "📎" in post
    assert "#" in post
    assert post.endswith("🔥 Day 1.")
    assert labels(alice.last) == ["🔖 Save", "🚩 Report", "More on this"]


async def test_a_wrong_answer_is_told_why_it_tempts(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=False)
    ask = await stage.app.db.read(asks.open_ask, alice.id, "daily", stage.app.clock.now())
    assert ask is not None
    option = await stage.app.db.read(answers.option_of, ask.ask_id, alice.id)
    wording = stage.bank.questions[ask.slug].text["en"]
    assert option
    assert f"Not quite. {wording.wrong[option - 1].because}" in alice.last_text
    assert alice.last_text.endswith("🔥 Day 1.")


async def test_the_poll_closes_at_the_end_of_the_persons_day(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    ask = await stage.app.db.read(asks.open_ask, alice.id, "daily", stage.app.clock.now())
    assert ask is not None
    assert alice.last["poll"]["close_date"] == int(ask.closes_at.timestamp())
    assert ask.closes_at - stage.app.clock.now() <= timedelta(hours=25)


async def test_everybody_gets_the_same_question_in_their_language(stage: Stage) -> None:
    slugs = set()
    for name in ("alice", "boris", "carla", "li"):
        person = stage.person(name)
        await person.says("/daily")
        ask = await stage.app.db.read(asks.open_ask, person.id, "daily", stage.app.clock.now())
        assert ask is not None
        slugs.add((ask.day, ask.slug))
        wording = stage.bank.questions[ask.slug].text[ask.language]
        assert person.last["poll"]["question"] == wording.question
    assert len(slugs) == len({day for day, _ in slugs})


async def test_daily_shows_the_open_question_again(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.says("/daily")
    first, second = alice.polls
    assert first["poll"]["question"] == second["poll"]["question"]
    await alice.votes(right=True, message=first)
    await alice.votes(right=False, message=second)
    assert alice.last_text == "You have answered this question today; the first answer counts."
    ledger = await stage.app.db.read(users.ledger, alice.id)
    assert ledger.streak == 1


async def test_daily_after_the_answer_says_when_the_next_one_comes(
    stage: Stage, alice: Person
) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    await alice.says("/daily")
    assert "answered today's question" in alice.last_text
    assert "09:00" in alice.last_text
    await alice.presses("One more")
    await alice.votes(right=True)
    assert "Still day 1" in alice.last_text


async def test_a_question_saved_is_found_again(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.says("/saved")
    assert "Nothing saved yet" in alice.last_text
    await alice.votes(right=True)
    post = alice.last
    assert await alice.presses("Save", post) == "Saved: find it under /saved"
    assert "🔖 Saved ✓" in labels(alice.last)
    await alice.says("/saved")
    [button] = labels(alice.last)
    await alice.presses(button)
    assert alice.last_text.startswith("❓ ")
    assert await alice.presses("Saved ✓") == "No longer saved"
    await alice.says("/saved")
    assert "Nothing saved yet" in alice.last_text


async def test_a_report_is_noted_once(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    assert "check this question" in str(await alice.presses("Report"))
    assert "reported this one" in str(await alice.presses("Report"))


async def test_more_on_the_topic_stays_on_the_topic(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    first = alice.polls[0]["poll"]["description"].split(" · ")[0]
    await alice.presses("More on this")
    assert alice.polls[-1]["poll"]["description"].startswith(first)


async def test_a_vote_in_an_unknown_poll_is_answered_in_words(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await stage.app.db.write(stage.forget_polls)
    await stage.wait(days=3)
    stage.revive(alice.polls[0])
    await alice.votes(right=True, message=alice.polls[0])
    assert "don't remember that question" in alice.last_text


@pytest.mark.parametrize("level", ["Starting out", "Interviewing soon"])
async def test_nobody_with_a_level_sees_a_question_twice(
    stage: Stage, alice: Person, level: str
) -> None:
    await alice.sets_up(level=level)
    for _ in range(8):
        await stage.wait(days=1)
    questions = [m["poll"]["question"] for m in alice.polls]
    assert len(questions) >= 9
    assert len(set(questions)) == len(questions)


async def test_the_share_is_told_from_thirty_answers_on(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    ask = await stage.app.db.read(asks.open_ask, alice.id, "daily", stage.app.clock.now())
    assert ask is not None
    for number in range(29):
        await stage.app.db.write(answers.count_first, ask.slug, right=number < 12)
    await alice.votes(right=True)
    assert alice.last_text.endswith("43% got this right.")


async def test_an_answer_keeps_the_day_it_was_given_on(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    ledger = await stage.app.db.read(users.ledger, alice.id)
    assert ledger.streak == 1
    assert ledger.last_day is not None
    assert await stage.app.db.read(users.has_answered, alice.id, ledger.last_day)
