"""Reads a question file into a Draft: finds what is missing, unknown or of the wrong type.

What the texts say is checked elsewhere.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.bank.draft import COUNTS, Draft, Role, Spot, Spots
from bot.bank.problem import Findings, did_you_mean, excerpt
from bot.bank.question import LANGUAGES, Kind, Level, Source
from bot.bank.tree import day, fields, flag, items, line_of, pairs, read, words

_REQUIRED: Final = ("level", "kind", "tags", "sources", "checked", "text")
_OPTIONAL: Final = ("figure", "ordered")
_WORDING: Final = {
    Kind.CHOICE: ("question", "right", "wrong", "explanation", "answer"),
    Kind.OPEN: ("question", "points", "answer"),
}
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Callback data holds 64 bytes: a verb, the slug, whom the button is for, a signature.
_SLUG_MOST: Final = 34
_ADDRESS: Final = re.compile(r"https://[\w-]+(\.[\w-]+)+([/?#]\S*)?", re.ASCII)

Choice = TypeVar("Choice", bound=StrEnum)


def read_question(path: Path, findings: Findings) -> Draft | None:
    """The draft in `path`, whose name is the slug and whose folder is the topic."""
    if not _SLUG.fullmatch(path.stem) or len(path.stem) > _SLUG_MOST:
        says = f"must be named by small Latin letters, digits and hyphens, at most {_SLUG_MOST}"
        findings.add(0, says)
    root = read(path, findings)
    if root is None:
        return None
    keys = fields(root, findings, "the question", required=_REQUIRED, optional=_OPTIONAL)
    kind = _choice(Kind, keys.get("kind"), findings)
    return Draft(
        slug=path.stem,
        topic=path.parent.name,
        level=_choice(Level, keys.get("level"), findings),
        kind=kind,
        tags=_tags(keys.get("tags"), findings),
        sources=_sources(keys.get("sources"), findings),
        checked=day(keys["checked"], findings, "checked") if "checked" in keys else None,
        ordered=flag(keys["ordered"], findings, "ordered") if "ordered" in keys else False,
        figure=(words(keys["figure"], findings, "figure") or "") if "figure" in keys else "",
        text=_languages(keys.get("text"), kind or Kind.CHOICE, findings),
    )


def _choice(of: type[Choice], node: Node | None, findings: Findings) -> Choice | None:
    if node is None:
        return None
    name = words(node, findings, of.__name__.lower())
    if name in list(of):
        return of(name)
    if name is not None:
        hint = did_you_mean(name, tuple(of))
        findings.add(line_of(node), f"unknown {of.__name__.lower()} {excerpt(name)}: {hint}")
    return None


def _tags(node: Node | None, findings: Findings) -> tuple[tuple[str, int], ...]:
    tags: dict[str, int] = {}
    for item in items(node, findings, "tags") if node else ():
        tag = words(item, findings, "tag")
        if tag in tags:
            findings.add(line_of(item), f"tag {tag} stands twice")
        elif tag is not None:
            tags[tag] = line_of(item)
    return tuple(tags.items())


def _sources(node: Node | None, findings: Findings) -> tuple[Source, ...]:
    sources: list[Source] = []
    for item in items(node, findings, "sources") if node else ():
        keys = fields(item, findings, "source", required=("title", "url"))
        title = words(keys["title"], findings, "title") if "title" in keys else None
        url = words(keys["url"], findings, "url") if "url" in keys else None
        if url and not _ADDRESS.fullmatch(url):
            says = f"url must start with https:// and have no spaces: {excerpt(url)}"
            findings.add(line_of(keys["url"]), says)
        elif url and url in [source.url for source in sources]:
            findings.add(line_of(keys["url"]), f"source {url} stands twice")
        elif title and url:
            sources.append(Source(title, url))
    if isinstance(node, SequenceNode) and not node.value:
        findings.add(line_of(node), "sources must name at least one work")
    return tuple(sources)


def _languages(node: Node | None, kind: Kind, findings: Findings) -> dict[str, Spots]:
    text: dict[str, Spots] = {}
    for language, (line, wording) in pairs(node, findings, "text").items():
        if language in LANGUAGES:
            text[language] = _wording(wording, kind, findings, language)
        else:
            hint = did_you_mean(language, LANGUAGES)
            findings.add(line, f"text has an unknown language {language}: {hint}")
    for language in LANGUAGES:
        if isinstance(node, MappingNode) and language not in text:
            findings.add(line_of(node), "text lacks this language", language)
    return text


def _wording(node: Node, kind: Kind, findings: Findings, language: str) -> Spots:
    keys = fields(
        node,
        findings,
        "the wording",
        required=_WORDING[kind],
        optional=("details",),
        language=language,
    )
    spots: list[Spot] = []
    for name, value in keys.items():
        if name == "wrong":
            spots += _wrong(value, findings, language)
        elif name == "points":
            spots += _points(value, findings, language)
        else:
            role = Role.RIGHT if name == "right" else Role(name)
            spots += _spot(role, value, findings, language)
    return tuple(spots)


def _wrong(node: Node, findings: Findings, language: str) -> list[Spot]:
    spots: list[Spot] = []
    entries = list(items(node, findings, "wrong", language))
    for entry in entries:
        keys = fields(
            entry, findings, "a wrong option", required=("text", "because"), language=language
        )
        for name, role in (("text", Role.WRONG), ("because", Role.BECAUSE)):
            if name in keys:
                spots += _spot(role, keys[name], findings, language)
    if len(entries) != 3 and isinstance(node, SequenceNode):
        says = f"wrong must have 3 options, not {len(entries)}"
        findings.add(line_of(node), says, language)
    return spots


def _points(node: Node, findings: Findings, language: str) -> list[Spot]:
    entries = list(items(node, findings, "points", language))
    low, high = COUNTS[Kind.OPEN][Role.POINT]
    if not low <= len(entries) <= high and isinstance(node, SequenceNode):
        says = f"points must be {low} to {high}, not {len(entries)}"
        findings.add(line_of(node), says, language)
    return [spot for entry in entries for spot in _spot(Role.POINT, entry, findings, language)]


def _spot(role: Role, node: Node, findings: Findings, language: str) -> list[Spot]:
    text = words(node, findings, role, language)
    if text is None:
        return []
    # A block text ("|" or ">") begins on the line below its mark; only "|" keeps its lines.
    style = node.style if isinstance(node, ScalarNode) else None
    return [Spot(role, text, line_of(node) + (style in ("|", ">")), style == "|")]
