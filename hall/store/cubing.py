"""Builds a cube beside the one that serves, anew or month by month, and publishes it in one step."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from hall import sql
from hall.model import HallError
from hall.store import contract, schema, seal
from hall.store.cube import root, version
from hall.store.published import Published

if TYPE_CHECKING:
    import pyarrow as pa

_KEPT = 2
# What months are said to be delivered as whose records are not here: their cube was made elsewhere.
ELSEWHERE = "elsewhere-"
# What a draft needs; rows are on the disk as soon as a few ten thousand have come together.
_MEMORY = "100MB"


class Month(NamedTuple):
    """A month of records as a cube holds it: which records, its first day, the delivery it was computed from."""

    records: str
    month: str
    delivery: str
    rows: int


class CubeDraft:
    """The next cube while the lock is held; a copy of the published one where that can be gone on from, unless
    ``anew``. HallError cube_elsewhere where months would be lost whose records are not here."""

    def __init__(self, publisher: str, calendar: Mapping[int, str], *, anew: bool = False) -> None:
        self._publisher, self.calendar, self._own = publisher, calendar, cubes(publisher)
        self.previous = self._own.current
        self._path = self._own.folder / f"{self._own.draft}-{os.getpid()}.duckdb"
        before = self._own.folder / self.previous
        kept = self.previous if not anew and self._goes_on(before) else ""
        if not kept and not anew and self.previous and _elsewhere(before):
            raise HallError("cube_elsewhere", publisher=publisher)
        if kept:
            shutil.copyfile(self._own.folder / kept, self._path)
        self._con = _connect(self._path)
        if not kept:
            self._con.execute(sql.text("schema/cube"))
        self.changed = not kept

    def months(self) -> tuple[Month, ...]:
        """The months that the draft holds."""
        return tuple(Month(*row) for row in self._con.execute(sql.text("cube/months_held")).fetchall())

    def drop(self, months: Iterable[Month]) -> None:
        """Take the rows of months out."""
        for month in months:
            self._con.execute(sql.text("cube/leaving"), {"records": month.records, "month": month.month})
            self._con.execute(sql.text(f"cube/drop_{month.records}"))
            self.changed = True

    def put(self, months: Sequence[Month], tables: Mapping[str, pa.Table], engine: str) -> None:
        """Put the rows of months in, in place of those that they held."""
        there = {(month.records, month.month) for month in self.months()}
        self.drop(month for month in months if (month.records, month.month) in there)
        for name, table in tables.items():
            self._con.from_arrow(table).insert_into(name)
        self.note(months, engine)

    def fill(self, tables: Mapping[str, Sequence[Path]], known: Mapping[str, object]) -> list[Month]:
        """Take the tables of a cube that was made elsewhere, by the files of each, into an empty draft; its months, not
        noted yet. HallError as of ``contract.fill`` and ``contract.examine``."""
        for name, files in tables.items():
            contract.fill(self._con, name, files)
        contract.examine(self._con, known)
        found = self._con.execute(sql.text("cube/months_filled")).fetchall()
        return [Month(records, month, "", rows) for records, month, rows in found]

    def note(self, months: Iterable[Month], engine: str) -> None:
        """Note from which delivery each month was computed."""
        for month in months:
            self._con.execute(sql.text("cube/add_month"), {**month._asdict(), "engine": engine, "at": _now()})
        self.changed = True

    def close(self) -> None:
        """Let go of the draft; what is left of it is swept away with the lock."""
        self._con.close()

    def publish(self) -> str:
        """Serve the draft from now on; the name of the cube."""
        given = {
            "publisher": self._publisher,
            "cube_version": contract.VERSION,
            "schema_version": schema_version(),
            "calendar": json.dumps(self.calendar),
        }
        self._con.execute(sql.text("cube/set_meta"), {**given, "at": _now()})
        self._con.execute("checkpoint")
        made, counts = repr((self.months(), given, self.previous)).encode(), seal.tables(self._con)
        self._con.close()
        name = self._own.add(self._path, hashlib.sha256(made).hexdigest(), counts)
        self._own.serve(name)
        return name

    def _goes_on(self, path: Path) -> bool:
        found = _meta(path) if self._own.whole(self.previous) else None
        return found is not None and found[0] == schema_version() and _agree(found[1], self.calendar)


@contextmanager
def draft(publisher: str, calendar: Mapping[int, str], *, anew: bool = False) -> Iterator[CubeDraft]:
    """The one writer's draft of a cube; ``calendar`` names the working days of each year that it goes by. HallError
    store_busy, disk_full, store_not_writable."""
    with cubes(publisher).writing():
        work = CubeDraft(publisher, calendar, anew=anew)
        try:
            yield work
        finally:
            work.close()


def cubes(publisher: str) -> Published:
    """The cubes of a publisher as they are published."""
    return Published(root(publisher), "cube-*.duckdb", _KEPT)


def outdated(publisher: str) -> bool:
    """Whether the cube that is served was built by another release."""
    found = _meta(root(publisher) / version(publisher)) if version(publisher) else None
    return found is not None and found[0] != schema_version()


def schema_version() -> str:
    """A hash of what defines a cube: its schema and the rollups, without comments and layout."""
    parts = [sql.bare(sql.text(name)) for name in ("schema/cube", *sql.names("rollups"))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _meta(path: Path) -> tuple[Any, ...] | None:
    """What defines a cube (queries/cube/meta.sql); None where that cannot be read."""
    if not path.is_file():
        return None
    try:
        with schema.connect(path, read_only=True) as con:
            return con.execute(sql.text("cube/meta")).fetchone()
    except duckdb.Error:
        return None


def _elsewhere(path: Path) -> bool:
    """Whether a cube holds months whose records are not here."""
    try:
        with schema.connect(path, read_only=True) as con:
            return any(row[2].startswith(ELSEWHERE) for row in con.execute(sql.text("cube/months_held")).fetchall())
    except duckdb.Error:
        return False


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    # no log of what is written, and one checkpoint at the end: a draft that is not published is thrown away
    more = {"memory_limit": _MEMORY, "temp_directory": f"{path}.tmp", "checkpoint_threshold": "1TB"}
    con = duckdb.connect(config={**schema.CONFIG, **more})
    con.execute(sql.text("cube/attach"), {"path": str(path)})
    con.execute("use draft")
    return con


def _agree(built: str, now: Mapping[int, str]) -> bool:
    # a year that is new changes nothing in what was counted before it
    return all(now.get(int(year)) == days for year, days in json.loads(built).items())


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
