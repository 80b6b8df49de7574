"""Cases and their counts as files: what leaves, masked and disarmed, whole months of it, small counts left out."""

from __future__ import annotations

import asyncio
import csv
import gc
import io
import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import case_records
import duckdb
import openpyxl
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Message

from hall import sql
from hall.__main__ import main
from hall.export import cases as files
from hall.export.csv import csv_bytes, safe
from hall.export.released import released
from hall.measure.calendar import calendar
from hall.measure.suppress import Counts
from hall.model import HallError
from hall.store import rows as rows_of_cases
from hall.store.rows import Drill, Wanted
from hall.ui import export
from hall.ui.server import ROUTES

ALL = case_records.KEPT
DAYS = calendar(date(2025, 1, 1), date(2026, 12, 31))
SCOPE = {"type": "http", "method": "GET", "path": "/export/cases", "headers": [], "server": ("127.0.0.1", 80)}


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["hall", *map(str, words)])
    return main()


def asked(query: str) -> tuple[int, str, bytes]:
    """Status, name of the file and body that the route gives."""

    async def answer() -> tuple[int, str, bytes]:
        found = await export.cases(Request(SCOPE | {"query_string": query.encode()}))
        name = re.search(r"''(.+)", found.headers.get("content-disposition", ""))
        if isinstance(found, StreamingResponse):
            body = b"".join([bytes(piece) async for piece in found.body_iterator])
        else:
            body = bytes(found.body)
        return found.status_code, unquote(name[1]) if name else "", body

    # in a thread of its own: a browser test in the same process leaves a loop running in this one
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, answer()).result()


ODD = (
    *("=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u3000＝1", "\x1c-x", "=", "-", "+86 28 1234", "-5"),
    *("+3.2", "-1,234.5", "-5%", "-.5", "\x1f-１２", "000123", "510123199001011234", '"x"', "a,b", "two\r\nlines", ","),
    *("\n", "", " ", "办件，一", "a=b", "12345热线", "'quoted'", "é", "\U00020000字", "ꀀ", "{", "[=", ":=", "a\x00b"),
)  # fmt: skip


def plainly(frame: pl.DataFrame) -> bytes:
    """The file as Python's own writer makes it, cell by cell."""

    def words(value: object) -> str:
        if isinstance(value, datetime):
            return str(value if value.time() != time() else value.date())
        if isinstance(value, bool):
            return str(value).lower()
        return "" if value is None else safe(str(value)) if isinstance(value, str) else str(value)

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(files.columns("zh").values())
    writer.writerows([words(value) for value in row] for row in files.dressed(frame, "zh").iter_rows())
    return out.getvalue().encode("utf-8-sig")


@pytest.fixture(scope="module")
def cells() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(sql.text("records/cells"))
        yield con


@given(
    texts=st.lists(
        st.text(max_size=8) | st.from_regex(r"\s?[=+\-@＝＋－＠]?[0-9,.%]{0,6}", fullmatch=True), max_size=20
    )
)
@example(texts=list(ODD))
def test_a_cell_is_disarmed_and_quoted_as_python_does(cells: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    out = io.StringIO()
    # a second cell: the writer quotes a line of one empty cell
    csv.writer(out, lineterminator="\r\n").writerows([safe(text), ""] for text in texts)
    cells.from_arrow(pa.table({"text": pa.array(texts, pa.string())})).create_view("texts")
    found = [row[0] for row in cells.execute("select cell(text) from texts").fetchall()]
    assert "".join(f"{text},\r\n" for text in found) == out.getvalue()


def test_the_file_is_what_python_would_write(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_of_cases, "_PIECE", 100)
    monkeypatch.setattr(rows_of_cases, "_BATCH", 7)
    dice = random.Random(3)
    odd = ALL.with_columns(
        pl.Series("case_id", [f"{dice.choice(ODD)}{n}" if n % 2 else f"{n:018}" for n in range(ALL.height)]),
        *(pl.Series(name, [dice.choice((*ODD, "mail", "chengdu", None)) for _ in range(ALL.height)])
          for name in ("item_name", "city", "delivery", "applicant_type", "issued_at_place")),
        pl.Series("item_code", [dice.choice(ODD) for _ in range(ALL.height)]),
    )  # fmt: skip
    case_records.keep("sichuan", odd)
    for measure in ("accepted", "completed", "open"):
        drill = Drill("sichuan", Wanted(measure, date(2025, 8, 1), date(2025, 11, 30)), DAYS)
        for whole in (True, False):
            frame = pl.concat(drill.pieces(whole=whole))
            made = list(files.csv_pieces([drill], "zh", whole=whole))
            assert b"".join(text for _, text in made) == plainly(frame), measure
            assert sum(n for n, _ in made) == frame.height > 0


def test_a_reader_who_goes_away_ends_the_work(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_of_cases, "_BATCH", 5)
    ended: list[bool] = []
    own = Drill.lines

    def noted(*given: Any, **more: Any) -> Iterator[tuple[int, memoryview]]:
        try:
            yield from own(*given, **more)
        finally:
            ended.append(True)

    monkeypatch.setattr(Drill, "lines", noted)

    async def gone() -> int:
        found = await export.cases(Request(SCOPE | {"query_string": b"data=sichuan&from=2025-09&to=2025-11"}))
        sent: list[Message] = []
        away = asyncio.Event()

        async def receive() -> Message:
            await away.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)
            if len(sent) == 4:
                away.set()
            await asyncio.sleep(0.01)

        await found(SCOPE | {"asgi": {"spec_version": "2.3"}}, receive, send)
        return len(sent)

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, gone()).result() < 10
    gc.collect()
    assert ended == [True]


def test_the_extract_holds_the_months_by_acceptance(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "c.csv"
    words = ("extract", "cases", "--month", "2025-10", "--department", "health", "-o", out)
    assert run(monkeypatch, *words) == 0
    wanted = ALL.filter(
        pl.col("accepted_at").is_between(date(2025, 10, 1), date(2025, 11, 1), closed="left"),
        department="health",
    )
    found = rows(out.read_bytes())
    assert len(found) == wanted.height > 0
    assert f"{wanted.height} 行" in capsys.readouterr().out
    assert {row["部门"] for row in found} == {"省卫生健康委员会"} or {row["部门代码"] for row in found} == {"health"}
    assert all("•" in row["办件编号"] for row in found)
    # a moment at midnight sharp is a day
    assert {len(row["受理时间"]) for row in found} == {10, 19}
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("form", files.FORMATS)
def test_every_format_holds_the_same_cases(
    form: str, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / f"c.{form}"
    monkeypatch.setenv("HALL_CASE_IDS", "shown")
    assert run(monkeypatch, "extract", "cases", "--format", form, "--lang", "en", "-o", out) == 0
    header = list(files.columns("en").values())
    if form == "parquet":
        found = pl.read_parquet(out)
        assert found.columns == list(files.columns("en"))
        ids, names = found["case_id"].to_list(), set(found["item_name"])
        assert "=HYPERLINK(1)" in names
    elif form == "xlsx":
        sheet = openpyxl.load_workbook(out).active
        first, *rest = [list(row) for row in sheet.iter_rows(values_only=True)]
        assert first == header
        ids, names = [row[0] for row in rest], {row[2] for row in rest}
        assert "'=HYPERLINK(1)" in names and "=HYPERLINK(1)" not in names
    else:
        found_rows = rows(out.read_bytes())
        assert list(found_rows[0]) == header
        ids, names = [row["Case number"] for row in found_rows], {row["Item"] for row in found_rows}
        assert "'=HYPERLINK(1)" in names and "=HYPERLINK(1)" not in names
    assert ids == ALL["case_id"].to_list()


def test_a_sheet_that_would_not_hold_them_is_refused(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(files, "_SHEET", 100)
    assert run(monkeypatch, "extract", "cases", "--format", "xlsx", "-o", tmp_path / "c.xlsx") == 2
    assert "99" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("cases", "--month", "2019-01"), "办件"), (("cases", "--month", "May"), "May"),
        (("counts", "--month", "May"), "May"),
        (("cases", "--department", "nobody"), "nobody"), (("cases", "--format", "parquet"), "-o"),
        (("cases", "--format", "package"), "package"), (("counts", "--publisher", "nobody"), "nobody"),
        (("cases", "-o", "/nonexistent/c.csv"), "/nonexistent/c.csv"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_sentence(
    words: tuple[str, ...], told: str, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "extract", *words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_counts_are_left_out_by_setting(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, public = tmp_path / "whole.csv", tmp_path / "public.csv"
    assert run(monkeypatch, "extract", "counts", "--month", "2025-10", "-o", whole) == 0
    monkeypatch.setenv("HALL_SUPPRESS_BELOW", "4")
    assert run(monkeypatch, "extract", "counts", "--month", "2025-10", "-o", public) == 0
    before, after = rows(whole.read_bytes()), rows(public.read_bytes())
    assert len(before) == len(after) > 0
    assert {row["期间"][:7] for row in before} == {"2025-10"}
    name = next(column for column in after[0] if column.startswith("受理"))
    assert name == "受理件数（小于 4 的计数未显示）"
    counts = [int(row[name]) for row in after if row[name]]
    assert counts and not [n for n in counts if 1 <= n < 4]
    assert [row[name] or "small" for row in after] == [
        "small" if 1 <= int(row["受理件数"]) < 4 else row["受理件数"] for row in before
    ]  # fmt: skip
    assert sum(int(row["受理件数"]) for row in before) == 400


def test_parquet_says_what_was_left_out(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_SUPPRESS_BELOW", "4")
    out = tmp_path / "n.parquet"
    assert run(monkeypatch, "extract", "counts", "--format", "parquet", "-o", out) == 0
    assert pl.read_parquet_metadata(out)["accepted"] == "（小于 4 的计数未显示）"
    assert not pl.read_parquet(out)["accepted"].is_between(1, 3).any()


def test_a_file_without_counts_leaves_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_SUPPRESS_BELOW", "5")
    frame = pl.DataFrame({"n": [3]})
    assert released(frame, Counts(()), "zh")[0].equals(frame)
    kept, notes = released(frame, Counts(("n",)), "en")
    assert kept["n"].to_list() == [None]
    assert csv_bytes(kept, "en", notes).decode("utf-8-sig").splitlines() == ["n (counts below 5 not shown)", '""']
    monkeypatch.setenv("HALL_SUPPRESS_BELOW", "0")
    assert released(frame, Counts(("n",)), "en") == (frame, {})


def test_the_route_gives_the_rows_of_the_address(kept: Path) -> None:
    assert "/export/cases" in {route.path for route in ROUTES}
    status, name, body = asked("data=sichuan&measure=accepted&from=2025-10&to=2025-10&channel=online&channel=mail")
    wanted = ALL.filter(
        pl.col("accepted_at").is_between(date(2025, 10, 1), date(2025, 11, 1), closed="left"),
        pl.col("channel").is_in(["online", "mail"]),
    )
    assert (status, name, len(rows(body))) == (200, "办件_2025年10月_受理.csv", wanted.height)
    assert all("•" in row["办件编号"] for row in rows(body))


def test_an_address_gives_no_right(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, body = asked("data=sichuan&whole=true&ids=shown&HALL_CASE_IDS=shown&from=2025-10&to=2025-10")
    assert all("•" in row["办件编号"] for row in rows(body))
    monkeypatch.setenv("HALL_CASE_IDS", "shown")
    _, _, body = asked("data=sichuan&from=2025-10&to=2025-10")
    assert not any("•" in row["办件编号"] for row in rows(body))


@pytest.mark.parametrize(
    "query", ["data=demo", "data=sichuan&from=2019-01&to=2019-02", "data=nonsense&lang=en&from=2019-01&to=2019-01"]
)
def test_nothing_to_give_is_a_sentence(query: str, kept: Path) -> None:
    status, _, body = asked(query)
    assert status == 404 and len(body.decode().splitlines()) == 1


def test_nonsense_in_the_address_does_no_harm(kept: Path) -> None:
    odd = "measure=x&channel=%27&item=x%27%3B--&day=2025-13-01&week=x&from=2025-11&to=2025-10"
    status, _, body = asked(f"data=sichuan&{odd}")
    assert status == 200 and rows(body) == []


def test_half_a_file_is_never_left(kept: Path, tmp_path: Path) -> None:
    def torn() -> Iterator[Drill]:
        yield Drill("sichuan", Wanted("accepted", date(2025, 9, 1), date(2025, 9, 30)), DAYS)
        raise HallError("no_cases")

    with pytest.raises(HallError):
        files.write(tmp_path / "c.csv", "csv", torn(), "zh", whole=False)
    assert not list(tmp_path.iterdir())


def test_generated_cases_say_so_in_every_row(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_STORE", str(tmp_path))
    case_records.keep("demo", ALL)
    _, name, body = asked("data=demo&from=2025-10&to=2025-10")
    assert name.startswith("演示数据_") and {row["演示数据"] for row in rows(body)} == {"true"}
    for table in ("cases", "counts"):
        out = tmp_path / f"{table}.csv"
        assert run(monkeypatch, "extract", table, "--month", "2025-10", "-o", out) == 0
        assert {row["演示数据"] for row in rows(out.read_bytes())} == {"true"}
    monkeypatch.setenv("HALL_STORE", str(kept))
    assert "演示数据" not in rows(asked("data=sichuan&from=2025-10&to=2025-10")[2])[0]
