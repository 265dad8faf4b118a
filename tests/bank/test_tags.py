from pathlib import Path

import pytest

from bot.bank.problem import Findings
from bot.bank.tags import is_hashtag, read_tags

from .sample import TAGS, swap


@pytest.mark.parametrize(
    "name", ["deep_learning", "свёрточные_сети", "otimização", "深度学习", "a1"]
)
def test_letters_digits_and_underscores_make_a_hashtag(name: str) -> None:
    assert is_hashtag(name)


@pytest.mark.parametrize(
    "name", ["deep-learning", "deep learning", "#deep", "2017", "_", "", "a.b"]
)
def test_nothing_else_makes_a_hashtag(name: str) -> None:
    assert not is_hashtag(name)


def test_hashtags_start_with_the_topic(tmp_path: Path) -> None:
    (tmp_path / "tags.yaml").write_text(TAGS, "utf-8")
    findings = Findings("tags.yaml")

    tags = read_tags(tmp_path, findings)

    assert tags.hashtags("training", ("deep_learning",), "ru") == (
        "#обучение",
        "#глубокое_обучение",
    )
    assert tags.titles["training"]["zh"] == "训练"
    assert not list(findings)


def test_a_tag_with_a_gap_is_left_out(tmp_path: Path) -> None:
    text = swap(TAGS, "    pt: aprendizado_profundo\n", "")
    (tmp_path / "tags.yaml").write_text(text, "utf-8")
    findings = Findings("tags.yaml")

    assert "deep_learning" not in read_tags(tmp_path, findings).tags
    assert [str(problem) for problem in findings] == ["tags.yaml:16 tag deep_learning lacks pt"]


def test_topics_that_are_no_mapping_are_found(tmp_path: Path) -> None:
    (tmp_path / "tags.yaml").write_text("topics: [a]\ntags:\n  b: c\n", "utf-8")
    findings = Findings("tags.yaml")

    assert read_tags(tmp_path, findings).topics == {}
    assert [str(problem) for problem in findings] == [
        "tags.yaml:1 topics must be a mapping, not a list",
        "tags.yaml:3 tag b must be a mapping, not a single value",
    ]
