"""What time it is. Whatever depends on the time asks a Clock, so that the sandbox can move it."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The machine's clock plus a shift that only grows: time travel goes forward."""

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self.shift = shift

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC) + self.shift

    def move_to(self, moment: datetime) -> None:
        """Jump forward to `moment`; a moment that has passed leaves the clock alone."""
        self.shift += max(moment - self.now(), timedelta())
