"""The default engine: DuckDB in this process, some months of records at a time, so that it never holds them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from hall import sql
from hall.engines import base
from hall.model import HallError


class DuckDBEngine:
    """Rolls up Parquet files on this machine. ``spill`` is a folder for what does not fit in its
    ``megabytes`` of memory; ``threads`` as many as there are cores where None."""

    name = "duckdb"
    rows: int | None = 3_000_000

    def __init__(self, spill: Path | None = None, megabytes: int = 600, threads: int | None = None) -> None:
        self._config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{megabytes}MB",
            "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if threads:
            self._config["threads"] = threads
        if spill:
            self._config["temp_directory"] = str(spill)

    def rollup(self, records: base.Records) -> Iterator[tuple[str, pa.Table]]:
        """See ``base.Engine``."""
        con = duckdb.connect(config=self._config)
        try:
            con.register("workdays", records.workdays)
            for name, files in (("cases", records.cases), ("consultations", records.consultations)):
                if files:
                    con.read_parquet(list(files)).create_view(name)
            for name in records.rollups:
                found = con.sql(sql.text(f"rollups/{name}"))
                found.create(name)
                if name in base.schemas():
                    yield name, base.cast(name, con.table(name).to_arrow_table())
        except duckdb.Error as fault:
            raise HallError("engine_failed", rollup="duckdb", detail=str(fault).splitlines()[0]) from fault
        finally:
            con.close()

    def close(self) -> None:
        """Nothing is held."""
