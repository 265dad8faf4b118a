from io import StringIO
from pathlib import Path

from bot.bank.command import check, show, stats
from bot.bank.preview import readable

from .sample import OPEN, QUESTION, content, swap


def test_check_says_ok_for_a_clean_bank(tmp_path: Path) -> None:
    out = StringIO()

    assert check(content(tmp_path), out) == 0
    assert out.getvalue() == "1 question, 4 languages: ok\n"


def test_check_lists_every_problem_and_fails(tmp_path: Path) -> None:
    text = swap(swap(QUESTION, "beginner", "easy"), "[deep_learning]", "[shallow]")
    out = StringIO()

    assert check(content(tmp_path, text), out) == 1
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("questions/activations/relu.yaml:1 unknown level")
    assert lines[1].startswith("questions/activations/relu.yaml:3 unknown tag shallow")
    assert lines[-1] == "2 problems in 1 file"


def test_show_prints_poll_and_post_in_every_language(tmp_path: Path) -> None:
    out = StringIO()

    assert show(content(tmp_path), "relu", None, out) == 0
    text = out.getvalue()
    assert text.startswith("relu · activations · beginner · checked 2026-11-21\n")
    assert " 30/300  ? What does ReLU give for x < 0?" in text
    assert " 21/100  ✓ Zero, and no gradient" in text
    assert " 20/100  ✗ One, and no gradient" in text
    assert "── ru · post · " in text
    assert "🔹 Watch out\nA silent unit does not learn." in text
    assert "│ The long version." in text
    assert "(https://proceedings.mlr.press/v15/glorot11a.html)" in text
    assert "#激活函数 #深度学习" in text


def test_show_prints_one_language_when_asked(tmp_path: Path) -> None:
    out = StringIO()

    assert show(content(tmp_path), "relu", "pt", out) == 0
    assert "── pt · choice" in out.getvalue()
    assert "── en" not in out.getvalue()


def test_show_prints_the_points_of_an_open_question(tmp_path: Path) -> None:
    out = StringIO()

    assert show(content(tmp_path, OPEN), "relu", "en", out) == 0
    assert " 10/100  • what broke" in out.getvalue()
    assert "✓" not in out.getvalue()


def test_show_prints_a_question_with_its_problems(tmp_path: Path) -> None:
    content(tmp_path, swap(QUESTION, "One, and no gradient", "It is always one now"))
    content(tmp_path, "", name="training/broken")
    out = StringIO()

    assert show(tmp_path, "relu", "en", out) == 1
    assert "✗ It is always one now" in out.getvalue()
    assert 'relu.yaml:12 [en] option says "always"' in out.getvalue()
    assert "broken" not in out.getvalue()


def test_show_prints_why_a_question_cannot_be_shown(tmp_path: Path) -> None:
    out = StringIO()

    assert show(content(tmp_path, "level: [\n"), "relu", None, out) == 1
    assert "relu.yaml:2 is not YAML" in out.getvalue()


def test_show_hints_at_the_nearest_slug_and_language(tmp_path: Path) -> None:
    content(tmp_path)
    out = StringIO()

    assert show(tmp_path, "rellu", None, out) == 1
    assert show(tmp_path, "transformer", None, out) == 1
    assert show(tmp_path, "relu", "br", out) == 1
    assert out.getvalue().splitlines() == [
        "no question rellu: did you mean relu?",
        "no question transformer: dailygrad content stats counts what there is",
        "no language br: known: en, ru, pt, zh",
    ]


def test_stats_counts_by_topic_level_and_language(tmp_path: Path) -> None:
    content(tmp_path)
    content(tmp_path, OPEN, name="training/failure")
    out = StringIO()

    assert stats(tmp_path, out) == 0
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert lines[0] == ["topic", "beginner", "intermediate", "advanced", "bonus", "all"]
    assert lines[1] == ["activations", "1", "·", "·", "·", "1"]
    assert lines[2] == ["training", "·", "·", "1", "·", "1"]
    assert lines[3] == ["all", "1", "·", "1", "·", "2"]
    assert lines[6][:4] == ["en", "2", "100%", "0%"]
    assert [line[0] for line in lines[6:]] == ["en", "ru", "pt", "zh"]


def test_stats_works_on_a_bank_with_problems(tmp_path: Path) -> None:
    out = StringIO()

    assert stats(content(tmp_path, ""), out) == 0
    assert out.getvalue().endswith("\n1 problem: dailygrad content check\n")


def test_html_is_made_readable() -> None:
    link = '<a href="https://x.org/?a&amp;b">c</a>'
    markup = f"a <b>b</b> {link}\n<blockquote expandable>d\ne</blockquote>"

    assert readable(markup) == "a b c (https://x.org/?a&b)\n│ d\n│ e"
