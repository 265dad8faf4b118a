"""What a text may not say in its language: give-aways in options, and letters of another script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.bank.draft import Draft, Role, Spot
from bot.bank.problem import Findings, excerpt

# Absolute words, and options that speak about the other options.
_BANNED: Final[Mapping[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?i:\b(always|never|(all|none|any|both) of the (above|below|options|others))\b)"
        r"|(?i:^(all|none|any|both) of (these|them)\b)|\b[Bb]oth [A-D] and [A-D]\b"
    ),
    "ru": re.compile(
        r"(?i:\b(всегда|никогда|(вс[её]|все|ничего|ничто|ни один|любо[ей]) (из )?"
        r"(выше)?перечисленн\w+)\b)"
        r"|(?i:^(все|оба|ни один из) (эти )?(вариант|ответ)\w*( \w*верн\w+| \w*правильн\w+)?$)"
        r"|\b[АБВГA-D],? и [АБВГ]\b"
    ),
    "pt": re.compile(
        r"(?i:\b(sempre|nunca|jamais|(todas|ambas|nenhuma) (as|das) (alternativas|anteriores)"
        r"|(todas|nenhuma) (as|das) (opções|respostas)? ?acima)\b)"
        r"|\b([Tt]anto [A-D] quanto|[Aa]mbas:?) [A-D]\b|^[A-D] e [A-D]$"
    ),
    "zh": re.compile(
        r"总是|永远|从不|从来不|从未|绝不|以上(都|全|皆|均|所有|选项|任)|^(都|全)(不?是|不?对|不?正确)$"
        r"|[A-D] ?[和与及] ?[A-D] ?(都|均|皆)"
    ),
}
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_CJK: Final = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_FOREIGN: Final = {
    "en": (("Cyrillic", _CYRILLIC), ("Chinese", _CJK)),
    "ru": (("Chinese", _CJK),),
    "pt": (("Cyrillic", _CYRILLIC), ("Chinese", _CJK)),
    "zh": (("Cyrillic", _CYRILLIC),),
}
_OWN: Final = {"ru": ("Russian", _CYRILLIC), "zh": ("Chinese", _HAN)}
_MIXED_WORD: Final = re.compile(r"\w*(?:[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z])\w*")
_LATIN_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_CODE: Final = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_OPTION_ROLES: Final = (Role.RIGHT, Role.WRONG)
_TERMS: Final = 4  # so many Latin words in a row of text may be names and formulas


def check_language(draft: Draft, findings: Findings) -> None:
    """Every text of every language, and no text left in English."""
    for language, spots in draft.text.items():
        for spot in spots:
            for offset, says in (*_banned(spot, language), *_script(spot, language)):
                findings.add(spot.line_at(offset), says, language)
    _untranslated(draft, findings)


def _banned(spot: Spot, language: str) -> list[tuple[int, str]]:
    if spot.role not in _OPTION_ROLES:
        return []
    found = _BANNED[language].search(spot.text)
    if found is None:
        return []
    return [(0, f'option says "{found[0]}", which gives it away: {excerpt(spot.text)}')]


def _script(spot: Spot, language: str) -> list[tuple[int, str]]:
    says = []
    for offset, line in enumerate(spot.text.splitlines()):
        for name, script in _FOREIGN[language]:
            if found := script.search(line):
                says.append((offset, f'{spot.role} has a {name} letter "{found[0]}"'))
        if language == "ru" and (found := _MIXED_WORD.search(line)):
            says.append((offset, f"{spot.role} mixes Latin and Russian letters: {found[0]}"))
    return says + [(offset, words) for offset, words in _own_script(spot, language)]


def _own_script(spot: Spot, language: str) -> list[tuple[int, str]]:
    if language not in _OWN:
        return []
    name, script = _OWN[language]
    # An option may be a bare term or formula; a sentence may not.
    few = _TERMS if spot.role in (*_OPTION_ROLES, Role.POINT) else 0
    if not script.search(spot.text) and len(_LATIN_WORD.findall(spot.text)) > few:
        return [(0, f"{spot.role} is not in {name}: {excerpt(spot.text)}")]
    # Blank lines out the code but keeps its line feeds, so that lines still count.
    prose = _CODE.sub(lambda code: "\n" * code[0].count("\n"), spot.text)
    return [
        (offset, f"{spot.role} has a line that is not in {name}: {excerpt(line)}")
        for offset, line in enumerate(prose.splitlines())
        if not script.search(line)
        and script.search(spot.text)
        and len(_LATIN_WORD.findall(line)) > _TERMS
    ]


def _untranslated(draft: Draft, findings: Findings) -> None:
    english = {spot.text for spot in draft.text.get("en", ()) if spot.role not in _OPTION_ROLES}
    for language, spots in draft.text.items():
        for spot in spots if language != "en" else ():
            if spot.text in english:
                says = f"{spot.role} is the English text: {excerpt(spot.text)}"
                findings.add(spot.line, says, language)
