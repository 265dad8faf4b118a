"""The characters that Telegram's HTML writes as &name; or &#number;, and those of bare values."""

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def is_token(character: str) -> bool:
    """May this character stand in an attribute value without quotes?"""
    return character.isalnum() or character in ".-"


def reference(source: str, start: int) -> tuple[str, int] | None:
    """The character behind &name; or &#number; and where it ends; None when it is only text."""
    end = start + 1
    if source[end : end + 1] == "#":
        return _numbered(source, start)
    while end < len(source) and source[end].isascii() and source[end].isalpha():
        end += 1
    character = NAMED.get(source[start + 1 : end])
    if character is None:
        return None
    return character, end + (source[end : end + 1] == ";")


def _numbered(source: str, start: int) -> tuple[str, int] | None:
    base, end = (16, start + 3) if source[start + 2 : start + 3] == "x" else (10, start + 2)
    digits = "0123456789abcdefABCDEF" if base == 16 else "0123456789"
    first = end
    while end < len(source) and source[end] in digits:
        end += 1
    if end == first or end - start >= 10:
        return None
    number = int(source[first:end], base)
    if not 0 < number < 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return None
    return chr(number), end + (source[end : end + 1] == ";")
