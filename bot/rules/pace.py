"""How fast the bot may speak: sliding windows, so that no window of that length ever holds more.

Times are seconds of one steady clock. Nothing waits here: callers ask when, wait, then say so.
"""

from collections import deque
from dataclasses import dataclass, field

# Telegram's limits as its bot FAQ states them; edits count like messages.
CHAT_LIMIT, CHAT_SECONDS = 1, 1.0
GROUP_LIMIT, GROUP_SECONDS = 20, 60.0
BULK_SECONDS = 1.0

_KEPT = 1024


@dataclass
class Window:
    """At most `limit` events in any half-open interval [t, t + seconds)."""

    limit: int
    seconds: float
    _events: deque[float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.limit < 1 or self.seconds <= 0:
            raise ValueError("a window needs room for an event and a length")
        # Older events cannot matter: the next one waits for the limit-th latest only.
        self._events = deque(maxlen=self.limit)

    def ready_at(self, now: float) -> float:
        """The earliest moment from `now` on at which one more event fits."""
        if len(self._events) < self.limit:
            return now
        return max(now, self._events[0] + self.seconds)

    def add(self, at: float) -> None:
        """An event took place; one that comes in late counts as of the latest known."""
        self._events.append(max(at, self._events[-1]) if self._events else at)

    def postpone(self, at: float) -> None:
        """The latest event took place no earlier than it was added, and no later than `at`."""
        if self._events:
            self._events[-1] = max(at, self._events[-1])

    def is_idle(self, now: float) -> bool:
        """Whether no event is recent enough to matter any more."""
        return not self._events or self._events[-1] + self.seconds <= now


class Pace:
    """The limits of one bot: each chat's, each group's, and that of what goes to many at once."""

    def __init__(self, bulk_rate: int = 28) -> None:
        """`bulk_rate` is in messages a second and binds bulk messages only."""
        self._bulk = Window(bulk_rate, BULK_SECONDS)
        self._chats: dict[int, tuple[Window, ...]] = {}
        self._held: dict[int | None, float] = {}
        self._room = _KEPT

    def ready_at(self, chat_id: int, *, bulk: bool, now: float) -> float:
        """The earliest moment from `now` on at which a message or an edit may go out."""
        windows = self._chats.get(chat_id, ())
        moments = [now, *(window.ready_at(now) for window in windows)]
        moments += [self._held[key] for key in (None, chat_id) if key in self._held]
        if bulk:
            moments.append(self._bulk.ready_at(now))
        return max(moments)

    def bulk_ready_at(self, now: float) -> float:
        """The earliest moment from `now` on at which anything may go out in bulk."""
        return max(self._bulk.ready_at(now), self._held.get(None, now))

    def sent(self, chat_id: int, *, bulk: bool, now: float) -> None:
        """A message or an edit goes out. Call it before the request, not after the answer."""
        if chat_id not in self._chats:
            self._forget(now)
            self._chats[chat_id] = _windows(chat_id)
        for window in self._chats[chat_id]:
            window.add(now)
        if bulk:
            self._bulk.add(now)

    def answered(self, chat_id: int, *, now: float) -> None:
        """The answer to the chat's latest message is here: until now it may have been on its way,
        so the chat's next one is counted from here."""
        for window in self._chats.get(chat_id, ()):
            window.postpone(now)

    def hold(self, chat_id: int | None, until: float) -> None:
        """Telegram said 429: nothing to this chat before `until`, or to anybody for None."""
        self._held[chat_id] = max(until, self._held.get(chat_id, until))

    def known(self) -> int:
        """How many chats are remembered: a number to watch, bounded by the recent traffic."""
        return len(self._chats.keys() | self._held.keys())

    def _forget(self, now: float) -> None:
        """Drop chats that nothing holds back, once twice as many came in as were left over."""
        if self.known() < self._room:
            return
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        self._chats = {
            chat: windows
            for chat, windows in self._chats.items()
            if not all(window.is_idle(now) for window in windows)
        }
        self._room = max(_KEPT, 2 * self.known())


def _windows(chat_id: int) -> tuple[Window, ...]:
    # Groups, supergroups and channels have negative ids.
    chat = Window(CHAT_LIMIT, CHAT_SECONDS)
    return (chat, Window(GROUP_LIMIT, GROUP_SECONDS)) if chat_id < 0 else (chat,)
