"""Addresses and character references: what Telegram would open and resolve."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.links import is_link
from bot.sandbox.references import is_token, reference


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "example.org/path",
        "t.me/dailygrad_bot?start=x",
        "tg://user?id=1001",
        "ton://transfer",
        "http://127.0.0.1:8080/",
        "https://пример.рф/",
    ],
)
def test_these_can_be_opened(address: str) -> None:
    assert is_link(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "word",
        "two words.org",
        "http://",
        "http://localhost/",
        "ftp://example.org",
        "javascript://example.org/%0aalert(1)",
        "http://[::1",
        "http://.",
        None,
        5,
    ],
)
def test_these_cannot(address: Any) -> None:
    assert not is_link(address)


@given(st.text())
def test_any_text_is_a_link_or_not(text: str) -> None:
    assert is_link(text) in (True, False)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("&lt;x", ("<", 4)),
        ("&ltx", None),
        ("&lt", ("<", 3)),
        ("&amp;amp;", ("&", 5)),
        ("&#x1F525;", ("🔥", 9)),
        ("&#128293;", ("🔥", 9)),
        ("&#x110000;", None),
        ("&#1114112;", None),
        ("&", None),
        ("&#x;", None),
    ],
)
def test_a_reference_gives_its_character_and_its_end(
    source: str, found: tuple[str, int] | None
) -> None:
    assert reference(source, 0) == found


@given(st.characters(codec="utf-8", exclude_characters="\0"))
def test_every_character_can_be_written_as_a_number(character: str) -> None:
    written = f"&#{ord(character)};"
    if ord(character) < 0x10FFFF:
        assert reference(written, 0) == (character, len(written))


def test_bare_values_are_letters_digits_dots_and_dashes() -> None:
    assert [c for c in "aZ9.-/_=&" if is_token(c)] == ["a", "Z", "9", ".", "-"]
