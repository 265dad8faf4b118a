"""The tables: what is remembered. Every promise of "exactly once" is a key or a unique column here.

A person is their private chat: `chats.chat_id` equals the person's id there, so language, zone
and level stand in one place for people and groups alike.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    text,
)

from bot.store.columns import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts by itself only in a column declared INTEGER.
_Serial = BigInteger().with_variant(Integer, "sqlite")


def _chat(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "chat_id",
        BigInteger,
        ForeignKey("chats.chat_id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )


def _person() -> Column[int]:
    return Column(
        "person_id",
        BigInteger,
        ForeignKey("users.person_id", ondelete="CASCADE"),
        nullable=False,
        primary_key=True,
    )


chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("type", String(12), nullable=False),
    Column("language", String(2), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("level", String(12)),  # none: the question of the day, like everybody
    Column("expects", String(12)),  # what the next typed text is an answer to
    Column("started_at", UtcDateTime),  # set-up finished
    Column("paused", String(24)),  # why nothing is sent on the bot's initiative; none: it is
    Column("created_at", UtcDateTime, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("streak", Integer, nullable=False, server_default="0"),
    Column("best", Integer, nullable=False, server_default="0"),
    Column("last_day", Date),
    Column("freezes", SmallInteger, nullable=False, server_default="2"),
    Column("towards_freeze", SmallInteger, nullable=False, server_default="0"),
    Column("lost", Integer, nullable=False, server_default="0"),
    Column("lost_on", Date),
    Column("reviews", SmallInteger, nullable=False, server_default="0"),
)

schedules = Table(
    "schedules",
    metadata,
    _chat(primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("at", Time, nullable=False),  # local time of day in the chat's zone
    Column("next_at", UtcDateTime, nullable=False),
    Column("next_day", Date, nullable=False),  # the intended local date
    Column("last_day", Date),
    Column("active", Boolean, nullable=False),
    Index(None, "next_at", sqlite_where=text("active = 1"), postgresql_where=text("active")),
)

calendar = Table(
    "calendar",
    metadata,
    Column("day", Date, primary_key=True),
    Column("slug", String(64), nullable=False),
)

asks = Table(
    "asks",
    metadata,
    Column("ask_id", _Serial, primary_key=True),
    _chat(),
    Column("slug", String(64), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("day", Date, nullable=False),
    Column("language", String(2), nullable=False),
    Column("shown", String(12), nullable=False),  # canonical option numbers in shown order
    Column("closes_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "chat_id", "slug"),
    sqlite_autoincrement=True,
)

polls = Table(
    "polls",
    metadata,
    Column("poll_id", String(64), primary_key=True),
    Column(
        "ask_id",
        BigInteger,
        ForeignKey("asks.ask_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
)

answers = Table(
    "answers",
    metadata,
    Column("ask_id", BigInteger, ForeignKey("asks.ask_id", ondelete="CASCADE"), primary_key=True),
    _person(),
    Column("slug", String(64), nullable=False),
    Column("option", SmallInteger, nullable=False),  # canonical: 0 is right
    Column("is_first", Boolean, nullable=False),  # the person's first answer to this question
    Column("day", Date, nullable=False),  # the person's own day, stored and never recomputed
    Column("answered_at", UtcDateTime, nullable=False),
    Index(None, "person_id", "slug"),
)

days = Table(
    "days",
    metadata,
    _person(),
    Column("day", Date, primary_key=True),
    Column("how", String(8), nullable=False),  # answered, frozen, outage
)

items = Table(
    "items",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("firsts", Integer, nullable=False),  # first answers of people
    Column("rights", Integer, nullable=False),  # right ones among them
)

saved = Table(
    "saved",
    metadata,
    _person(),
    Column("slug", String(64), primary_key=True),
    Column("saved_at", UtcDateTime, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    _person(),
    Column("slug", String(64), primary_key=True),
    Column("reported_at", UtcDateTime, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    _chat(primary_key=True),
    Column("day", Date, primary_key=True),  # the intended local date
    Column("kind", String(12), primary_key=True),
    Column("planned_at", UtcDateTime, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", BigInteger, nullable=False),
    Column("payload", Text),  # emptied when done: it holds names and words
    Column("state", String(8), nullable=False),  # waiting, done, poison
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("owner", String(32), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),  # from when any process may take it
    Column("received_at", UtcDateTime, nullable=False),
    Column("error", Text),
    Index(
        None,
        "update_id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(None, "received_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("outbox_id", _Serial, primary_key=True),
    _chat(),
    Column("urgency", SmallInteger, nullable=False),
    Column("method", String(32), nullable=False),
    Column("params", Text, nullable=False),  # JSON, without the chat
    Column("state", String(9), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("unless_answered", Date),  # not sent once this person has answered on this day
    Column("ask_id", BigInteger, ForeignKey("asks.ask_id", ondelete="CASCADE")),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("doubts", SmallInteger, nullable=False, server_default="0"),  # unknown outcomes so far
    Column("owner", String(32)),
    Column("lease_until", UtcDateTime),
    Column("message_id", BigInteger),
    Column("error", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index(
        None,
        "urgency",
        "outbox_id",
        sqlite_where=text("state = 'ready'"),
        postgresql_where=text("state = 'ready'"),
    ),
    Index(
        None,
        "due_at",
        sqlite_where=text("state = 'ready'"),
        postgresql_where=text("state = 'ready'"),
    ),
    Index(
        None,
        "lease_until",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index(None, "sent_at"),
    Index(None, "created_at"),
    Index(None, "chat_id"),
    Index(None, "ask_id"),
    sqlite_autoincrement=True,
)

outages = Table(
    "outages",
    metadata,
    Column("started_at", UtcDateTime, primary_key=True),
    Column("ended_at", UtcDateTime, nullable=False),
)

pulses = Table(
    "pulses",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
