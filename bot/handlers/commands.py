"""The one table of commands: it is the router, the help and the menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.actions import subscribe
from bot.bank.question import LANGUAGES
from bot.handlers import daily, settings, start, streak
from bot.handlers.facts import Said
from bot.handlers.unit import Unit
from bot.messages.html import Html, display_name
from bot.messages.values import Button, Reply, Text
from bot.texts import translate


@dataclass(frozen=True)
class Command:
    """A command; its line in menu and help is the text `command-<name>`."""

    name: str
    handler: Callable[[Unit, Said], Sequence[Reply]]


def show_help(unit: Unit, said: Said) -> Sequence[Reply]:
    """/help: the idea in a paragraph, then the commands, a line each."""
    language = unit.chat.language
    lines = [f"/{c.name} – {translate(language, f'command-{c.name}')}" for c in COMMANDS]
    return [Text(Html(f"{translate(language, 'help')}\n\n" + "\n".join(lines)))]


COMMANDS: Sequence[Command] = (
    Command("daily", daily.show),
    Command("streak", streak.show),
    Command("saved", streak.saved),
    Command("settings", settings.show),
    Command("help", show_help),
    Command("start", start.start),
    Command("stop", streak.stop),
)
_BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}


def spoken(unit: Unit, said: Said) -> Sequence[Reply]:
    """Any words: a command, an answer to what the bot has asked, or something else."""
    if not unit.chat.is_private:
        return _in_group(unit, said)
    if said.command:
        subscribe.expect(unit.conn, unit.chat, None)  # a command changes the subject
        command = _BY_NAME.get(said.command)
        return command.handler(unit, said) if command else [_unknown_command(unit, said)]
    if (replies := settings.typed(unit, said)) is not None:
        return replies
    key = "unknown-text" if said.text else "unknown-file"
    return [Text(translate(unit.chat.language, key, commands=_known(unit.chat.language)))]


def menu(language: str) -> list[dict[str, str]]:
    """The commands as setMyCommands wants them."""
    return [
        {"command": c.name, "description": translate(language, f"command-{c.name}")}
        for c in COMMANDS
    ]


def menus() -> dict[str, list[dict[str, str]]]:
    """The menu in every language."""
    return {language: menu(language) for language in LANGUAGES}


def _unknown_command(unit: Unit, said: Said) -> Text:
    language = unit.chat.language
    command = f"/{display_name(said.command)}"
    return Text(translate(language, "unknown-command", command=command, commands=_known(language)))


def _known(language: str) -> str:
    names = [f"/{command.name}" for command in COMMANDS if command.name != "start"]
    return translate(language, "gap-items").join(names)


def _in_group(unit: Unit, said: Said) -> Sequence[Reply]:
    """In a group the bot answers its own commands only, and sends people to the private chat."""
    if said.command not in _BY_NAME:
        return []
    language = unit.person.language if unit.person else unit.chat.language
    link = Button(translate(language, "button-open-chat"), url=unit.link)
    return [Text(translate(language, "group-private"), ((link,),))]
