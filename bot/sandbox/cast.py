"""Who lives in the sandbox: people with a seat, companions, the bot, a group, a channel."""

from dataclasses import dataclass

BOT_ID = 42
GROUP_ID = -1001000000001
CHANNEL_ID = -1001000000002


@dataclass(frozen=True)
class Person:
    """A user as Telegram knows them; `language` is the IETF tag their app reports."""

    id: int
    name: str
    username: str
    language: str | None
    color: str
    is_bot: bool = False

    @property
    def initials(self) -> str:
        """What stands in the round picture of a user without a photo."""
        return initials(self.name)


def initials(name: str) -> str:
    """The first letters of the first two words."""
    return "".join(word[0] for word in name.split()[:2]).upper()


BOT = Person(BOT_ID, "dailygrad", "dailygrad_bot", None, "#3a8fb7", is_bot=True)

SEATS = (
    Person(1001, "Alice", "alice_in_training", "en", "#d6685f"),
    Person(1002, "Борис", "boris_gradient", "ru", "#5a9e4b"),
    Person(1003, "Carla", "carla_tensor", "pt-br", "#c58136"),
    Person(1004, "李雷", "lilei_ml", "zh-hans", "#7d6bc9"),
)
COMPANIONS = (
    Person(1101, "Dora", "dora_dropout", "en", "#c4588c"),
    Person(1102, "Émile", "emile_epoch", "fr", "#3f8f94"),
)
PEOPLE = SEATS + COMPANIONS
OWNER = SEATS[0]
