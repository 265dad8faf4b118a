"""Column types both engines agree on. A moment is aware and in UTC on the way in and on the way
out; a naive one is refused rather than guessed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class NaiveMoment(ValueError, DontWrapMixin):
    """A datetime without a zone was about to be stored or compared."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: microseconds since 1970 as an integer on SQLite (compact, exact, comparable, quick
    to read), timestamptz on PostgreSQL. Do arithmetic on moments in Python, not in SQL."""

    impl = DateTime(timezone=True)  # not the integer, lest a key of moments become a serial number
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The engine's own type."""
        native = DateTime(timezone=True) if dialect.name == "postgresql" else BigInteger()
        return dialect.type_descriptor(native)

    # These two replace the decorator's process_* hooks, which would cost another call per value.
    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """From a datetime to what the driver takes."""
        return _aware if dialect.name == "postgresql" else _to_integer

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """From what the driver gives to a datetime; asyncpg's is aware and in UTC already."""
        return None if dialect.name == "postgresql" else _from_integer


def _aware(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.utcoffset() is None:
        raise NaiveMoment(f"{moment!r} has no time zone; moments are kept aware, in UTC")
    return moment


def _to_integer(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    try:
        return (moment - EPOCH) // MICROSECOND
    except TypeError:
        raise NaiveMoment(f"{moment!r} has no time zone; moments are kept aware, in UTC") from None


def _from_integer(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else EPOCH + timedelta(0, 0, microseconds)
