"""What a person at the shell is told when a command cannot be carried out."""


class Refusal(Exception):
    """The text says what is wrong and what would be right; no traceback is wanted."""
