from datetime import date

import pytest

from bot.bank.question import Kind, Level, Question, Source, Wording, Wrong
from bot.messages.html import Html
from bot.messages.post import compose

WORDING = Wording(
    question="Is a < b?",
    right="Yes",
    wrong=(Wrong("No", "b > a & so on"), Wrong("Maybe", ""), Wrong("Both", "")),
    explanation="It is.",
    answer=Html("It is.\n\n🔹 <b>Proof</b>\n<code>a &lt; b</code>"),
    details=Html("The <i>long</i> version."),
    hashtags=("#logic", "#deep_learning"),
)
SOURCES = (Source("A & B (2017)", "https://x.org/?a=1&b=2"), Source("C (2020)", "https://y.org"))


def question(wording: Wording = WORDING, sources: tuple[Source, ...] = SOURCES) -> Question:
    return Question(
        slug="less",
        topic="logic",
        level=Level.BEGINNER,
        kind=Kind.CHOICE,
        tags=("deep_learning",),
        sources=sources,
        checked=date(2026, 11, 21),
        ordered=False,
        text={"en": wording},
    )


def test_a_post_has_the_channel_style() -> None:
    assert compose(question(), "en") == (
        "❓ <b>Is a &lt; b?</b>\n\n"
        "It is.\n\n🔹 <b>Proof</b>\n<code>a &lt; b</code>\n\n"
        "<blockquote expandable>The <i>long</i> version.</blockquote>\n\n"
        '📎 <a href="https://x.org/?a=1&amp;b=2">A &amp; B (2017)</a> · '
        '<a href="https://y.org">C (2020)</a>\n'
        "#logic #deep_learning"
    )


def test_verdict_and_misconception_stand_below_the_question() -> None:
    post = compose(question(), "en", verdict="Not quite.", because=WORDING.wrong[0].because)

    assert "</b>\n\nNot quite.\nb &gt; a &amp; so on\n\nIt is.\n" in post


def test_a_verdict_alone_leaves_no_empty_line() -> None:
    assert "</b>\n\nRight!\n\nIt is.\n" in compose(question(), "en", verdict="Right!")


def test_the_streak_line_comes_last() -> None:
    assert compose(question(), "en", closing="🔥 Day 3").endswith("#deep_learning\n\n🔥 Day 3")


@pytest.mark.parametrize(("said", "shown"), [("<b>", "&lt;b&gt;"), (Html("<b>x</b>"), "<b>x</b>")])
def test_only_html_is_trusted(said: str, shown: str) -> None:
    post = compose(question(), "en", verdict=said, because=said, closing=said)

    assert post.count(shown) == 3


def test_parts_that_are_missing_leave_no_trace() -> None:
    bare = Wording("Q?", "a", (), "", Html("A."), Html(""), ("#t",))

    assert compose(question(bare, ()), "en") == "❓ <b>Q?</b>\n\nA.\n\n#t"


def test_a_post_needs_no_more_escaping() -> None:
    assert isinstance(compose(question(), "en"), Html)
