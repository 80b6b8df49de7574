"""Typed settings from the environment: every name begins with HALL_ and is listed by ``python -m hall settings``."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall import paths
from hall.model import HallError, Lang


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name and the text that holds when it is not set. Its meaning is text key ``setting.<name>``."""

    name: str
    default: str

    @property
    def raw(self) -> str:
        """What is set, else the default."""
        return os.environ.get(self.name, "").strip() or self.default

    def parse(self, read: Callable[[str], object]) -> object:
        """The value that ``read`` makes of it; HallError bad_setting when it cannot."""
        try:
            return read(self.raw)
        except ValueError as fault:
            raise HallError("bad_setting", name=self.name, value=self.raw) from fault


_STORE = Setting("HALL_STORE", str(paths.STORE))
_INBOX = Setting("HALL_INBOX", str(paths.INBOX))
_FACTS = Setting("HALL_FACTS", str(paths.FACTS))
_BULLETINS = Setting("HALL_BULLETINS", str(paths.ROOT.parent / "shared" / "bulletins"))
_TODAY = Setting("HALL_TODAY", "")
_SHOW_UNREVIEWED = Setting("HALL_SHOW_UNREVIEWED", "true")
_LANG = Setting("HALL_LANG", "")
_USER = Setting("HALL_USER", "")
_VERSIONS = Setting("HALL_VERSIONS", "10")
_STORE_SHARED = Setting("HALL_STORE_SHARED", "false")
_DEBUG = Setting("HALL_DEBUG", "false")
_REVIEW = Setting("HALL_REVIEW", "off")
_READ_MB = Setting("HALL_READ_MB", "40")
_READ_PAGES = Setting("HALL_READ_PAGES", "300")
_READ_SECONDS = Setting("HALL_READ_SECONDS", "300")
_READ_MEMORY = Setting("HALL_READ_MEMORY_MB", "3000")
_DATA = Setting("HALL_DATA", "")
_CASE_IDS = Setting("HALL_CASE_IDS", "masked")
_SUPPRESS = Setting("HALL_SUPPRESS_BELOW", "0")
_ENGINE = Setting("HALL_ENGINE", "duckdb")
_SPARK_STORE = Setting("HALL_SPARK_STORE", "")
_ENGINE_MEMORY = Setting("HALL_ENGINE_MEMORY_MB", "600")

ALL = (_STORE, _INBOX, _FACTS, _BULLETINS, _TODAY, _SHOW_UNREVIEWED, _REVIEW, _LANG, _USER, _VERSIONS, _READ_MB,
       _READ_PAGES, _READ_SECONDS, _READ_MEMORY, _DATA, _STORE_SHARED,
       _CASE_IDS, _SUPPRESS, _ENGINE, _SPARK_STORE, _ENGINE_MEMORY, _DEBUG)  # fmt: skip


# An address (s3://…, hdfs:/…); a name with a colon and no slash after it can be that of a folder.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/")


def store() -> Path:
    """The folder of the published versions, the loaded files and the journal; HallError not_a_folder as all four."""
    return _folder(_STORE)


def store_mode() -> int:
    """Who may enter the folders of the store: its owner alone, or the owner's group too, which reads only."""
    return 0o750 if _STORE_SHARED.parse(_truth) else 0o700


def inbox() -> Path:
    """The folder whose documents are loaded when none is named."""
    return _folder(_INBOX)


def facts() -> Path:
    """The folder of the accepted facts (CSV)."""
    return _folder(_FACTS)


def bulletins() -> Path:
    """The folder of the real documents that the facts were read from; it need not exist."""
    return _folder(_BULLETINS)


def today() -> date:
    """Today, or the date that HALL_TODAY fixes (2025-12-01); HallError bad_setting when that is no date."""
    if not _TODAY.raw:
        return date.today()
    value = _TODAY.parse(date.fromisoformat)
    assert isinstance(value, date)
    return value


def fixed_today() -> bool:
    """Whether HALL_TODAY fixes the date (tests, pictures)."""
    return bool(_TODAY.raw)


def show_unreviewed() -> bool:
    """Whether figures that nobody has reviewed are shown (with their mark)."""
    return bool(_SHOW_UNREVIEWED.parse(_truth))


def lang() -> Lang:
    """The language of the command line: HALL_LANG, else that of the locale, else Chinese."""
    if _LANG.raw:
        return "en" if _LANG.parse(_language) == "en" else "zh"
    spoken = next((v for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(name))), "")
    return "en" if spoken.startswith("en") else "zh"


def user() -> str:
    """Who acts, as the journal writes it: HALL_USER, else the name of the account."""
    if _USER.raw:
        return _USER.raw
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def versions() -> int:
    """How many published versions are kept, at least one."""
    return _count(_VERSIONS)


def review() -> bool:
    """Whether the page of documents shows the controls of review."""
    return bool(_REVIEW.parse(_truth))


def read_megabytes() -> int:
    """The largest file that is read, in megabytes."""
    return _count(_READ_MB)


def read_pages() -> int:
    """The most pages that are read of one document."""
    return _count(_READ_PAGES)


def read_seconds() -> int:
    """The longest that one document may take to read."""
    return _count(_READ_SECONDS)


def read_memory() -> int:
    """The most memory that the process which reads may take, in megabytes."""
    return _count(_READ_MEMORY)


def data() -> str:
    """The data set that is shown where none is chosen: a publisher's id or name, "" for the first that has numbers."""
    return _DATA.raw


def whole_case_ids() -> bool:
    """Whether the numbers of cases are shown whole, else masked."""
    return _CASE_IDS.parse(_id_rule) == "shown"


def suppress_below() -> int:
    """Counts from one up to below this are left out of public extracts; 0 for none."""
    value = _SUPPRESS.parse(int)
    assert isinstance(value, int)
    return max(value, 0)


def engine() -> str:
    """The engine that computes cubes where none is named: duckdb or spark."""
    return _ENGINE.raw


def spark_store() -> str:
    """Where the workers of Spark see the store: a folder or an address, "" for its path on this machine."""
    return _SPARK_STORE.raw


def engine_memory() -> int:
    """The most memory that DuckDB takes to load records or compute a cube, in megabytes; beyond it spills to disk."""
    return _count(_ENGINE_MEMORY)


def _folder(setting: Setting) -> Path:
    """The folder that a setting names; HallError not_a_folder for an address, of which a folder "s3:" would come."""
    if _ADDRESS.match(setting.raw):
        raise HallError("not_a_folder", name=setting.name, value=setting.raw)
    return Path(setting.raw)


def _id_rule(word: str) -> str:
    if word not in ("masked", "shown"):
        raise ValueError(word)
    return word


def _count(setting: Setting) -> int:
    value = setting.parse(int)
    assert isinstance(value, int)
    return max(value, 1)


def debug() -> bool:
    """Whether an unexpected fault on the command line shows its trace instead of a sentence."""
    return bool(_DEBUG.parse(_truth))


def _truth(word: str) -> bool:
    values = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
    if word.lower() not in values:
        raise ValueError(word)
    return values[word.lower()]


def _language(word: str) -> str:
    if word not in ("zh", "en"):
        raise ValueError(word)
    return word
