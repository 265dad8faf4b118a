"""The parameters of one Bot API call, from a query, a form or JSON, read by type or refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.refusals import bad_request

TRUE = frozenset({"true", "yes", "1"})
FALSE = frozenset({"false", "no", "0", ""})


@dataclass(frozen=True)
class Params:
    """Values as they came: strings from forms, JSON values from JSON; files by field name."""

    values: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Was something given under this name?"""
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        """A string; "" when missing. Numbers are taken as their digits, as Telegram does."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, (dict, list)):
            raise bad_request(f'field "{name}" must be of type String')
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if not is_unicode(text):
            raise bad_request("strings must be encoded in UTF-8")
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number."""
        found = self.optional_integer(name)
        return default if found is None else found

    def optional_integer(self, name: str) -> int | None:
        """A whole number, or None when missing."""
        text = self.text(name).strip()
        if not text:
            return None
        try:
            if isinstance(self.values[name], bool):
                raise ValueError
            return int(text)
        except ValueError:
            raise bad_request(f'field "{name}" must be of type Number') from None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean in one of the spellings Telegram knows."""
        if not self.has(name):
            return default
        text = self.text(name).lower()
        if text not in TRUE | FALSE:
            raise bad_request(f'field "{name}" must be of type Boolean')
        return text in TRUE

    def structure(self, name: str) -> Any:
        """A JSON-serialized value; None when missing."""
        found = self.values.get(name)
        if isinstance(found, str):
            try:
                found = json.loads(found) if found else None
            except (ValueError, RecursionError):
                raise bad_request(f"can't parse {name} JSON object") from None
        if not is_unicode(json.dumps(found, ensure_ascii=False)):
            raise bad_request("strings must be encoded in UTF-8")
        return found

    def items(self, name: str) -> list[Any] | None:
        """A JSON-serialized array; None when missing."""
        found = self.structure(name)
        if found is not None and not isinstance(found, list):
            raise bad_request(f'field "{name}" must be of type Array')
        return found

    def mapping(self, name: str) -> dict[str, Any] | None:
        """A JSON-serialized object; None when missing."""
        found = self.structure(name)
        if found is not None and not isinstance(found, dict):
            raise bad_request(f'field "{name}" must be of type Object')
        return found

    def strings(self, name: str) -> list[str] | None:
        """A JSON-serialized array of strings; None when missing."""
        found = self.items(name)
        if found is not None and not all(isinstance(item, str) for item in found):
            raise bad_request(f'field "{name}" must be of type Array of String')
        return found


def is_unicode(text: str) -> bool:
    """False for halves of surrogate pairs, which JSON escapes can smuggle in."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
