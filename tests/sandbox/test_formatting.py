"""Texts as they arrive: nesting, trimming, and what Telegram marks by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import Entity
from bot.sandbox.formatting import Formatted, clean, formatted, from_html, from_plain, outside
from bot.sandbox.refusals import Refusal


def brief(content: Formatted) -> list[tuple[str, int, int]]:
    return [(e["type"], e["offset"], e["length"]) for e in content.entities]


def found(text: str) -> dict[str, str]:
    """Kind -> the text it marks, for texts of the basic plane."""
    entities = from_plain(text).entities
    return {e["type"]: text[e["offset"] : e["offset"] + e["length"]] for e in entities}


def test_spaces_at_the_ends_are_cut_and_entities_move_along() -> None:
    content = from_html("  \n<b> x </b>\n ")
    assert content.text == "x"
    assert brief(content) == [("bold", 0, 1)]


def test_neighbours_of_one_kind_melt_together() -> None:
    assert brief(from_html("<b>a</b><b>b<b>c</b></b>")) == [("bold", 0, 3)]


def test_bold_does_not_reach_into_code() -> None:
    content = from_html("<b>a<code>b</code>c</b>")
    assert brief(content) == [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]


def test_code_inside_code_and_quotes_inside_quotes_are_flattened() -> None:
    assert brief(from_html("<pre>a<code>b</code></pre>")) == [("pre", 0, 2)]
    quoted = from_html("<blockquote>a<blockquote>b</blockquote></blockquote>")
    assert brief(quoted) == [("blockquote", 0, 2)]


def test_a_quote_may_hold_code_and_links() -> None:
    source = '<blockquote>a<code>b</code><a href="http://a.bc">c</a></blockquote>'
    kinds = [kind for kind, _, _ in brief(from_html(source))]
    assert kinds == ["blockquote", "code", "text_link"]


def test_control_characters_become_spaces() -> None:
    assert clean("a\tb\x00c\r\nd") == "a b c\nd"


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("/start now", "bot_command", "/start"),
        ("/quiz@dailygrad_bot", "bot_command", "/quiz@dailygrad_bot"),
        ("see #глубокое_обучение.", "hashtag", "#глубокое_обучение"),
        ("see #深度学习 ok", "hashtag", "#深度学习"),
        ("ask @dailygrad_bot!", "mention", "@dailygrad_bot"),
        ("at https://example.org/a?b=1.", "url", "https://example.org/a?b=1"),
        ("to me@example.org", "email", "me@example.org"),
    ],
)
def test_telegram_marks_these_by_itself(text: str, kind: str, marked: str) -> None:
    assert found(text) == {kind: marked}


@pytest.mark.parametrize("text", ["a/b", "1/2", "#123", "a#b", "@ab", "x@", "and/or /"])
def test_telegram_leaves_these_alone(text: str) -> None:
    assert found(text) == {}


def test_nothing_is_looked_for_inside_code() -> None:
    assert brief(from_html("<code>#tag /cmd</code>")) == [("code", 0, 9)]


def test_given_entities_are_taken_instead_of_a_mode() -> None:
    bold: Entity = {"type": "bold", "offset": 0, "length": 2}
    assert formatted("ab", "", [bold]).entities == [bold]


@pytest.mark.parametrize(
    "entity",
    [
        "bold",
        {"offset": 0, "length": 1},
        {"type": "bold", "offset": "0", "length": 1},
        {"type": "bold", "offset": 0, "length": 9},
        {"type": "bold", "offset": -1, "length": 1},
    ],
)
def test_entities_that_cannot_be_meant_are_refused(entity: object) -> None:
    with pytest.raises(Refusal):
        from_plain("ab", [entity])


def test_modes_other_than_html_are_not_spoken_here() -> None:
    with pytest.raises(Refusal, match="unsupported parse_mode"):
        formatted("*x*", "MarkdownV2")


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1]))


@given(SPANS, st.lists(SPANS, max_size=4))
def test_cutting_holes_leaves_exactly_the_rest(
    whole: tuple[int, int], holes: list[tuple[int, int]]
) -> None:
    left = {place for start, end in outside(whole, holes) for place in range(start, end)}
    gone = {place for start, end in holes for place in range(start, end)}
    assert left == set(range(*whole)) - gone


@given(st.text(max_size=60))
def test_entities_always_lie_inside_the_text(source: str) -> None:
    content = from_plain(source)
    assert content.text == content.text.strip()
    assert all(
        0 <= e["offset"] < e["offset"] + e["length"] <= content.length for e in content.entities
    )
