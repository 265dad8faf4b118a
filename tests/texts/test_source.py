"""The source and the texts agree, and no sentence that a person reads stands in Python."""

import ast
import re
from collections.abc import Iterator

import pytest

from bot.bank.question import Level
from bot.handlers.commands import COMMANDS
from bot.messages.choices import LEVELS
from bot.rules.zones import CITIES
from bot.texts import LANGUAGES, keys
from tests.texts.source import calls, toasts, trees
from tests.texts.speech import placeholders

# Keys that are put together: what they begin with, and everything that may follow.
FAMILIES = {
    "city-": {key for listed in CITIES.values() for key in listed},
    "command-": {command.name for command in COMMANDS},
    "language-": set(LANGUAGES),
    "level-": set(LEVELS),
    "question-level-": {str(level) for level in Level},
    "settings-": {"language", "city", "hour", "saver", "level"},
    "settings-choose-": {"language", "hour", "saver", "level"},
}
IN_FAMILIES = {f"{prefix}{word}" for prefix, words in FAMILIES.items() for word in words}

TAG = re.compile(r"<[^>]*>?")
SENTENCE = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}")  # two words, of two letters or more
FOREIGN = re.compile(r"(?![a-zA-Z])[^\W\d_]")  # a letter that English does without
SPOKEN = [path for path in trees() if path.startswith(("handlers/", "messages/"))]
TO_THE_LOG = {"handlers/errors.py"}


def test_every_key_asked_for_exists() -> None:
    unknown = [(call.where, key) for call in calls() for key in call.keys - keys("en")]

    assert unknown == []


def test_every_key_is_asked_for() -> None:
    used = {key for call in calls() for key in call.keys} | IN_FAMILIES

    assert sorted(keys("en") - used) == []


def test_every_key_that_is_put_together_belongs_to_a_known_family() -> None:
    used = {call.prefix for call in calls() if call.prefix}

    assert used == set(FAMILIES)
    assert sorted(IN_FAMILIES - keys("en")) == []


def test_every_call_gives_the_arguments_that_its_text_wants() -> None:
    wrong = [
        (call.where, key)
        for call in calls()
        if call.args is not None
        for key in call.keys & keys("en")
        if call.args != placeholders("en", key)
    ]

    assert wrong == []


def test_every_call_can_be_read() -> None:
    """Where a key is neither written there nor put together, these tests would see nothing."""
    assert [call.where for call in calls() if not (call.keys or call.prefix)] == []


def test_toasts_are_found_where_they_are_made() -> None:
    assert {"toast-stale", "toast-saved", "toast-unsaved", "more-none"} <= set(toasts())


def _words(tree: ast.AST) -> Iterator[str]:
    """String constants outside docstrings, raises, asserts and log lines."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Raise() | ast.Assert():
                continue
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
                continue
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Constant(value=str(value)):
                yield value
            case _:
                yield from _words(node)


@pytest.mark.parametrize("path", SPOKEN)
def test_no_sentence_stands_in_python(path: str) -> None:
    words = [] if path in TO_THE_LOG else list(_words(trees()[path]))

    assert [word for word in words if SENTENCE.search(TAG.sub("", word))] == []


@pytest.mark.parametrize("path", SPOKEN)
def test_no_word_of_another_alphabet_stands_in_python(path: str) -> None:
    assert [word for word in _words(trees()[path]) if FOREIGN.search(word)] == []


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("Text('Nothing saved yet')", True),
        ("Text(f'Day {days} of yours')", True),
        ("def f():\n    'Says a sentence.'\n    raise ValueError('not an hour')", False),
        ("log.info('a press went unanswered: %s', why)", False),
        ("html = '<blockquote expandable>'", False),
        ("language['pt-br']", False),
    ],
)
def test_the_search_for_sentences_sees_what_it_should(source: str, seen: bool) -> None:
    assert any(SENTENCE.search(TAG.sub("", word)) for word in _words(ast.parse(source))) is seen
