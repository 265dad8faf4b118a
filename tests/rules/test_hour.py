"""How people write an hour."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.day import parse_hour

UNDERSTOOD = {
    time(7): [
        *("7", "07", " 7 ", "7:00", "7h", "7 h", "7am", "7 AM", "7 a.m.", "at 7", "7 o'clock"),
        *("7 in the morning", "7 утра", "в 7", "7 ч.", "7 часов", "às 7", "7 horas"),
        *("7 da manhã", "7 da manha", "7点", "七点", "早上7点", "上午七点整", "7時", "７"),
    ],
    time(7, 30): [
        *("7:30", "07:30", "7.30", "07.30", "7,30", "7 30", "0730", "7h30", "7h30min", "7 h 30"),
        *("7:30 am", "７：３０", "٧:٣٠", "7 ч 30 мин", "7h e meia", "7点半", "早上七点三十分"),
    ],
    time(19): [
        *("19", "19h", "19:00", "7 pm", "7PM", "7 p.m.", "7 in the evening", "19 часов"),
        *("7 вечера", "7 часов вечера", "19:00 часов", "19 вечера", "às 7 da noite", "19 horas"),
        *("晚上7点", "晚上十九点", "下午7点", "十九点", "19 点"),
    ],
    time(19, 5): ["19:05", "1905", "7:05 pm", "19h05", "19 ч 5 мин", "晚上七点零五分", "19点5分"],
    time(0): [
        *("0", "00:00", "12 am", "midnight", "12 ночи", "полночь", "meia-noite", "午夜"),
        *("晚上12点", "12 da noite", "零点"),
    ],
    time(12): ["12", "12 pm", "noon", "12 дня", "полдень", "meio-dia", "中午12点", "正午"],
    time(2): ["2", "2 ночи", "2 da madrugada", "凌晨两点"],
    time(15): ["3 дня", "3 da tarde", "3 in the afternoon", "下午3点", "15.00"],
    time(23): ["11 pm", "11 вечера", "11 ночи", "晚上十一点", "二十三点"],
}

REFUSED = [
    *("", " ", "abc", "25:00", "24:00", "24", "7:60", "7:5", "7.5", "-7", "+7", "7-8", "7/30"),
    *("13 am", "0 pm", "14 утра", "1 вечера", "9 ночи", "早上7点 am", "7:30:00", "12345", "99"),
    *("UTC+3", "7 days", "½", "十十点", "二十五点", "一二三点", "pm", ":30", "7:", "9" * 1000),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(text, expected) for expected, texts in UNDERSTOOD.items() for text in texts],
)
def test_an_hour_is_understood_as_people_write_it(text: str, expected: time) -> None:
    assert parse_hour(text) == expected


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_one_hour_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (the words are for developers only)
        parse_hour(text)


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_of_the_day_is_read_back(hour: int, minute: int) -> None:
    expected = time(hour, minute)
    assert parse_hour(expected.strftime("%H:%M")) == expected
    assert parse_hour(expected.strftime("%I:%M %p")) == expected
    assert parse_hour(f"{hour}点{minute}分") == expected


@given(st.text(max_size=40))
def test_any_text_is_an_hour_or_a_value_error(text: str) -> None:
    try:
        found = parse_hour(text)
    except ValueError:
        return
    assert found.second == found.microsecond == 0
    assert found.tzinfo is None
