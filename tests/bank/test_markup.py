import html
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.markup import MarkupError, to_html, utf16_length


class TelegramReader(HTMLParser):
    """Reads the HTML that Telegram takes from us and nothing else; `text` is what remains."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "pre" not in self.open or tag == "code"
        assert "code" not in self.open
        assert tag != "code" or not set(self.open) & {"b", "i", "a"}
        names = [name for name, _ in attrs]
        if tag == "a":
            assert names == ["href"]
            assert (attrs[0][1] or "").startswith(("https://", "http://"))
            assert "a" not in self.open
        elif tag == "code":
            assert names == (["class"] if "pre" in self.open else [])
        else:
            assert tag in ("b", "i", "pre")
            assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert not set(data) & set("<>&")
        self.text += data

    def handle_entityref(self, name: str) -> None:
        assert name in ("lt", "gt", "amp", "quot")
        self.text += html.unescape(f"&{name};")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


def read(markup: str) -> str:
    reader = TelegramReader()
    reader.feed(markup)
    reader.close()
    assert not reader.open
    return reader.text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("**bold** and *italic*", "<b>bold</b> and <i>italic</i>"),
        ("***both***", "<i><b>both</b></i>"),
        ("`x < 1`", "<code>x &lt; 1</code>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("[a *b*](https://x.org/?a=1&b=2)", '<a href="https://x.org/?a=1&amp;b=2">a <i>b</i></a>'),
        ("<https://x.org>", '<a href="https://x.org">https://x.org</a>'),
        ("a line\nand its rest", "a line and its rest"),
        ("一行，\n下一行", "一行，下一行"),
        ("one\\\ntwo", "one\ntwo"),
        ("```r\nx < 2\n```", '<pre><code class="language-r">x &lt; 2</code></pre>'),
        ("```\nx\n\ny\n```", "<pre>x\n\ny</pre>"),
        ("- one\n- two", "▪️ one\n▪️ two"),
        ("- **Head.** The rest.", "🔹 <b>Head</b>\nThe rest."),
        ("- **Head**: the rest.", "🔹 <b>Head</b>\nthe rest."),
        ("- **Head** — the rest.", "🔹 <b>Head</b>\nthe rest."),
        ("- **梯度。** 其余", "🔹 <b>梯度</b>\n其余"),
        ("- **Why?** Because.", "🔹 <b>Why?</b>\nBecause."),
        ("- **Head.**", "🔹 <b>Head</b>"),
        ("- The **middle** is bold.", "▪️ The <b>middle</b> is bold."),
        ("- **A *b*.** `c`", "🔹 <b>A <i>b</i></b>\n<code>c</code>"),
        ("Lead:\n- **One.** 1\n\n- **Two.** 2\n\nEnd.",
         "Lead:\n\n🔹 <b>One</b>\n1\n🔹 <b>Two</b>\n2\n\nEnd."),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_becomes_the_channel_style(markdown: str, expected: str) -> None:
    assert to_html(markdown) == expected
    read(expected)


@pytest.mark.parametrize(
    ("markdown", "line", "what"),
    [
        ("text\n\n# Head", 3, "headings"),
        ("Head\n----", 1, "headings"),
        ("a\n\n---\n", 3, "rules"),
        ("a\n\n1. one", 3, "numbered lists"),
        ("- a\n  - b", 2, "nested lists"),
        ("- a\n\n  b", 3, "one paragraph"),
        ("- a\n\n  ```\n  b\n  ```", 3, "fence is not supported"),
        ("- a\n- ", 2, "an empty bullet"),
        ("> quote", 1, "quotes"),
        ("    code", 1, "by indentation"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 1, "tables"),
        ("![alt](https://x.org/a.png)", 1, "images"),
        ("a <b>bold</b> move", 1, "raw HTML"),
        ("the <eos> token", 1, "raw HTML"),
        ("<div>\n</div>", 1, "raw HTML"),
        ("one\ntwo ~~three~~", 2, "strikethrough"),
        ("one\ntwo **three", 2, "opens or closes nothing"),
        ("**词。**后面", 1, "opens or closes nothing"),
        ("a ` tick", 1, "opens or closes nothing"),
        ("[a](no address)", 1, "opens or closes nothing"),
        ("__init__ runs", 1, "use * for that"),
        ("an _aside_ here", 1, "use * for that"),
        ("one\n**`x`** two", 2, "cannot stand within bold"),
        ("[`x`](https://x.org)", 1, "cannot stand within a link"),
        ("[x](ftp://x.org)", 1, "a web address"),
        ("[x](page.html)", 1, "a web address"),
        ("[](https://x.org)", 1, "a link without words"),
        ('[x](https://x.org "title")', 1, "takes no title"),
        ("```a b\nx\n```", 1, "names one language"),
        ("```\n```", 1, "a fence without code"),
        ("- **.** rest", 1, "a bold head without words"),
    ],
)
def test_what_the_style_does_not_have_is_refused(markdown: str, line: int, what: str) -> None:
    with pytest.raises(MarkupError, match=what.replace("*", r"\*")) as refused:
        to_html(markdown)

    assert refused.value.line == line


@pytest.mark.parametrize(
    ("markup", "length"),
    [
        ("", 0),
        ("<b>a</b>", 1),
        ("&lt;&amp;", 2),
        ("🔹 x", 4),
        ("中文", 2),
        ("e⁻ˣ", 3),
        ("&#128293;", 2),
    ],
)
def test_length_is_counted_in_utf16_after_parsing(markup: str, length: int) -> None:
    assert utf16_length(markup) == length


MARKS = r"""** * ` ``` - [ ]( ) https://x.org < > & &amp; &#60;b> \ _ " ' . word слово 词。 🔹"""
PIECES = st.sampled_from([*MARKS.split(), " ", "\n", "\n\n", "- ", "```\n", "x < y", ". "])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_whatever_is_written_becomes_valid_html_or_is_refused(markdown: str) -> None:
    try:
        markup = to_html(markdown)
    except MarkupError:
        return
    assert utf16_length(markup) == len(read(markup).encode("utf-16-le")) // 2


WORDS = st.lists(
    st.sampled_from(["a<b", "R&D", "**bold**", "*it*", "`c<d`", "слово", "🔥", "e⁻ˣ"]), min_size=1
).map(" ".join)


@given(st.lists(st.one_of(WORDS, WORDS.map("- {}".format), WORDS.map("- **Head.** {}".format))))
def test_plain_paragraphs_and_bullets_are_never_refused(blocks: list[str]) -> None:
    markup = to_html("\n\n".join(blocks))

    assert markup.count("🔹") == sum(block.startswith("- **") for block in blocks)
    assert utf16_length(markup) == len(read(markup).encode("utf-16-le")) // 2
