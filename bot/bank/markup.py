"""The light Markdown of answers as Telegram HTML in the channel style, and lengths as it counts.

What the style does not know is refused, never guessed at or dropped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.messages.html import Html, escape

_REFUSED = {
    "blockquote": "quotes are not supported: the long part goes to details",
    "code_block": "code by indentation is not supported: fence it with ```",
    "heading": "headings are not supported: open a bullet with a bold head",
    "hr": "rules (---) are not supported",
    "html_block": "raw HTML is not supported: put it into `code`",
    "html_inline": "raw HTML is not supported: put it into `code`",
    "image": "images are not supported: name a figure instead",
    "ordered_list": "numbered lists are not supported: use bullets",
    "s": "~~strikethrough~~ is not supported",
    "table": "tables are not supported: use bullets or fenced code",
}
_LEFT_OVER = re.compile(r"\*\*|`|\]\(")  # Markdown that did not close shows as itself
_TAG = re.compile(r"<[^>]*>")
_LANGUAGE = re.compile(r"[\w+#.-]*", re.ASCII)
_IDEOGRAPH = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


class MarkupError(ValueError):
    """Markdown that the channel style does not have; `line` counts from 1 within the text."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line
        self.what = what


def to_html(markdown: str) -> Html:
    """`markdown` as Telegram HTML; blocks stand apart by an empty line. Raises MarkupError."""
    root = SyntaxTreeNode(_parser().parse(markdown))
    return Html("\n\n".join(_block(node) for node in root.children))


def utf16_length(html: str) -> int:
    """How long `html` is for Telegram: UTF-16 code units of what is left once it is parsed."""
    return len(plain(html).encode("utf-16-le", "surrogatepass")) // 2


def plain(markup: str) -> str:
    """What is left of Telegram HTML once its tags and entities are parsed."""
    return html.unescape(_TAG.sub("", markup))


@cache
def _parser() -> MarkdownIt:
    # Raw HTML, tables and strikethrough are parsed in order to be refused by name.
    parser = MarkdownIt("commonmark", {"html": True})
    return parser.enable(["table", "strikethrough"]).disable("reference")


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "paragraph":
            return _inline(_content(node))
        case "bullet_list":
            return "\n".join(_bullet(item) for item in node.children)
        case "fence":
            return _fence(node)
    raise _refusal(node)


def _content(paragraph: SyntaxTreeNode) -> Sequence[SyntaxTreeNode]:
    return paragraph.children[0].children


def _fence(node: SyntaxTreeNode) -> str:
    language = node.info.strip()
    code = html.escape(node.content.rstrip("\n"), quote=False)
    if not _LANGUAGE.fullmatch(language):
        raise MarkupError(_line(node), f"a fence names one language, not {language!r}")
    if not code.strip():
        raise MarkupError(_line(node), "a fence without code")
    if not language:
        return f"<pre>{code}</pre>"
    return f'<pre><code class="language-{language}">{code}</code></pre>'


def _bullet(item: SyntaxTreeNode) -> str:
    if not item.children:
        raise MarkupError(_line(item), "an empty bullet")
    for part in item.children:
        if part.type == "bullet_list":
            raise MarkupError(_line(part), "nested lists are not supported")
        if part.type != "paragraph":
            raise _refusal(part)
    if len(item.children) > 1:
        raise MarkupError(_line(item.children[1]), "a bullet holds one paragraph")
    head, *rest = _visible(_content(item.children[0]))
    if head.type != "strong":
        return f"▪️ {_inline([head, *rest])}"
    title = _inline(head.children, within="bold").rstrip(" .。:：")
    if not title:
        raise MarkupError(_line(head), "a bold head without words")
    # A colon or a dash between head and text has nothing left to join once the line breaks.
    text = _inline(rest).lstrip(" :：—–") if rest else ""
    return f"🔹 <b>{title}</b>\n{text}" if text else f"🔹 <b>{title}</b>"


def _visible(nodes: Sequence[SyntaxTreeNode]) -> list[SyntaxTreeNode]:
    # The parser leaves an empty text before a bold opening.
    kept = list(nodes)
    while len(kept) > 1 and kept[0].type == "text" and not kept[0].content.strip():
        del kept[0]
    return kept


def _inline(nodes: Sequence[SyntaxTreeNode], *, within: str = "") -> str:
    parts: list[str] = []
    for index, node in enumerate(nodes):
        if node.type == "softbreak":
            parts.append(_soft_break(nodes[index - 1], nodes[index + 1]))
        else:
            parts.append(_span(node, within))
    return "".join(parts)


def _span(node: SyntaxTreeNode, within: str) -> str:
    match node.type:
        case "text":
            return _text(node)
        case "hardbreak":
            return "\n"
        case "code_inline":
            return _code(node, within)
        case "strong":
            return f"<b>{_emphasis(node, within or 'bold')}</b>"
        case "em":
            return f"<i>{_emphasis(node, within or 'italic')}</i>"
        case "link":
            return _link(node, within)
    raise _refusal(node)


def _text(node: SyntaxTreeNode) -> str:
    if left := _LEFT_OVER.search(node.content):
        raise MarkupError(_line(node), f"{left[0]} opens or closes nothing: {node.content!r}")
    return escape(node.content)


def _code(node: SyntaxTreeNode, within: str) -> str:
    if within:  # Telegram does not nest code in other formatting
        raise MarkupError(_line(node), f"`code` cannot stand within {within}")
    return f"<code>{html.escape(node.content, quote=False)}</code>"


def _emphasis(node: SyntaxTreeNode, within: str) -> str:
    if "_" in node.markup:
        what = f"{node.markup} makes bold or italic here: use * for that, or `code` for a name"
        raise MarkupError(_line(node), what)
    return _inline(node.children, within=within)


def _link(node: SyntaxTreeNode, within: str) -> str:
    href = str(node.attrs.get("href", ""))
    if not href.startswith(("https://", "http://")):
        raise MarkupError(_line(node), f"a link needs a web address, not {href!r}")
    if node.attrs.get("title"):
        raise MarkupError(_line(node), "a link takes no title")
    text = _inline(node.children, within=within or "a link")
    if not text.strip():
        raise MarkupError(_line(node), f"a link without words: {href}")
    return f'<a href="{html.escape(href)}">{text}</a>'


def _soft_break(before: SyntaxTreeNode, after: SyntaxTreeNode) -> str:
    # Chinese does not put a space where a line of the source ends.
    ends = (before.content[-1:], after.content[:1])
    return "" if all(_IDEOGRAPH.match(end) for end in ends) else " "


def _refusal(node: SyntaxTreeNode) -> MarkupError:
    return MarkupError(_line(node), _REFUSED.get(node.type, f"{node.type} is not supported"))


def _line(node: SyntaxTreeNode) -> int:
    # Inline nodes have no line of their own: count the breaks before them in their paragraph.
    breaks = 0
    while not node.map:
        siblings = node.siblings
        before = siblings[: next(i for i, other in enumerate(siblings) if other is node)]
        breaks += sum(other.type in ("softbreak", "hardbreak") for other in before)
        if node.parent is None:
            return 1
        node = node.parent
    return node.map[0] + 1 + breaks
