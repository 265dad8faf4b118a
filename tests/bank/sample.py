"""A small content folder that the gate accepts, and ways to spoil it."""

from __future__ import annotations

from pathlib import Path

from bot.bank.problem import Problem

QUESTION = """\
level: beginner
kind: choice
tags: [deep_learning]
sources:
- {title: "Glorot, Bordes, Bengio (2011)", url: "https://proceedings.mlr.press/v15/glorot11a.html"}
checked: 2026-11-21
text:
  en:
    question: "What does ReLU give for x < 0?"
    right: "Zero, and no gradient"
    wrong:
    - {text: "One, and no gradient", because: "That is a step turned round."}
    - {text: "Minus one, or nearly", because: "That is tanh far to the left."}
    - {text: "A part of the input", because: "That is Leaky ReLU."}
    explanation: "max(0, x) is flat for x < 0."
    answer: |
      Zero: the unit is silent.

      - **Watch out.** A silent unit does not learn.
    details: |
      The long version.
  ru:
    question: "Что даёт ReLU при x < 0?"
    right: "Нуль и нет градиента"
    wrong:
    - {text: "Единицу без градиента", because: "Это ступенька наоборот."}
    - {text: "Почти минус единицу", because: "Это tanh далеко слева."}
    - {text: "Долю входного числа", because: "Это Leaky ReLU, а не ReLU."}
    explanation: "Функция max(0, x) плоская при x < 0."
    answer: |
      Нуль: нейрон молчит.
  pt:
    question: "O que a ReLU dá para x < 0?"
    right: "Zero, sem gradiente"
    wrong:
    - {text: "Um, sem gradiente", because: "Isso é um degrau virado."}
    - {text: "Quase menos um", because: "Isso é a tanh à esquerda."}
    - {text: "Uma parte da entrada", because: "Isso é a Leaky ReLU."}
    explanation: "A função max(0, x) é plana para x < 0."
    answer: |
      Zero: a unidade fica calada.
  zh:
    question: "x < 0 时 ReLU 输出什么？"
    right: "输出零，没有梯度"
    wrong:
    - {text: "输出一，没有梯度", because: "这是反过来的阶跃函数。"}
    - {text: "输出接近负一", because: "这是左侧的 tanh。"}
    - {text: "输出输入的一部分", because: "这是 Leaky ReLU。"}
    explanation: "max(0, x) 在 x < 0 时是平的。"
    answer: |
      输出零：神经元沉默。
"""

OPEN = """\
level: advanced
kind: open
tags: []
sources:
- {title: "Sculley et al. (2015)", url: "https://example.org/debt"}
checked: 2026-11-21
text:
  en: {question: "Tell of a failure.", points: ["what broke", "how you saw it", "what changed"],
    answer: "Situation, task, action, result."}
  ru: {question: "Расскажи о сбое.", points: ["что сломалось", "как заметили", "что изменили"],
    answer: "Ситуация, задача, действие, итог."}
  pt: {question: "Conte uma falha.", points: ["o que quebrou", "como se viu", "o que mudou"],
    answer: "Situação, tarefa, ação, resultado."}
  zh: {question: "讲一次故障。", points: ["什么坏了", "怎么发现的", "改了什么"],
    answer: "情境、任务、行动、结果。"}
"""

TAGS = """\
topics:
  activations:
    en: activations
    ru: функции_активации
    pt: funções_de_ativação
    zh: 激活函数
    title: {en: Activations, ru: Функции активации, pt: Funções de ativação, zh: 激活函数}
  training:
    en: training
    ru: обучение
    pt: treinamento
    zh: 训练
    title: {en: Training, ru: Обучение, pt: Treinamento, zh: 训练}
tags:
  deep_learning:
    en: deep_learning
    ru: глубокое_обучение
    pt: aprendizado_profundo
    zh: 深度学习
"""


def content(
    folder: Path, question: str = QUESTION, *, name: str = "activations/relu", tags: str = TAGS
) -> Path:
    """Write a content folder of one question; call again with another name to add one."""
    (folder / "tags.yaml").write_text(tags, "utf-8")
    path = folder / "questions" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(question, "utf-8")
    return folder


def swap(text: str, old: str, new: str) -> str:
    """`text` with one place changed; fails if `old` does not stand there."""
    assert old in text, old
    return text.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    """The line on which `part` first stands, counted from 1."""
    return text[: text.index(part)].count("\n") + 1


def said(problems: list[Problem]) -> str:
    """All problems as one readable list."""
    return "\n".join(str(problem) for problem in problems)
