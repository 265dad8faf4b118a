"""Where the content is: as set, in the checkout, or in the installed package."""

from __future__ import annotations

from pathlib import Path


def content_dir(chosen: Path | None = None) -> Path:
    """The folder that holds questions and tags. Raises FileNotFoundError if there is none."""
    package = Path(__file__).parent.parent
    for folder in (chosen, package / "_data" / "content", package.parent / "content"):
        if folder and folder.is_dir():
            return folder
    raise FileNotFoundError("There is no content folder. Set CONTENT_DIR to one.")
