import pytest

from bot.bank.draft import Draft, Role, Spot
from bot.bank.language import check_language
from bot.bank.problem import Findings


def said_of(language: str, *texts: str, role: Role = Role.WRONG) -> list[str]:
    spots = tuple(Spot(role, text, 1) for text in texts)
    draft = Draft("relu", "activations", None, None, (), (), None, False, "", {language: spots})
    findings = Findings("relu.yaml")
    check_language(draft, findings)
    return [problem.says for problem in findings]


@pytest.mark.parametrize(
    ("language", "option", "given_away_by"),
    [
        ("en", "It ALWAYS converges", "ALWAYS"),
        ("en", "Any of the above", "Any of the above"),
        ("en", "None of these", "None of these"),
        ("en", "It is both B and C", "both B and C"),
        ("ru", "Он никогда не сходится", "никогда"),
        ("ru", "Все вышеперечисленные", "Все вышеперечисленные"),
        ("ru", "Ничего из перечисленного", "Ничего из перечисленного"),
        ("ru", "Ни один из вариантов", "Ни один из вариантов"),
        ("ru", "Оба варианта правильны", "Оба варианта правильны"),
        ("ru", "Верны А и Б", "А и Б"),
        ("pt", "Nunca converge", "Nunca"),
        ("pt", "Nenhuma das alternativas", "Nenhuma das alternativas"),
        ("pt", "Todas as opções acima", "Todas as opções acima"),
        ("pt", "Tanto A quanto B", "Tanto A quanto B"),
        ("pt", "A e B", "A e B"),
        ("zh", "它总是收敛", "总是"),
        ("zh", "从不收敛", "从不"),
        ("zh", "以上皆是", "以上皆"),
        ("zh", "都不对", "都不对"),
        ("zh", "A 和 B 都对", "A 和 B 都"),
    ],
)
def test_options_that_give_themselves_away_are_found(
    language: str, option: str, given_away_by: str
) -> None:
    assert f'option says "{given_away_by}", which gives it away' in said_of(language, option)[0]


@pytest.mark.parametrize(
    ("language", "option"),
    [
        ("en", "It updates all of the weights"),
        ("en", "The mean of both branches"),
        ("en", "It learns both a and b"),
        ("en", "Several nevertheless"),
        ("ru", "Перебирает все варианты по сетке"),
        ("ru", "Складывает а и б"),
        ("ru", "Умножает А и транспонированную матрицу"),
        ("pt", "Lê todas as respostas do conjunto"),
        ("pt", "Multiplica A e B por blocos"),
        ("zh", "全连接层的权重都不更新"),
        ("zh", "矩阵 A 和 B 的乘积"),
    ],
)
def test_ordinary_options_are_let_through(language: str, option: str) -> None:
    assert said_of(language, option) == []


def test_only_options_are_searched_for_absolute_words() -> None:
    assert said_of("en", "The sigmoid is never zero.", role=Role.BECAUSE) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lòpez and Müller: naïve σ(x) ≥ ∑ e⁻ˣ"),
        ("ru", "В k-NN и GPU-версии ReLU(x) = max(0, x), шаг η"),
        ("ru", "n×d-матрица и L2-штраф"),
        ("pt", "Ação, derivação, β₁ e a função tanh"),
        ("zh", "用 Adam 优化器，学习率 η = 0.001"),
    ],
)
def test_terms_and_formulas_belong_to_every_language(language: str, text: str) -> None:
    assert said_of(language, text, role=Role.EXPLANATION) == []


@pytest.mark.parametrize("word", ["дaнные", "cеть", "словo", "ReLUшный"])
def test_a_word_of_two_scripts_is_found(word: str) -> None:
    assert f"mixes Latin and Russian letters: {word}" in said_of("ru", f"Вот {word} тут")[0]


@pytest.mark.parametrize("role", [Role.ANSWER, Role.DETAILS])
def test_an_english_line_is_found_below_russian_ones(role: Role) -> None:
    text = "Первая строка.\n\n- **Голова.** Слова.\n- **Head.** Four words of English."

    assert said_of("ru", text, role=role)[0].startswith(f"{role} has a line that is not in Russian")


def test_formulas_on_a_line_of_their_own_are_no_english() -> None:
    assert said_of("zh", "公式：\n\nsoftmax(QKᵀ / √dₖ) · V", role=Role.ANSWER) == []
