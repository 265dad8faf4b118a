"""The command line: `dailygrad` = `python -m bot`. It words what went wrong; it decides nothing."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import settings as settings_module
from bot.bank.question import LANGUAGES
from bot.refusal import Refusal
from bot.settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all is well, 1 if not."""
    args = _parser().parse_args(argv)
    try:
        settings = settings_module.read(os.environ)
        command: Callable[[argparse.Namespace, Settings], int] = args.command
        return command(args, settings)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dailygrad", description="One deep-learning interview question a day, on Telegram."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    attempt = commands.add_parser("try", help="the whole bot in a local chat page; no token needed")
    attempt.add_argument("--port", type=_port, default=8080, help="the page's port (8080)")
    attempt.add_argument("--keep", type=Path, metavar="FILE", help="keep the state in this file")
    attempt.set_defaults(command=_try)
    commands.add_parser("run", help="the bot on Telegram; needs BOT_TOKEN").set_defaults(
        command=_run
    )
    commands.add_parser("check", help="is everything ready to run?").set_defaults(command=_check)
    _content_parser(commands)
    _database_parser(commands)
    return parser


def _content_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    content = commands.add_parser("content", help="the question bank")
    verbs = content.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("check", help="all problems, by file and line").set_defaults(
        command=_content_check
    )
    show = verbs.add_parser("show", help="a question as poll and post")
    show.add_argument("slug")
    show.add_argument("language", nargs="?", choices=LANGUAGES)
    show.set_defaults(command=_content_show)
    verbs.add_parser("stats", help="counts by topic, level, language").set_defaults(
        command=_content_stats
    )


def _database_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    database = commands.add_parser("db", help="the database")
    verbs = database.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("upgrade", help="bring it to the newest tables").set_defaults(
        command=_database_upgrade
    )
    backup = verbs.add_parser("backup", help="copy a SQLite database, running or not")
    backup.add_argument("file", type=Path)
    backup.set_defaults(command=_database_backup)
    restore = verbs.add_parser(
        "restore", help="put a backup in the place of a stopped bot's database"
    )
    restore.add_argument("file", type=Path)
    restore.set_defaults(command=_database_restore)


def _port(written: str) -> int:
    if not written.isdecimal() or int(written) > 65535:
        raise argparse.ArgumentTypeError("it must be a number up to 65535")
    return int(written)


def _try(args: argparse.Namespace, settings: Settings) -> int:
    from bot.trial import attempt

    return asyncio.run(attempt(settings, port=args.port, keep=args.keep))


def _run(args: argparse.Namespace, settings: Settings) -> int:
    from bot.service import run

    return asyncio.run(run(settings))


def _check(args: argparse.Namespace, settings: Settings) -> int:
    from bot.service import check

    return asyncio.run(check(settings, sys.stdout))


def _content_check(args: argparse.Namespace, settings: Settings) -> int:
    from bot.bank import command

    return command.check(_content(settings), sys.stdout)


def _content_show(args: argparse.Namespace, settings: Settings) -> int:
    from bot.bank import command

    return command.show(_content(settings), args.slug, args.language, sys.stdout)


def _content_stats(args: argparse.Namespace, settings: Settings) -> int:
    from bot.bank import command

    return command.stats(_content(settings), sys.stdout)


def _content(settings: Settings) -> Path:
    from bot.bank.place import content_dir

    return content_dir(settings.content_dir)


def _database_upgrade(args: argparse.Namespace, settings: Settings) -> int:
    from bot.service import upgrade

    upgrade(settings)
    print("The database is at the newest revision.")
    return 0


def _database_backup(args: argparse.Namespace, settings: Settings) -> int:
    from bot.store.backup import backup

    backup(settings.database, args.file)
    print(f"Copied to {args.file}.")
    return 0


def _database_restore(args: argparse.Namespace, settings: Settings) -> int:
    from bot.store.backup import restore

    restore(settings.database, args.file)
    print(f"Restored from {args.file}; `dailygrad db upgrade` or the next start does the rest.")
    return 0
