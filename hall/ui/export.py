"""GET /export/cases?…: all rows of a number as CSV, streamed: memory stays flat however many they are.

An address is a view, never a right: numbers of cases are masked unless this reader sees them whole, whatever is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from hall import catalog
from hall.model import HallError, Lang, Period, Selection
from hall.text import t
from hall.ui.access import sees_ids
from hall.ui.notices import sentence


class Rows(NamedTuple):
    """The name of the file and its lines."""

    file: str
    pieces: Iterator[bytes | memoryview]


async def cases(request: Request) -> Response:
    """The file; 404 with a sentence where there is nothing to give."""
    given = parse_qs(request.url.query)
    try:
        file, pieces = await run_in_threadpool(rows_of, given)
    except HallError as fault:
        return PlainTextResponse(sentence(fault, selection(given).lang), status_code=404)
    headers = {"content-disposition": f"attachment; filename=\"cases.csv\"; filename*=UTF-8''{quote(file)}",
               "cache-control": "no-store"}  # fmt: skip
    return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)


def rows_of(given: Mapping[str, Sequence[str]]) -> Rows:
    """The rows that the parameters of an address ask for; HallError no_cases where they are not on this machine."""
    from hall.export.cases import csv_pieces
    from hall.views.cases import page as view
    from hall.views.data import context

    chosen = selection(given)
    found = view.question(given, context.load(chosen))
    drill = found.drill if found else None
    if found is None or drill is None or not drill.here:
        raise HallError("no_cases")
    pieces = csv_pieces([drill], chosen.lang, whole=sees_ids(), demo=catalog.is_demo(found.publisher))
    return Rows(f"{view.file_name(found)}.csv", (text for _, text in pieces))


def selection(given: Mapping[str, Sequence[str]]) -> Selection:
    """The filters of an address, by ids or names; what is none is left out of account."""
    lang: Lang = "en" if _one(given, "lang") in ("en", t("language.name", "en")) else "zh"
    bodies = {n: d.id for d in catalog.departments().values() for n in (d.id, d.zh, d.en, *d.names)}
    first, last = (_month(_one(given, key)) for key in ("from", "to"))
    if first and last and first > last:
        first, last = last, first
    chosen = tuple(bodies[d] for d in given.get("department", ()) if d in bodies)
    return Selection(first, last, chosen, catalog.publisher_id(_one(given, "data")), lang)


def _one(given: Mapping[str, Sequence[str]], key: str) -> str:
    return next(iter(given.get(key, ())), "")


def _month(key: str) -> str | None:
    try:
        return key if Period.parse(key).freq == "M" else None
    except ValueError:
        return None
