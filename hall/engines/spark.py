"""Spark: the same rollups on a cluster, for records that one machine has outgrown; also through Spark Connect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from hall import settings, sql
from hall.engines import base, session
from hall.model import HallError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_LOST = re.compile(r"PATH_NOT_FOUND|FILE_NOT_EXIST|FileNotFoundException")
# One partition of a shuffle for so many bytes of Parquet: a small store needs two, a large one hundreds.
_PARTITION = 32 << 20


@cache
def _read_again() -> frozenset[str]:
    """The rollups that others read by their names: they are computed once and kept until the last one is done."""
    return frozenset().union(*(base.sources(name) for name in (*base.FROM_CASES, *base.FROM_CONSULTATIONS)))


class SparkEngine:
    """Rolls up on ``master`` (see ``session.start``). ``store`` is the folder or address (hdfs://…, s3a://…) at which
    the workers see the store, where that is not its path on this machine. ``more`` are settings of Spark beside those
    of spark-defaults.conf. The session begins with the first rollup and ends with ``close``."""

    name = "spark"
    rows: int | None = 10_000_000  # what they roll up to is held here until it is written
    at_once = 1  # the cluster's workers share each part already

    def __init__(self, master: str, store: str = "", more: Mapping[str, str] | None = None) -> None:
        self._master = master
        self._store = store
        self._more = dict(more or {})
        self.session: SparkSession | None = None

    def rollup(self, records: base.Records, beside: int = 1) -> Iterator[tuple[str, pa.Table]]:
        """See ``base.Engine``; HallError spark_files too, when the workers do not see the files."""
        self.session = spark = self.session or session.start(self._master, self._more)
        kept: list[DataFrame] = []
        name = "records"
        try:
            self._views(spark, records)
            for name in records.rollups:
                found = spark.sql(sql.text(f"rollups/{name}"))
                if name in _read_again():
                    kept.append(found.cache())
                    found.createOrReplaceTempView(name)
                if name in base.schemas():
                    yield name, base.cast(name, found.toArrow())
        except session.faults() as fault:
            raise self._told(fault, name) from fault
        finally:
            for frame in kept:
                frame.unpersist()

    def close(self) -> None:
        """End the session and give the workers back."""
        if self.session:
            session.stop(self.session)
            self.session = None

    def _views(self, spark: SparkSession, records: base.Records) -> None:
        size = sum(path.stat().st_size for path in map(Path, [*records.cases, *records.consultations]) if path.exists())
        spark.conf.set("spark.sql.shuffle.partitions", str(2 + size // _PARTITION))
        spark.createDataFrame(records.workdays).createOrReplaceTempView("workdays")
        for table, files in (("cases", records.cases), ("consultations", records.consultations)):
            if files:
                spark.read.parquet(*map(self._there, files)).createOrReplaceTempView(table)

    def _there(self, file: str) -> str:
        """The file as the workers are told of it: with a scheme, so that no other file system can be meant."""
        if "://" in file:
            return file
        path = Path(file).absolute()
        if not self._store:
            return f"file://{path}"
        seen = f"{self._store.rstrip('/')}/{path.relative_to(settings.store().absolute())}"
        return seen if "://" in seen else f"file://{seen}"

    def _told(self, fault: Exception, name: str) -> HallError:
        if _LOST.search(str(fault)):
            return HallError("spark_files", master=self._master, detail=session.first_line(fault))
        return HallError("engine_failed", rollup=name, detail=session.first_line(fault))
