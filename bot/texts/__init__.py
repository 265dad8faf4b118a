"""The bot's words in four languages (Project Fluent). What a person reads stands in no Python."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from fluent.runtime import FluentBundle, FluentResource

from bot.bank.question import LANGUAGES
from bot.messages.html import Html, escape

_LOCALES: Final = {"en": "en-GB", "ru": "ru-RU", "pt": "pt-BR", "zh": "zh-CN"}


class MissingText(KeyError):
    """A key that a language does not have, or an argument that its text wants."""


def translate(language: str, key: str, /, **args: str | int) -> Html:
    """The text `key` in `language` as Telegram HTML; plain strings among `args` are escaped."""
    if any(isinstance(value, str) for value in args.values()):
        return _format(language, key, args)
    return _remembered(language, key, tuple(args.items()))


@lru_cache(maxsize=4096)
def _remembered(language: str, key: str, args: tuple[tuple[str, str | int], ...]) -> Html:
    # Texts without words of others are few and asked for again and again. Strings are left out:
    # an Html equals the plain string with the same letters, which has to be escaped.
    return _format(language, key, dict(args))


def _format(language: str, key: str, args: Mapping[str, str | int]) -> Html:
    bundle = _bundle(language)
    if not bundle.has_message(key):
        raise MissingText(f"no text {key!r} in {language}")
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise MissingText(f"text {key!r} in {language} has attributes only")
    safe = {name: escape(v) if isinstance(v, str) else v for name, v in args.items()}
    text, errors = bundle.format_pattern(pattern, safe)
    if errors:
        raise MissingText(f"text {key!r} in {language}: {errors[0]}")
    return Html(text)


def keys(language: str) -> frozenset[str]:
    """The keys that `language` has."""
    return frozenset(_bundle(language)._messages)


def closest_language(code: str | None, default: str = "en") -> str:
    """Our language for a Telegram language_code such as "pt-br"; `default` where we have none."""
    short = (code or "").lower().replace("_", "-").split("-")[0]
    return short if short in LANGUAGES else default


@cache
def _bundle(language: str) -> FluentBundle:
    # Isolation marks around every value would count against Telegram's limits; names that need
    # them bring their own (messages.html.display_name).
    bundle = FluentBundle([_LOCALES[language]], use_isolating=False)
    source = Path(__file__).with_name(f"{language}.ftl").read_text(encoding="utf-8")
    bundle.add_resource(FluentResource(source))
    return bundle
