"""How the sandbox says no: Telegram's words to the bot, a sentence to a person at the page."""

from typing import Any


class Refusal(Exception):
    """What the Bot API answers instead of a result: `code` is the HTTP status as well."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the answer, in the shape of a Bot API error."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


class NotPossible(ValueError):
    """A person tried what their Telegram app would not let them do; the text is one sentence."""


def bad_request(words: str, **parameters: int) -> Refusal:
    """A 400: `words` are Telegram's, without the prefix."""
    return Refusal(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> Refusal:
    """A 403: `words` are Telegram's, without the prefix."""
    return Refusal(403, f"Forbidden: {words}")


def too_many(seconds: int) -> Refusal:
    """A 429 that names the wait in whole seconds."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
