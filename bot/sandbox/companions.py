"""Dora and Émile: they answer the quizzes of their groups by themselves, as friends would."""

import asyncio
import random
from dataclasses import dataclass, field

from bot.sandbox.cast import COMPANIONS
from bot.sandbox.records import Event, Poll
from bot.sandbox.refusals import NotPossible
from bot.sandbox.world import World

PAUSE = (1.0, 6.0)  # seconds of thought
SKILL = 0.6  # the share of answers that are right


@dataclass
class Companions:
    """Votes to come, on the running event loop; the dice are seeded, so a demo repeats itself."""

    world: World
    dice: random.Random = field(default_factory=lambda: random.Random(1101))
    pause: tuple[float, float] = PAUSE
    seen: set[str] = field(default_factory=set)
    coming: set[asyncio.TimerHandle] = field(default_factory=set)

    def heard(self, event: Event) -> None:
        """Listens to the world: a quiz that is new and has names on its votes gets answers."""
        if event.kind != "message":
            return
        message = self.world.find(event.chat_id, int(event.item))
        poll = self.world.polls.get((message and message.poll) or "")
        if poll is None or poll.id in self.seen:
            return
        self.seen.add(poll.id)
        if poll.quiz and not poll.anonymous and not poll.closed:
            self._plan(poll)

    def _plan(self, poll: Poll) -> None:
        loop = asyncio.get_running_loop()
        members = self.world.chats[poll.chat_id].members
        for person in COMPANIONS:
            if person.id in members and person.id not in poll.votes:
                choice = self._choice(poll)
                later = loop.call_later(
                    self.dice.uniform(*self.pause), self._vote, person.id, poll, choice
                )
                self.coming.add(later)

    def _choice(self, poll: Poll) -> list[int]:
        wrong = [number for number in range(len(poll.options)) if number not in poll.correct]
        if not wrong or self.dice.random() < SKILL:
            return poll.correct if poll.multiple else poll.correct[:1]
        return [self.dice.choice(wrong)]

    def _vote(self, user_id: int, poll: Poll, choice: list[int]) -> None:
        try:
            self.world.vote(user_id, poll.id, choice)
        except NotPossible:
            return  # the poll closed, or they left: nobody minds

    def stop(self) -> None:
        """Think no more."""
        for later in self.coming:
            later.cancel()
        self.coming.clear()
