"""Words of the commands' own help, in the language of the command line."""

from __future__ import annotations

from hall import settings
from hall.model import HallError, Lang
from hall.text import t


def spoken() -> Lang:
    """The language; Chinese where the setting cannot be read, so that the help can always be made."""
    try:
        return settings.lang()
    except HallError:
        return "zh"


def help_of(key: str) -> str:
    """The help of a command or option: text key ``cli.<key>``."""
    return t(f"cli.{key}", spoken())
