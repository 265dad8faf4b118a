"""A crowd that uses the bot at random, each at their own pace, and remembers what it did."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

from bot.sandbox.cast import Person
from bot.sandbox.records import Chat, ChatType, Poll
from bot.sandbox.world import World

LANGUAGES = ("en", "ru", "pt-br", "zh-hans")
Content = tuple[str, tuple[str, ...]]  # what a quiz shows: question and options


@dataclass(frozen=True)
class Voted:
    """A vote, by the number of the update that told it."""

    update_id: int
    person: int
    poll: Poll
    option: int


@dataclass
class Crowd:
    """People with private chats. They ask for one quiz at a time, as one who reads would."""

    world: World
    dice: random.Random
    people: list[int]
    votes: list[Voted] = field(default_factory=list)
    replies_owed: Counter[str] = field(default_factory=Counter)  # by what was done
    saves: Counter[tuple[int, str]] = field(default_factory=Counter)  # presses by (person, slug)
    _asked: dict[int, int] = field(default_factory=dict)  # quizzes seen when the next was asked for

    @classmethod
    def gather(cls, world: World, dice: random.Random, size: int) -> Crowd:
        """New people in the sandbox."""
        people = list(range(5001, 5001 + size))
        for number in people:
            name = f"Person {number}"
            language = LANGUAGES[number % len(LANGUAGES)]
            world.people[number] = Person(number, name, f"person_{number}", language, "#808080")
            world.add_chat(Chat(number, ChatType.PRIVATE, name, "#808080", f"person_{number}"))
        return cls(world, dice, people)

    async def act(self, pause: float) -> None:
        """One act after another, `pause` seconds between them on average, until cancelled."""
        while True:
            self.act_once(self.dice.choice(self.people))
            await asyncio.sleep(self.dice.uniform(0, 2 * pause))

    def act_once(self, person: int) -> None:
        """What somebody does next."""
        fresh, copies = self._open(person)
        if fresh and self.dice.random() < 0.7:
            self._vote(person, fresh[0])
        elif not fresh and not self._waits(person) and self.dice.random() < 0.6:
            self._ask(person, copies)
        elif not self._press(person, self.dice.choice(("save", "save", "report"))):
            self._say(person, self.dice.choice(("/streak", "/help", "/saved")))

    def polls(self, person: int) -> list[Poll]:
        """The quizzes in somebody's chat, the oldest first."""
        return [self.world.polls[m.poll] for m in self.world.in_chat(person) if m.poll]

    def _open(self, person: int) -> tuple[list[Poll], list[Poll]]:
        """Quizzes without this person's vote: new ones, and copies of what they have answered."""
        polls = self.polls(person)
        done = {content(poll) for poll in polls if person in poll.votes}
        blank = [poll for poll in polls if person not in poll.votes and not poll.closed]
        return [p for p in blank if content(p) not in done], [
            p for p in blank if content(p) in done
        ]

    def _waits(self, person: int) -> bool:
        return len({content(p) for p in self.polls(person)}) < self._asked.get(person, 0)

    def _ask(self, person: int, copies: list[Poll]) -> None:
        if copies and self.dice.random() < 0.5:
            self._vote(person, copies[0])
            return
        seen = len({content(poll) for poll in self.polls(person)})
        if self.dice.random() < 0.8 and self._press(person, "more"):
            self._asked[person] = seen + 1
            return
        self._asked[person] = max(seen, 1)  # today's, or that it has been answered
        self._say(person, "/daily")

    def _say(self, person: int, words: str) -> None:
        self.world.say(person, person, words)
        self.replies_owed[words] += 1

    def _vote(self, person: int, poll: Poll) -> None:
        option = self.dice.randrange(len(poll.options))
        self.world.vote(person, poll.id, [option])
        self.votes.append(Voted(self.world.mail.next_id - 1, person, poll, option))

    def _press(self, person: int, verb: str) -> bool:
        """Press such a button under a message, if there is one."""
        found = [
            (message, button["callback_data"])
            for message in self.world.in_chat(person)
            for row in message.inline or []
            for button in row
            if button["callback_data"].startswith(f"{verb} ")
        ]
        if not found:
            return False
        message, data = self.dice.choice(found)
        self.world.press(person, person, message.message_id, data)
        if verb != "report":  # a report gets a toast only
            self.replies_owed[verb] += 1
        if verb == "save":
            self.saves[person, data.partition("~")[0].split(" ")[1]] += 1
        return True


def content(poll: Poll) -> Content:
    """What a quiz shows; copies of it show the same."""
    return poll.question, tuple(poll.options)
