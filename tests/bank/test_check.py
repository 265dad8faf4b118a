from pathlib import Path

import pytest

from bot.bank.check import Problem, problems

from .sample import OPEN, QUESTION, TAGS, content, said, swap


def test_a_good_question_has_no_problem(tmp_path: Path) -> None:
    assert problems(content(tmp_path)) == []


def test_a_good_open_question_has_no_problem(tmp_path: Path) -> None:
    assert problems(content(tmp_path, OPEN)) == []


FILES = [
    ("level: beginner", "level: beginers", "did you mean beginner?"),
    ("kind: choice", "kind: quiz", 'unknown kind "quiz"'),
    ("level: beginner\n", "", "the question lacks level"),
    ("level: beginner", "levels: beginner", "an unknown key levels: did you mean level?"),
    ("kind: choice", "kind: choice\nkind: choice", "the question has kind twice"),
    ("checked: 2026-11-21", "checked: yesterday", "must be a date like 2026-11-21"),
    ("checked: 2026-11-21", "checked: [2026]", "must be a date like 2026-11-21"),
    ("[deep_learning]", "[deep_lerning]", "did you mean deep_learning?"),
    ("[deep_learning]", "[deep_learning, deep_learning]", "tag deep_learning stands twice"),
    ("[deep_learning]", "deep_learning", "tags must be a list, not a single value"),
    ("https://proc", "http://proc", "url must start with https://"),
    ("https://proceedings", "https://pro ceedings", "url must start with https://"),
    ("https://proceedings.mlr.press/", "https://localhost/", "url must start with https://"),
    ("Glorot, Bordes, Bengio (2011)", "", "title is empty"),
    (", url:", ", link:", "source lacks url"),
    ("checked: 2026-11-21", "checked: 2026-11-21\nfigure: relu", "figures/relu.py"),
    ("checked: 2026-11-21", "checked: 2026-11-21\nfigure: ../x", "names a figure that is not"),
    ("checked: 2026-11-21", "checked: 2026-11-21\nordered: 1", "ordered must be true or false"),
    ("checked: 2026-11-21", "checked: 2026-11-21\nordered: true", "not all of its options are"),
    ("  pt:", "  br:", "an unknown language br"),
    ("  pt:", "  br:", "[pt] text lacks this language"),
    ("text:\n", "text: none\nrest:\n", "text must be a mapping, not a single value"),
    ("level: beginner", "level: a: b", "is not YAML: mapping values are not allowed"),
]


@pytest.mark.parametrize(("old", "new", "says"), FILES)
def test_a_spoilt_file_is_found(tmp_path: Path, old: str, new: str, says: str) -> None:
    found = problems(content(tmp_path, swap(QUESTION, old, new)))

    assert says in said(found)
    assert all(problem.line for problem in found if "figure" not in says)


def test_a_list_of_problems_reads_like_a_compiler(tmp_path: Path) -> None:
    text = swap(QUESTION, '"Нуль и нет градиента"', f'"{"Нуль и " * 15}!"')

    assert str(problems(content(tmp_path, text))[0]) == (
        "questions/activations/relu.yaml:24 [ru] option is 106 long, the limit is 100: "
        '"Нуль и Нуль и Нуль и Нуль и Нуль и Нуль и Нуль и Нуль и Н..."'
    )


def test_all_files_are_checked_in_one_run_and_sorted(tmp_path: Path) -> None:
    bad = swap(swap(QUESTION, "level: beginner", "level: easy"), "молчит", "мoлчит")
    content(tmp_path, bad)
    content(tmp_path, bad, name="activations/elu")

    found = problems(tmp_path)

    assert found == sorted(found, key=lambda problem: problem.place)
    assert [(p.file[10:], p.line) for p in found if "level" in p.says or "mixes" in p.says] == [
        ("activations/elu.yaml", 1),
        ("activations/elu.yaml", 31),
        ("activations/relu.yaml", 1),
        ("activations/relu.yaml", 31),
    ]


def test_sources_must_be_there(tmp_path: Path) -> None:
    start, end = QUESTION.index("sources:"), QUESTION.index("checked:")
    text = QUESTION[:start] + "sources: []\n" + QUESTION[end:]

    assert "sources must name at least one work" in said(problems(content(tmp_path, text)))


def test_a_source_stands_once(tmp_path: Path) -> None:
    line = QUESTION.splitlines(keepends=True)[4]

    found = problems(content(tmp_path, swap(QUESTION, line, line + line)))

    assert [problem.line for problem in found] == [6]
    assert "stands twice" in found[0].says


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("activation/relu", "lies in an unknown topic activation: did you mean activations?"),
        ("activations/ReLU", "must be named by small Latin letters"),
        ("activations/re_lu", "must be named by small Latin letters"),
        ("activations/" + "relu-" * 10 + "x", "at most 34"),
        ("relu", "lies in the wrong place"),
        ("activations/more/relu", "lies in the wrong place"),
    ],
)
def test_a_file_in_the_wrong_place_is_found(tmp_path: Path, name: str, says: str) -> None:
    content(tmp_path)

    assert says in said(problems(content(tmp_path, name=name)))


def test_a_slug_stands_in_one_topic(tmp_path: Path) -> None:
    content(tmp_path)

    found = problems(content(tmp_path, name="training/relu"))

    says = "has the same slug as questions/activations/relu.yaml"
    assert found == [Problem("questions/training/relu.yaml", 0, None, says)]


def test_a_file_that_ends_in_yml_is_not_overlooked(tmp_path: Path) -> None:
    content(tmp_path)
    (tmp_path / "questions/activations/elu.yml").write_text(QUESTION, "utf-8")

    assert said(problems(tmp_path)) == "questions/activations/elu.yml must end in .yaml"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "relu.yaml:1 is empty"),
        (b"- a\n", "relu.yaml:1 must be a mapping"),
        (b"level: \xff\n", "relu.yaml is not UTF-8: byte 7"),
        (b"level: [\n", "relu.yaml:2 is not YAML"),
        (b"level: beginner\n--- \nkind: choice\n", "relu.yaml:2 is not YAML"),
        (b"level: \x01\n", "relu.yaml is not YAML"),
    ],
)
def test_a_file_that_is_no_question_is_found(tmp_path: Path, data: bytes, says: str) -> None:
    content(tmp_path)
    (tmp_path / "questions/activations/relu.yaml").write_bytes(data)

    assert says in said(problems(tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    en: deep_learning", "    en: deep-learning", "hashtag"),
        ("    en: deep_learning", '    en: "2017"', "not digits only"),
        ("    en: deep_learning", "    en: 2017", "reads as int"),
        ("    en: deep_learning\n", "", "tag deep_learning lacks en"),
        ("zh: 训练}", "}", "the title of training lacks zh"),
        ("  training:", "  activations:", "topics has activations twice"),
        ("tags:\n", "tag:\n", "the file lacks tags"),
    ],
)
def test_a_spoilt_tag_is_found(tmp_path: Path, old: str, new: str, says: str) -> None:
    found = problems(content(tmp_path, tags=swap(TAGS, old, new)))

    assert says in said([problem for problem in found if problem.file == "tags.yaml"])


def test_an_empty_folder_says_what_is_missing(tmp_path: Path) -> None:
    assert [problem.file for problem in problems(tmp_path)] == ["questions", "tags.yaml"]
    (tmp_path / "questions").mkdir()
    assert "questions holds no question" in said(problems(tmp_path))


def test_the_key_is_not_the_longest_too_often(tmp_path: Path) -> None:
    text = swap(QUESTION, '"Zero, and no gradient"', '"Zero, and no gradients"')
    for number in range(20):
        assert not any("gives nothing away" in p.says for p in problems(tmp_path))
        content(tmp_path, text, name=f"activations/relu-{number}")

    found = [problem for problem in problems(tmp_path) if problem.language == "en"]

    assert found[0].says.startswith("the right option is the longest in 100% of 20 questions")
    assert found[1].says.startswith("the right option is the shortest in 0% of 20 questions")
