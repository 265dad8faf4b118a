"""Text that Telegram may parse as HTML. Escaping is a matter of type: only Html is trusted."""

from __future__ import annotations

import html
import unicodedata

# Zero-width and direction marks let a name overturn the line it stands in.
_UNWANTED = {"Cc", "Cf", "Cs", "Co", "Cn"}


class Html(str):
    """Telegram HTML that needs no more escaping."""

    __slots__ = ()


def escape(value: str) -> Html:
    """`value` as Html: kept if it is Html already, escaped if it is a plain string."""
    return value if isinstance(value, Html) else Html(html.escape(value, quote=False))


def display_name(name: str, *, most: int = 32) -> str:
    """A person's name made fit to stand inside a sentence: one line, no marks, at most `most`.

    Names of right-to-left scripts are isolated, so that the punctuation after them stays put.
    """
    visible = "".join(c for c in name if unicodedata.category(c) not in _UNWANTED)
    short = " ".join(visible.split())[:most].rstrip()
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in short):
        return f"\u2068{short}\u2069"
    return short
