"""All cases as CSV (``make bench-export``): GET /export/cases against DuckDB's own COPY of the same rows and columns,
in the order of the file and in the order of the records, on two threads and in the same memory."""

from __future__ import annotations

import argparse
import http.client
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import duckdb
import polars as pl

from bench import house, scale
from hall import catalog, settings
from hall.export.cases import columns
from scripts import serving

_PIECE = 1 << 20
# Stand for what Hall computes with its calendar, so that the files hold the same columns.
_COMPUTED = {
    "workdays": "date_diff('day', accepted_at, completed_at)",
    "on_time": "date_diff('day', accepted_at, completed_at) <= promised_workdays",
    "demo": "true",
}
# Seconds after which no further round is begun.
_ENOUGH = 420.0


@dataclass
class Got:
    """One file: seconds to its first byte, its first row and its end, and how large it is."""

    first_byte: float
    first_row: float
    seconds: float
    rows: int
    size: int
    above_idle: float = 0.0


def prepare(store: Path, cases: int) -> None:
    """A store with so many cases, loaded and rolled up."""
    files = scale.counted(cases)
    os.environ["HALL_STORE"] = str(store)
    from hall.cases.rollup import rollup
    from hall.store import holdings

    with holdings.changing("demo") as draft:
        for path, rows in files:
            staged = draft.stage / path.name
            os.link(path, staged)
            draft.put("cases", path.stem.removeprefix("cases-"), staged, rows, {})
    rollup("demo")


def fetch(server: house.Server, months: Sequence[str]) -> Got:
    """Ask the real route for all accepted cases of these months, and read them without keeping them."""
    given = {"data": "demo", "lang": "zh", "measure": "accepted", "from": months[0], "to": months[-1]}
    wire = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=400)
    server.forget_peak()
    idle = server.memory()
    begun = time.perf_counter()
    wire.request("GET", f"/export/cases?{urlencode(given)}")
    answer = wire.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {answer.read(300).decode(errors='replace')}")
    piece = answer.read1(_PIECE)
    got = Got(time.perf_counter() - begun, 0.0, 0.0, -1, 0)  # the header is no row
    while piece:
        got.size += len(piece)
        got.rows += piece.count(b"\n")
        if got.rows > 0 and not got.first_row:
            got.first_row = time.perf_counter() - begun
        piece = answer.read1(_PIECE)
    got.seconds = time.perf_counter() - begun
    got.above_idle = server.memory("VmHWM") - idle
    wire.close()
    return got


def names() -> dict[str, dict[str, str]]:
    """What each code of a coded column means."""
    found: dict[str, dict[str, str]] = {}
    for column in catalog.tables()["cases"].columns:
        if column.type == "department":
            found[column.id] = {d.id: d.label("zh") for d in catalog.departments().values()}
        elif column.type == "city":
            found[column.id] = {c.id: c.label("zh") for c in catalog.cities().values()}
        elif column.type == "code":
            found[column.id] = {code.id: code.label("zh") for code in column.codes}
    return found


def copied(cases: int, order: str, folder: Path) -> tuple[float, int]:
    """DuckDB's COPY of the files, ``sorted`` as the file's rows are or ``kept`` as they lie; seconds and bytes."""
    con = duckdb.connect(config={"threads": scale.CORES, "memory_limit": f"{settings.engine_memory()}MB",
                                 "temp_directory": str(folder / "spill")})  # fmt: skip
    con.execute("set enable_progress_bar = false")
    con.read_parquet([str(path) for path in scale.files(cases)]).create_view("cases")
    joins, picked = "", []
    labels = columns("zh", demo=True)
    for column, words in names().items():
        if f"{column}_name" in labels:
            con.register(f"{column}_names", pl.DataFrame({"id": list(words), "name": list(words.values())}).to_arrow())
            joins += f" left join {column}_names on {column}_names.id = cases.{column}"
    for name, label in labels.items():
        coded = name.endswith("_name") and name.removesuffix("_name") in labels
        source = f"{name}s.name" if coded else _COMPUTED.get(name, f"cases.{name}")
        picked.append(f'{source} as "{label}"')
    out = folder / f"copied-{order}.csv"
    sort = "order by cases.accepted_at, cases.case_id" if order == "sorted" else ""
    begun = time.perf_counter()
    con.execute(f"copy (select {', '.join(picked)} from cases{joins} {sort}) to '{out}' (format csv, header)")
    seconds = time.perf_counter() - begun
    con.close()
    size = out.stat().st_size
    out.unlink()
    return seconds, size


def yardstick(cases: int, order: str) -> tuple[float, int]:
    """The same in a process of its own."""
    return scale.alone("bench.export", "--copy", order, "--rows", str(cases))


def measured(cases: int, rounds: int, port: int, until: float) -> list[list[str]]:
    """The lines of the table for so many cases."""
    store = scale.FOLDER / f"export-{cases}"
    house.made(store, lambda: prepare(store, cases))
    env = serving.environment(store, HALL_TODAY=serving.DEMO_TODAY, HALL_DATA="demo")
    months = [path.stem.removeprefix("cases-") for path in scale.files(cases)]
    total = sum(rows for _, rows in scale.counted(cases))
    found: list[Got] = []
    copies: dict[str, list[tuple[float, int]]] = {"sorted": [], "kept": []}
    with house.serve("Hall", env, port, house.streamlit(port, 1)) as server:
        fetch(server, months[:1])  # what is imported on first use is no memory of an export
        for _ in range(rounds):
            if found and time.monotonic() > until:
                print(f"{cases:,} cases: {len(found)} rounds, the time is over", file=sys.stderr)
                break
            for order, taken in copies.items():
                taken.append(yardstick(cases, order))
            found.append(fetch(server, months))
    assert all(got.rows == total for got in found), f"{[got.rows for got in found]} rows, not {total}"
    own = median(got.seconds for got in found)
    lines = [[f"{total:,}", "GET /export/cases", f"{own:.2f}", "1", f"{found[0].size / 1e6:.0f}",
              f"{total / own / 1000:.0f}", f"{median(g.first_byte for g in found):.3f}",
              f"{median(g.first_row for g in found):.3f}", f"{max(g.above_idle for g in found):.0f}"]]  # fmt: skip
    for order, words in (("sorted", "COPY, rows sorted as in the file"), ("kept", "COPY, rows as they lie")):
        seconds = median(taken for taken, _ in copies[order])
        size = copies[order][0][1]
        lines.append([f"{total:,}", words, f"{seconds:.2f}", f"{seconds / own:.2f}", f"{size}",
                      f"{total / seconds / 1000:.0f}", "–", "–", "–"])  # fmt: skip
    return lines


def main() -> None:
    """Print the table, or run one COPY where the bench itself asks for it."""
    words = argparse.ArgumentParser(prog="make bench-export", description=__doc__)
    words.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--port", type=int, default=8731)
    words.add_argument("--copy", choices=["sorted", "kept"], help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.copy:
        folder = scale.FOLDER / "copied"
        folder.mkdir(parents=True, exist_ok=True)
        seconds, size = copied(asked.rows[0], asked.copy, folder)
        print(seconds, round(size / 1e6))
        return
    until = time.monotonic() + _ENOUGH
    house.heading(f"All cases as CSV, {len(columns('zh', demo=True))} columns, {scale.CORES} threads, DuckDB within "
                  f"{settings.engine_memory()} MB.", "duckdb", "polars", "pyarrow", "streamlit")  # fmt: skip
    lines = [line for cases in asked.rows for line in measured(cases, asked.rounds, asked.port, until)]
    with suppress(OSError):
        (scale.FOLDER / "copied").rmdir()
    house.table(("rows", "what", "s", "× as long for Hall: its share of the speed", "MB of file", "10³ rows/s",
                 "first byte, s", "first row, s", "MB above idle"), lines)  # fmt: skip


if __name__ == "__main__":
    main()
