"""Migrations up, down and up again on both engines, as a release would meet them."""

import tempfile
from pathlib import Path

from bot.store import schema
from tests import engines

with tempfile.TemporaryDirectory() as folder:
    for engine in engines.ENGINES:
        url = engines.empty_database(engine, Path(folder))
        for step, revision in (("up", "head"), ("down", "base"), ("up", "head")):
            if step == "up":
                schema.upgrade(url, to=revision)
            else:
                schema.downgrade(url, to=revision)
            print(f"{engine}: {step} to {schema.revision(url)[0]}")
