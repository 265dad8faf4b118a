"""Reads an hour as people write it in four languages: 7, 07:30, 19h, 7 pm, 9 вечера, 晚上8点半.

Generous in form, strict in meaning: what could be two hours, or none, is refused.
"""

import re
import unicodedata
from datetime import time

# The hours a part of the day can mean. Of "7" and "19" exactly one lies in the evening.
_MORNING = frozenset(range(3, 12))
_MIDDAY = frozenset(range(11, 20))
_EVENING = frozenset({*range(16, 24), 0})
_NIGHT = frozenset({22, 23, *range(6)})
_PARTS: dict[str, frozenset[int]] = {
    **dict.fromkeys(("am", "a.m.", "a.m", "上午"), frozenset(range(12))),
    **dict.fromkeys(("pm", "p.m.", "p.m", "下午"), frozenset(range(12, 24))),
    **dict.fromkeys(("in the morning", "утра", "da manhã", "da manha"), _MORNING),
    **dict.fromkeys(("早上", "早晨", "清晨", "早"), _MORNING),
    **dict.fromkeys(("in the afternoon", "дня", "da tarde", "中午"), _MIDDAY),
    **dict.fromkeys(("in the evening", "at night", "вечера", "da noite", "晚上", "晚"), _EVENING),
    **dict.fromkeys(("ночи", "da madrugada", "凌晨", "夜里", "半夜"), _NIGHT),
}
_NAMED = {
    **dict.fromkeys(("noon", "midday", "полдень", "meio-dia", "meio dia", "正午"), time(12)),
    **dict.fromkeys(("midnight", "полночь", "meia-noite", "meia noite", "午夜"), time(0)),
}


def _one_of(words: str | dict[str, frozenset[int]]) -> str:
    """A pattern for any of the words, the longest first so that none hides another."""
    listed = words.split() if isinstance(words, str) else words
    return "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))


_PART = _one_of(_PARTS)
_HOUR_WORD = _one_of(
    "h hs hr hrs hour hours hora horas o'clock ч час часа часов 点 點 点钟 點鐘 时 時"
)
_MINUTE_WORD = _one_of("m min minutes minutos мин минут минуты 分 分钟")
_WRITTEN = re.compile(
    rf"""
    (?: (?:at|às|as|в) \s+ | 在 )?
    (?P<before>{_PART})? \s*
    (?P<hour>\d{{1,2}})
    (?:
        \s? [:.,]? \s? (?P<minute>\d\d) \s* (?:{_HOUR_WORD})?
      | \s* (?:{_HOUR_WORD}) \.? \s*
        (?: (?P<counted>\d\d?) \s* (?:{_MINUTE_WORD})? | (?P<half>半|e\ meia) | 整 )?
    )?
    \s* (?P<after>{_PART})?
    """,
    re.VERBOSE,
)
_CHINESE_DIGITS = "零一二三四五六七八九"


def parse_hour(text: str) -> time:
    """The time of day somebody wrote. Raises ValueError for anything else, such as "25:00"."""
    written = _plain(text)
    if written in _NAMED:
        return _NAMED[written]
    found = _WRITTEN.fullmatch(written)
    if found is None or (found["before"] and found["after"]):
        raise ValueError(f"not an hour: {text!r}")
    minute = 30 if found["half"] else int(found["minute"] or found["counted"] or 0)
    return time(_hour(int(found["hour"]), found["before"] or found["after"]), minute)


def _plain(text: str) -> str:
    # NFKC turns full-width digits and colons into ASCII; curly apostrophes it leaves alone.
    written = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    written = " ".join(written.split()).strip(" .!。")
    if len(written) > 30:
        raise ValueError("too long for an hour")
    return re.sub(rf"[{_CHINESE_DIGITS}两十]+", _from_chinese, written)


def _from_chinese(numeral: re.Match[str]) -> str:
    tens, ten, ones = numeral[0].replace("两", "二").rpartition("十")
    if "十" in tens or len(tens) > 1 or len(ones) > 2 - len(ten):
        raise ValueError("not a Chinese number below one hundred")
    digits = "".join(str(_CHINESE_DIGITS.index(sign)) for sign in ones)
    if not ten:
        return digits
    return f"{_CHINESE_DIGITS.index(tens) if tens else 1}{digits or 0}"


def _hour(hour: int, part: str | None) -> int:
    """The hour of the day: "7" of an evening is 19, "12" of a night is 0."""
    if part is None:
        return hour
    meant = {hour, (hour + 12) % 24} if 1 <= hour <= 12 else {hour}
    fitting = meant & _PARTS[part]
    if len(fitting) != 1:
        raise ValueError(f"no such hour: {hour} {part}")
    return fitting.pop()
