"""content/tags.yaml: the topics and tags that questions may name, and their words per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yaml.nodes import Node

from bot.bank.problem import Findings, excerpt
from bot.bank.question import LANGUAGES
from bot.bank.tree import fields, line_of, pairs, read, words

FILE = "tags.yaml"


@dataclass(frozen=True)
class Tags:
    """Hashtags without '#' by topic or tag, and topic titles, each by language."""

    topics: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, Mapping[str, str]]
    tags: Mapping[str, Mapping[str, str]]

    def hashtags(self, topic: str, tags: tuple[str, ...], language: str) -> tuple[str, ...]:
        """The hashtag line of a question, topic first; a tag that says the same is dropped."""
        names = (self.topics[topic], *(self.tags[tag] for tag in tags))
        return tuple(dict.fromkeys(f"#{name[language]}" for name in names))


def read_tags(content_dir: Path, findings: Findings) -> Tags:
    """All topics and tags; what is wrong with them is found, and they are left out."""
    path = content_dir / FILE
    if not path.is_file():
        findings.add(0, "is missing: it names the topics and tags in every language")
        return Tags({}, {}, {})
    root = read(path, findings)
    both = fields(root, findings, "the file", required=("topics", "tags"))
    topics, titles, tags = {}, {}, {}
    for name, (_, node) in pairs(both.get("topics"), findings, "topics").items():
        keys = fields(node, findings, f"topic {name}", required=(*LANGUAGES, "title"))
        topics[name] = _hashtags(keys, findings)
        titles[name] = _texts(keys.get("title"), findings, f"the title of {name}")
    for name, (_, node) in pairs(both.get("tags"), findings, "tags").items():
        keys = fields(node, findings, f"tag {name}", required=LANGUAGES)
        tags[name] = _hashtags(keys, findings)
    return Tags(_whole(topics), _whole(titles), _whole(tags))


def _hashtags(keys: Mapping[str, Node], findings: Findings) -> dict[str, str]:
    taken = {}
    for language in LANGUAGES:
        node = keys.get(language)
        name = words(node, findings, "hashtag", language) if node else None
        if node and name and not is_hashtag(name):
            says = f"hashtag {excerpt(name)} must be letters, digits and _, and not digits only"
            findings.add(line_of(node), says, language)
        elif name:
            taken[language] = name
    return taken


def _texts(node: Node | None, findings: Findings, what: str) -> dict[str, str]:
    taken = {}
    for language, value in fields(node, findings, what, required=LANGUAGES).items():
        if text := words(value, findings, what, language):
            taken[language] = text
    return taken


def _whole(names: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    return {name: texts for name, texts in names.items() if len(texts) == len(LANGUAGES)}


def is_hashtag(name: str) -> bool:
    """Whether Telegram links '#' + name to its end: letters, digits, _, and not digits only."""
    whole = all(letter.isalnum() or letter == "_" for letter in name)
    return whole and any(letter.isalpha() for letter in name)
