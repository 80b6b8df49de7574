"""Computes the months of a cube whose records have changed, on any engine, and publishes it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from hall import settings
from hall.engines.base import Engine, Records
from hall.engines.duckdb import DuckDBEngine
from hall.measure.calendar import calendar, fingerprints
from hall.model import HallError
from hall.store import cube, cubing, holdings
from hall.store.cubing import Month

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Rolled:
    """What came of it: the cube that serves now, and which months (cases-2025-10) were computed or taken out."""

    version: str
    computed: tuple[str, ...]
    dropped: tuple[str, ...]
    kept: int


def engine(name: str, master: str | None = None) -> Engine:
    """The engine of that name; HallError unknown_engine."""
    if name == "duckdb":
        return DuckDBEngine(settings.store() / "spill", settings.engine_memory())
    if name == "spark":
        from hall.engines.spark import SparkEngine

        return SparkEngine(master or "local[*]", settings.spark_store())
    raise HallError("unknown_engine", engine=name)


def rollup(
    publisher: str, chosen: Engine | None = None, *, every: bool = False, progress: Progress | None = None
) -> Rolled:
    """Compute what is out of date (``every``: all) of the publisher's cube from its records and publish it. HallError
    no_records, engine_failed, rows_uncounted, store_busy, disk_full; the cube that was published serves on then."""
    held = holdings.held(publisher)
    wanted = _months(held)
    if not wanted:
        raise HallError("no_records", publisher=publisher)
    chosen = chosen or engine(settings.engine())
    # the load takes what another clock dates tomorrow
    years = int(min(month.month for month in wanted)[:4]), (settings.today() + timedelta(days=1)).year
    days = calendar(date(years[0], 1, 1), date(years[1], 12, 31))
    with cubing.draft(publisher, fingerprints(days)) as draft:
        there = set(draft.months())
        todo = [month for month in wanted if every or month not in there]
        stand = {(w.records, w.month) for w in wanted}
        gone = [m for m in there if (m.records, m.month) not in stand and not m.delivery.startswith(cubing.ELSEWHERE)]
        draft.drop(gone)
        parts = [
            (chunk, Records(days.to_arrow(), **{chunk[0].records: _files(held, chunk)}))
            for chunk in _chunks(todo, chosen.rows)
        ]
        done = 0
        for chunk in compute(draft, chosen, parts):
            done += len(chunk)
            if progress:
                progress(done, len(todo), chunk[-1].month)
        name = draft.publish() if draft.changed else draft.previous
    cube.close()
    return Rolled(name, tuple(map(_name, todo)), tuple(map(_name, gone)), len(wanted) - len(todo))


def compute(
    draft: cubing.CubeDraft, chosen: Engine, parts: Sequence[tuple[Sequence[Month], Records]]
) -> Iterator[Sequence[Month]]:
    """Put months of records into the draft, those of a part together; each part's months once they are written."""
    for (months, _), tables in zip(parts, _computed(chosen, [records for _, records in parts]), strict=True):
        _complete(months, tables)
        draft.put(months, tables, chosen.name)
        tables.clear()
        yield months


def _computed(chosen: Engine, parts: Sequence[Records]) -> Iterator[dict[str, pa.Table]]:
    """The tables of each part in turn; the next parts are computed side by side while those of one are written."""
    beside = min(chosen.at_once, len(parts))
    if beside < 2:
        yield from (dict(chosen.rollup(part)) for part in parts)
        return
    waiting, begun = iter(parts), deque[Future[dict[str, "pa.Table"]]]()
    with ThreadPoolExecutor(beside) as pool:
        try:
            for part in islice(waiting, beside + 1):
                begun.append(pool.submit(_tables, chosen, part, beside))
            while begun:
                yield begun.popleft().result()
                begun.extend(pool.submit(_tables, chosen, part, beside) for part in islice(waiting, 1))
        finally:
            pool.shutdown(cancel_futures=True)


def _tables(chosen: Engine, part: Records, beside: int) -> dict[str, pa.Table]:
    return dict(chosen.rollup(part, beside))


def _files(held: holdings.Holdings, months: Sequence[Month]) -> list[str]:
    return [str(path) for path in held.sound(months[0].records, [month.month for month in months])]


def _complete(months: Sequence[Month], tables: Mapping[str, pa.Table]) -> None:
    """Every row of the records is counted once; HallError rows_uncounted, as when workers do not see a file."""
    table, measure = ("day", "accepted") if months[0].records == "cases" else ("consulted", "consultations")
    counted = sum(tables[table][measure].to_pylist())
    rows = sum(month.rows for month in months)
    if counted != rows:
        raise HallError("rows_uncounted", first=months[0].month, last=months[-1].month, rows=rows, counted=counted)


def _name(month: Month) -> str:
    return f"{month.records}-{month.month}"


def _months(held: holdings.Holdings) -> list[Month]:
    """The months that the records tell of, as what they were delivered."""
    return [
        Month(table, month, held.delivery(table, month),
              sum(part.rows for part in held.parts if (part.table, part.month) == (table, month)))
        for table, month in sorted({(part.table, part.month) for part in held.parts})
    ]  # fmt: skip


def _chunks(months: Sequence[Month], rows: int | None) -> Iterator[list[Month]]:
    """Months of the same records, together no more rows than the engine takes at once, one month at least."""
    chunk: list[Month] = []
    for month in months:
        full = rows is not None and sum(m.rows for m in chunk) + month.rows > rows
        if chunk and (full or month.records != chunk[0].records):
            yield chunk
            chunk = []
        chunk.append(month)
    if chunk:
        yield chunk
