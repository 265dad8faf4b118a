from pathlib import Path

import pytest

from bot.bank.check import problems

from .sample import OPEN, QUESTION, content, line_of, said, swap

LONG = "a b " * 30


# What is changed, into what, the language that is named, and what is said about it.
TEXTS = [
    (
        '"What does ReLU give for x < 0?"',
        '"' + "What is it? " * 26 + '!"',
        "en",
        "the limit is 300",
    ),
    ('"Zero, and no gradient"', f'"{LONG}"', "en", "option is 120 long, the limit is 100"),
    ('"Zero, and no gradient"', '"Zero"', "en", "the right option is 4 long"),
    ('"Zero, and no gradient"', '"Zero and also no gradient there"', "en", "make it 15 to 24"),
    ('"That is Leaky ReLU."', f'"{"The slope. " * 18}"', "en", "because is 198 long"),
    (
        '"max(0, x) is flat for x < 0."',
        f'"{"🔹 flat " * 26}!"',
        "en",
        "is 209 long, the limit is 200",
    ),
    ('"max(0, x) is flat for x < 0."', '"It is\\nflat\\nthere\\n!"', "en", "3 line feeds"),
    ('"That is Leaky ReLU."', '"That is\\nLeaky ReLU."', "en", "because has 1 line feeds"),
    ('"That is Leaky ReLU."', '"That is Leaky ReLU. "', "en", "begins or ends with a space"),
    ('"That is Leaky ReLU."', '"That is `Leaky` ReLU."', "en", "is plain text, but has `"),
    ('"That is Leaky ReLU."', '"That is **Leaky** ReLU."', "en", "is plain text, but has **"),
    ('"That is Leaky ReLU."', '"That is Leaky\\u200b ReLU."', "en", "invisible character U+200B"),
    ('"One, and no gradient"', '"zero, and  no gradient"', "en", "option stands twice"),
    ('"One, and no gradient"', '"It is always one now"', "en", 'option says "always"'),
    ('"One, and no gradient"', '"It will never be one"', "en", 'option says "never"'),
    ('"One, and no gradient"', '"None of the above"', "en", 'option says "None of the above"'),
    ('"One, and no gradient"', '"All of the options"', "en", 'option says "All of the options"'),
    ('"One, and no gradient"', '"Both A and B are so"', "en", 'option says "Both A and B"'),
    ('"Единицу без градиента"', '"Всегда одну единицу"', "ru", 'option says "Всегда"'),
    ('"Единицу без градиента"', '"Всё перечисленное"', "ru", 'option says "Всё перечисленное"'),
    ('"Единицу без градиента"', '"Все варианты верны"', "ru", 'option says "Все варианты верны"'),
    ('"Um, sem gradiente"', '"Sempre o número um"', "pt", 'option says "Sempre"'),
    ('"Um, sem gradiente"', '"Todas as anteriores"', "pt", 'option says "Todas as anteriores"'),
    ('"输出一，没有梯度"', '"永远输出数字一"', "zh", 'option says "永远"'),
    ('"输出一，没有梯度"', '"以上都不正确"', "zh", 'option says "以上都"'),
    ('"Что даёт ReLU при x < 0?"', '"What is ReLU?"', "ru", "question is not in Russian"),
    ('"x < 0 时 ReLU 输出什么？"', '"What is ReLU?"', "zh", "question is not in Chinese"),
    (
        '"Что даёт ReLU при x < 0?"',
        '"Что дaёт ReLU?"',
        "ru",
        "mixes Latin and Russian letters: дaёт",
    ),
    ('"Долю входного числа"', '"It is a part of the input"', "ru", "option is not in Russian"),
    ('"That is Leaky ReLU."', '"Thаt is Leaky ReLU."', "en", 'a Cyrillic letter "а"'),
    ('"Isso é a Leaky ReLU."', '"Isso é а Leaky ReLU."', "pt", 'a Cyrillic letter "а"'),
    ('"Isso é a Leaky ReLU."', '"Isso é a ReLU。"', "pt", 'a Chinese letter "。"'),
    ('"Это tanh далеко слева."', '"Это tanh 左侧."', "ru", 'a Chinese letter "左"'),
    ('"这是左侧的 tanh。"', '"这是左侧 и tanh。"', "zh", 'a Cyrillic letter "и"'),
    ('"Isso é a Leaky ReLU."', '"That is Leaky ReLU."', "pt", "because is the English text"),
    ('"Zero, and no gradient"', "0", "en", "reads as int, not as text: put it in quotes"),
    ('"Zero, and no gradient"', "yes", "en", "reads as bool"),
    ('"Zero, and no gradient"', '""', "en", "right option is empty"),
    ('"Zero, and no gradient"', "", "en", "right option is empty"),
    ('"Zero, and no gradient"', "[zero]", "en", "must be a single value, not a list"),
    ("explanation: ", "explanations: ", "en", "did you mean explanation?"),
    ('because: "That is Leaky ReLU."', "why: x", "en", "a wrong option lacks because"),
    ("x) is flat for", "x) is\tflat for", None, "has a tab"),
    ("Нуль: нейрон молчит.", "Only English words stand in here.", "ru", "answer is not in Russian"),
]


@pytest.mark.parametrize(("old", "new", "language", "says"), TEXTS)
def test_a_spoilt_text_is_found_where_it_stands(
    tmp_path: Path, old: str, new: str, language: str | None, says: str
) -> None:
    text = swap(QUESTION, old, new)

    found = problems(content(tmp_path, text))

    match = [problem for problem in found if says in problem.says]
    assert match, said(found)
    assert match[0].file == "questions/activations/relu.yaml"
    assert match[0].language == language
    if "lacks" not in says:
        assert match[0].line == line_of(QUESTION, old)


@pytest.mark.parametrize("number", [2, 4])
def test_wrong_options_are_three(tmp_path: Path, number: int) -> None:
    entry = '    - {text: "A part of the input", because: "That is Leaky ReLU."}\n'
    more = entry + '    - {text: "A fourth of the four", because: "There is none."}\n'
    text = swap(QUESTION, entry, "" if number == 2 else more)

    assert f"[en] wrong must have 3 options, not {number}" in said(
        problems(content(tmp_path, text))
    )


def test_an_open_question_needs_three_points(tmp_path: Path) -> None:
    text = swap(OPEN, '["what broke", "how you saw it", "what changed"]', '["what broke"]')

    assert "[en] points must be 3 to 6, not 1" in said(problems(content(tmp_path, text)))


def test_an_open_question_has_no_options(tmp_path: Path) -> None:
    text = swap(OPEN, 'question: "Tell', 'right: "x", question: "Tell')

    assert "[en] the wording has an unknown key right" in said(problems(content(tmp_path, text)))


def test_a_line_left_in_english_is_found_within_an_answer(tmp_path: Path) -> None:
    answer = "Нуль: нейрон молчит.\n\n      This line was left as it was.\n"
    text = swap(QUESTION, "Нуль: нейрон молчит.\n", answer)

    found = problems(content(tmp_path, text))

    assert [(p.line, p.language) for p in found] == [(line_of(text, "This line"), "ru")]


def test_code_may_be_latin_in_any_language(tmp_path: Path) -> None:
    code = "Нуль.\n\n      ```python\n      if x is not None and x in seen: pass\n      ```\n"

    assert not problems(content(tmp_path, swap(QUESTION, "Нуль: нейрон молчит.\n", code)))


def test_an_option_may_be_a_term_or_a_formula(tmp_path: Path) -> None:
    text = swap(QUESTION, '"Почти минус единицу"', '"Leaky ReLU(αx)"')

    assert not problems(content(tmp_path, text))


def test_markdown_that_cannot_be_shown_is_found_on_its_line(tmp_path: Path) -> None:
    text = swap(QUESTION, "- **Watch out.** A silent", "# A silent")

    found = problems(content(tmp_path, text))

    assert [(p.line, p.language) for p in found] == [(line_of(QUESTION, "- **Watch"), "en")]
    assert "answer: headings are not supported" in found[0].says


def test_a_post_leaves_room_for_the_verdict(tmp_path: Path) -> None:
    text = swap(QUESTION, "The long version.", "word " * 680)

    found = problems(content(tmp_path, text))

    assert "the limit is 3396" in found[0].says
    assert found[0].language == "en"


def test_numbers_are_ordered_in_every_language(tmp_path: Path) -> None:
    text = QUESTION
    for old, new in _numbers("0.5", "1,024"):
        text = swap(text, old, new)
    ordered = swap(text, "kind: choice", "kind: choice\nordered: true")

    missing = problems(content(tmp_path, text))

    assert [p.language for p in missing] == ["en", "ru", "pt", "zh"]
    assert {p.says for p in missing} == {"has numbers for options: add ordered: true"}
    assert problems(content(tmp_path, ordered)) == []
    other = problems(content(tmp_path, swap(ordered, '"0,5"', '"0.5"')))
    assert [p.language for p in other] == ["ru"]
    assert "has other numbers than en: 5, 1024, 2, 3 against 0.5, 1024, 2, 3" in other[0].says
    same = problems(content(tmp_path, swap(ordered, '"3"', '"2"')))
    assert "is ordered, but two of its numbers are the same" in said(same)


def _numbers(half: str, thousand: str) -> list[tuple[str, str]]:
    comma = half.replace(".", ",")
    return [
        ('"Zero, and no gradient"', f'"{half}"'),
        ('"One, and no gradient"', f'"{thousand}"'),
        ('"Minus one, or nearly"', '"2"'),
        ('"A part of the input"', '"3"'),
        ('"Нуль и нет градиента"', f'"{comma}"'),
        ('"Единицу без градиента"', '"1 024"'),
        ('"Почти минус единицу"', '"2"'),
        ('"Долю входного числа"', '"3"'),
        ('"Zero, sem gradiente"', f'"{comma}"'),
        ('"Um, sem gradiente"', '"1.024"'),
        ('"Quase menos um"', '"2"'),
        ('"Uma parte da entrada"', '"3"'),
        ('"输出零，没有梯度"', f'"{half}"'),
        ('"输出一，没有梯度"', '"1024"'),
        ('"输出接近负一"', '"2"'),
        ('"输出输入的一部分"', '"3"'),
    ]


def test_a_quoted_text_is_on_one_line_whatever_it_says(tmp_path: Path) -> None:
    text = swap(QUESTION, '"Функция max(0, x) плоская при x < 0."', '"Функция\\nплocкая."')

    found = problems(content(tmp_path, text))

    assert [(p.line, p.language) for p in found] == [(line_of(QUESTION, '"Функция max'), "ru")]
