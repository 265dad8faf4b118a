from datetime import date
from pathlib import Path

import pytest

from bot.bank.load import ContentError, load
from bot.bank.question import LANGUAGES, Kind, Source, Wrong

from .sample import OPEN, QUESTION, TAGS, content, swap


def test_a_question_is_loaded_whole(tmp_path: Path) -> None:
    question = load(content(tmp_path)).questions["relu"]

    assert (question.slug, question.topic, question.level) == ("relu", "activations", "beginner")
    assert (question.kind, question.tags, question.ordered) == ("choice", ("deep_learning",), False)
    assert question.checked == date(2026, 11, 21)
    url = "https://proceedings.mlr.press/v15/glorot11a.html"
    assert question.sources == (Source("Glorot, Bordes, Bengio (2011)", url),)
    english = question.text["en"]
    assert english.question == "What does ReLU give for x < 0?"
    assert english.options[0] == english.right == "Zero, and no gradient"
    assert english.wrong[2] == Wrong("A part of the input", "That is Leaky ReLU.")
    assert english.options[3] == "A part of the input"
    assert english.answer.endswith("🔹 <b>Watch out</b>\nA silent unit does not learn.")
    assert english.details == "The long version."
    assert question.text["ru"].details == ""
    assert question.text["pt"].hashtags == ("#funções_de_ativação", "#aprendizado_profundo")


def test_an_open_question_has_points_and_no_options(tmp_path: Path) -> None:
    question = load(content(tmp_path, OPEN)).questions["relu"]

    assert question.kind is Kind.OPEN
    assert question.text["pt"].points == ("o que quebrou", "como se viu", "o que mudou")
    assert question.text["pt"].options == ()


def test_a_tag_that_repeats_the_topic_gives_one_hashtag(tmp_path: Path) -> None:
    tags = TAGS.replace(
        "deep_learning:\n    en: deep_learning", "deep_learning:\n    en: activations"
    )

    question = load(content(tmp_path, tags=tags)).questions["relu"]

    assert question.text["en"].hashtags == ("#activations",)


def test_the_bank_is_asked_by_slug_topic_and_level(tmp_path: Path) -> None:
    content(tmp_path)
    content(tmp_path, OPEN, name="training/failure")
    bank = load(tmp_path)

    assert len(bank) == 2
    assert bank.get("relu") is bank.questions["relu"]
    assert bank.get("gone") is None
    assert [question.slug for question in bank.of_topic("training")] == ["failure"]
    assert bank.of_topic("nowhere") == ()
    assert bank.topics["training"] == dict(
        zip(LANGUAGES, ("Training", "Обучение", "Treinamento", "训练"), strict=True)
    )


def test_questions_can_be_kept_in_sets(tmp_path: Path) -> None:
    question = load(content(tmp_path)).questions["relu"]

    assert question in {question}


def test_a_bank_with_problems_is_refused_with_all_of_them(tmp_path: Path) -> None:
    content(tmp_path, swap(QUESTION, "level: beginner", "level: easy"))
    content(tmp_path, swap(QUESTION, "kind: choice", "kind: quiz"), name="training/loop")

    with pytest.raises(ContentError) as refused:
        load(tmp_path)

    assert len(refused.value.problems) == 2
    assert str(refused.value).splitlines() == [str(p) for p in refused.value.problems]
    assert "questions/training/loop.yaml:2 unknown kind" in str(refused.value)
