"""Misfortune on order: what can go wrong between a bot and Telegram, for tests to switch on."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

EVERY_METHOD = "*"


class FaultKind(StrEnum):
    """`LOST_AFTER` and `STALL` let the method take effect; the others prevent it."""

    TOO_MANY = "too_many"
    SERVER_ERROR = "server_error"
    RESET_BEFORE = "reset_before"
    LOST_AFTER = "lost_after"
    STALL = "stall"
    DUPLICATE_UPDATES = "duplicate_updates"


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong; `seconds` is the wait for TOO_MANY and STALL."""

    kind: FaultKind
    seconds: float = 0

    @classmethod
    def too_many(cls, retry_after: int) -> "Fault":
        """429 with retry_after, in seconds."""
        return cls(FaultKind.TOO_MANY, retry_after)

    @classmethod
    def server_error(cls) -> "Fault":
        """502 Bad Gateway, without effect."""
        return cls(FaultKind.SERVER_ERROR)

    @classmethod
    def reset_before(cls) -> "Fault":
        """The connection drops before anything happened."""
        return cls(FaultKind.RESET_BEFORE)

    @classmethod
    def lost_after(cls) -> "Fault":
        """It happens, then the connection drops instead of an answer."""
        return cls(FaultKind.LOST_AFTER)

    @classmethod
    def stall(cls, seconds: float) -> "Fault":
        """It happens at once, the answer comes `seconds` later."""
        return cls(FaultKind.STALL, seconds)

    @classmethod
    def duplicate_updates(cls) -> "Fault":
        """getUpdates hands out this batch, and once more at the next call."""
        return cls(FaultKind.DUPLICATE_UPDATES)


@dataclass
class Ordered:
    """A fault in the queue; `left` is None for one that stays until cleared."""

    method: str
    fault: Fault
    left: int | None


@dataclass
class Faults:
    """The queue. `limits` switches on Telegram's rate limits, which are off by default."""

    limits: bool = False
    queue: list[Ordered] = field(default_factory=list)

    def add(self, method: str, fault: Fault, *, times: int | None = 1) -> None:
        """Let `method` (or "*" for all) go wrong so many times; None means until clear()."""
        self.queue.append(Ordered(method.lower(), fault, times))

    def clear(self) -> None:
        """Everything works again."""
        self.queue.clear()

    def take(self, method: str) -> Fault | None:
        """The fault that strikes this call, if any; the oldest order comes first."""
        for order in self.queue:
            if order.method in (EVERY_METHOD, method.lower()):
                return self._spend(order)
        return None

    def _spend(self, order: Ordered) -> Fault:
        if order.left is not None:
            order.left -= 1
            if order.left <= 0:
                self.queue.remove(order)
        return order.fault


@dataclass
class Limits:
    """Telegram's rates: 30 a second for all, 1 a second in a chat, 20 a minute in a group.

    Measured on the machine's clock, since moving the sandbox's clock must not empty them.
    """

    timer: Callable[[], float] = time.monotonic
    spent: dict[str, deque[float]] = field(default_factory=dict)

    def wait(self, chat_id: int, *, group: bool) -> int:
        """Whole seconds to wait, or 0 when the message may go (and is then counted)."""
        now = self.timer()
        windows = [("all", 30, 1.0), (f"chat {chat_id}", 1, 1.0)]
        if group:
            windows.append((f"group {chat_id}", 20, 60.0))
        longest = max(self._until_free(name, most, span, now) for name, most, span in windows)
        if longest > 0:
            return math.ceil(longest)
        for name, _, _ in windows:
            self.spent[name].append(now)
        return 0

    def _until_free(self, name: str, most: int, span: float, now: float) -> float:
        times = self.spent.setdefault(name, deque())
        while times and times[0] <= now - span:
            times.popleft()
        return times[0] + span - now if len(times) >= most else 0.0
