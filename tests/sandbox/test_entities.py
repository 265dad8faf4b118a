"""Telegram's HTML: what it means, and the words in which it is refused."""

from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import byte_offset, in_order, parse_html, utf16_length
from bot.sandbox.refusals import Refusal


def cut(text: str, entity: dict[str, Any]) -> str:
    """What an entity covers, by UTF-16 units."""
    start, end = entity["offset"], entity["offset"] + entity["length"]
    return text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le")


def refusal(source: str) -> str:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.code == 400
    return caught.value.description.removeprefix("Bad Request: can't parse entities: ")


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
    ],
)
def test_every_simple_tag_has_its_entity(tag: str, kind: str) -> None:
    text, entities = parse_html(f"a<{tag}>bc</{tag}>d")
    assert text == "abcd"
    assert entities == [{"type": kind, "offset": 1, "length": 2}]


def test_tags_with_attributes_keep_what_matters() -> None:
    source = (
        '<a href="http://example.org/?a=1&amp;b=2">l</a>'
        '<span class="tg-spoiler">s</span>'
        "<blockquote expandable>q</blockquote>"
        '<pre><code class="language-python">p</code></pre>'
    )
    link, spoiler, quote, code = in_order(parse_html(source)[1])
    assert link["type"] == "text_link"
    assert link["url"] == "http://example.org/?a=1&b=2"
    assert spoiler["type"] == "spoiler"
    assert quote["type"] == "expandable_blockquote"
    assert code == {"type": "pre", "offset": 3, "length": 1, "language": "python"}


def test_a_link_without_address_leads_to_its_own_text() -> None:
    assert parse_html("<a>example.org</a>")[1][0]["url"] == "example.org"


def test_a_link_that_leads_nowhere_is_only_text() -> None:
    assert parse_html('<a href="not a link">x</a>') == ("x", [])


def test_a_tag_around_nothing_leaves_no_entity() -> None:
    assert parse_html("<b></b>x") == ("x", [])


def test_tags_are_read_in_any_case_and_an_empty_end_tag_closes_the_last() -> None:
    assert parse_html("<B>x</>")[1] == [{"type": "bold", "offset": 0, "length": 1}]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&lt b", "< b"),
        ("&#65;&#x42;&#67", "ABC"),
        ("&nbsp;&copy;", "&nbsp;&copy;"),
        ("&", "&"),
        ("&#;", "&#;"),
        ("&#0;", "&#0;"),
        ("&#xD800;", "&#xD800;"),
        ("&#9999999999;", "&#9999999999;"),
        ("a > b", "a > b"),
    ],
)
def test_only_the_known_references_are_resolved(source: str, text: str) -> None:
    assert parse_html(source) == (text, [])


def test_offsets_count_utf16_units() -> None:
    text, entities = parse_html("🔥<b>🎉é</b>")
    assert entities == [{"type": "bold", "offset": 2, "length": 3}]
    assert cut(text, entities[0]) == "🎉é"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("12345<x>", 'Unsupported start tag "x" at byte offset 5'),
        ("é<h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("a < b > c", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 3'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_what_cannot_be_read_is_refused_in_telegrams_words(source: str, words: str) -> None:
    assert refusal(source) == words


def test_byte_offsets_are_those_of_utf8() -> None:
    assert byte_offset("é🔥x", 2) == 6


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=6)
TAGS = st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "blockquote"])
TREES = st.recursive(
    WORDS, lambda inner: st.tuples(TAGS, st.lists(inner, min_size=1, max_size=3)), max_leaves=12
)


def html_of(tree: Any) -> str:
    if isinstance(tree, str):
        return escape(tree, quote=False)
    tag, children = tree
    return f"<{tag}>{''.join(map(html_of, children))}</{tag}>"


def text_of(tree: Any) -> str:
    return tree if isinstance(tree, str) else "".join(map(text_of, tree[1]))


def marked(tree: Any) -> list[str]:
    """The texts inside tags, in the order in which the tags end."""
    if isinstance(tree, str):
        return []
    inner = [text for child in tree[1] for text in marked(child)]
    return [*inner, text_of(tree)]


@given(TREES)
def test_entities_cover_exactly_what_their_tags_enclosed(tree: Any) -> None:
    text, entities = parse_html(html_of(tree))
    assert text == text_of(tree)
    assert [cut(text, entity) for entity in entities] == marked(tree)


@given(st.text(st.sampled_from("<>/&;#x=\"' abpre🔥l1t"), max_size=40))
def test_any_text_is_read_or_refused_in_words(source: str) -> None:
    read = read_or_refuse(source)
    if isinstance(read, Refusal):
        assert read.description.startswith("Bad Request: can't parse entities: ")
    else:
        text, entities = read
        assert all(e["offset"] + e["length"] <= utf16_length(text) for e in entities)


def read_or_refuse(source: str) -> Refusal | tuple[str, list[dict[str, Any]]]:
    try:
        return parse_html(source)
    except Refusal as refused:
        return refused


@given(st.text())
def test_length_agrees_with_the_encoding(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
