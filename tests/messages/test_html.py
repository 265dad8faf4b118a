import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.html import Html, display_name, escape
from bot.texts import translate

ISOLATES = ("\u2068", "\u2069")


def test_a_plain_string_is_escaped() -> None:
    assert escape('a < b > c & "d"') == 'a &lt; b &gt; c &amp; "d"'


def test_html_is_not_escaped_again() -> None:
    trusted = Html("<b>a &lt; b</b>")

    assert escape(trusted) is trusted
    assert escape(escape("<b>")) == "&lt;b&gt;"


def test_trust_is_lost_when_html_is_joined_with_a_plain_string() -> None:
    joined = Html("<b>Hi</b> ") + "<i>Eve</i>"

    assert not isinstance(joined, Html)
    assert escape(joined).count("<") == 0


@given(st.text())
def test_escaped_text_opens_no_tag_and_no_entity(text: str) -> None:
    escaped = escape(text)

    assert not {"<", ">"} & set(escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@pytest.mark.parametrize("name", ["Alice", "Борис", "李雷", "Émile", "O'Neil", "D'Ávila-Souza 🔥"])
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert display_name(name) == name


def test_a_name_with_html_is_only_a_string_that_a_text_escapes() -> None:
    name = display_name("<b>Eve</b> & Co")

    assert name == "<b>Eve</b> & Co"
    assert not isinstance(name, Html)
    assert "Hi &lt;b&gt;Eve&lt;/b&gt; &amp; Co!" in translate("en", "start-hello", name=name)


@pytest.mark.parametrize(
    "mark",
    ["\u202e", "\u202d", "\u200f", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff", "\u00ad"],
)
def test_marks_that_nobody_sees_are_dropped(mark: str) -> None:
    assert display_name(f"{mark}A{mark}da{mark}") == "Ada"


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200d", "\u202e \u202c", "\u2068\u2069"])
def test_a_name_of_nothing_is_empty(name: str) -> None:
    assert display_name(name) == ""


def test_a_name_is_one_line_with_single_spaces() -> None:
    assert display_name("  Ada \u2028 King \u00a0 Lovelace ") == "Ada King Lovelace"


def test_a_long_name_is_cut_without_a_space_at_the_end() -> None:
    assert display_name("A" * 500) == "A" * 32
    assert display_name("Ada Lovelace", most=4) == "Ada"


@pytest.mark.parametrize("name", ["عمر", "דוד", "Omar عمر", "فاطمة 7"])
def test_a_name_of_a_right_to_left_script_is_isolated(name: str) -> None:
    assert display_name(name) == f"\u2068{name}\u2069"


def test_an_isolated_name_leaves_the_sentence_after_it_alone() -> None:
    hello = translate("en", "start-hello", name=display_name("דוד\u202e"))

    assert hello.startswith("Hi \u2068דוד\u2069! One")


def test_a_long_name_is_cut_inside_its_isolation() -> None:
    shown = display_name("ש" * 100)

    assert (shown[0], shown[-1]) == ISOLATES
    assert len(shown) == 34


@given(st.text(), st.integers(1, 40))
def test_any_name_becomes_short_visible_and_balanced(name: str, most: int) -> None:
    shown = display_name(name, most=most)
    inner = shown.removeprefix(ISOLATES[0]).removesuffix(ISOLATES[1])

    assert len(inner) <= most
    assert shown in (inner, inner.join(ISOLATES))
    assert not any(unicodedata.category(c).startswith("C") for c in inner)
    assert inner == " ".join(inner.split())


@given(st.text())
def test_a_shown_name_is_shown_the_same_again(name: str) -> None:
    assert display_name(display_name(name)) == display_name(name)
