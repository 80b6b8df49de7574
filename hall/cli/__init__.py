"""Groups of commands; each imports what it needs when it is run."""

from __future__ import annotations

import sys

from hall import settings
from hall.model import HallError, Lang
from hall.text import t


def spoken() -> Lang:
    """The language of help: Chinese where the setting cannot be read."""
    try:
        return settings.lang()
    except HallError:
        return "zh"


def shown(done: int, total: int, name: str) -> None:
    """Progress on stderr: one line that is written over until all is done."""
    line = t("cli.progress", settings.lang(), done=done, total=total, name=name)
    sys.stderr.write(f"\r\x1b[K{line}" + ("\n" if done == total else ""))
    sys.stderr.flush()
