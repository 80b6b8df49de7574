"""The table twins, files and numbers of a page, from the views that it loaded rather than from what it sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from scripts.sent import parts


def twins(views: Iterable[Any]) -> Iterator[str]:
    """What the loaded views hold of each card, told by its attributes alone: head, table, frame of its file, number."""
    seen: set[int] = set()
    todo = list(views)
    while todo:
        one = todo.pop()
        if id(one) in seen or one is None or isinstance(one, str | bytes | int | float | pl.DataFrame):
            continue
        seen.add(id(one))
        yield from _twin(one)
        if isinstance(one, dict):
            todo += one.values()
        elif isinstance(one, list | tuple | set | frozenset):
            todo += one
        elif hasattr(one, "__dataclass_fields__"):
            todo += [getattr(one, name) for name in one.__dataclass_fields__]


def _twin(one: Any) -> Iterator[str]:
    if hasattr(one, "headline") and hasattr(one, "source"):
        name = parts.line(one.headline)
        beneath = parts.line(getattr(one, "subtitle", ""))
        yield f"card {name} / {beneath} / {parts.line(one.source)} / {getattr(one, 'file', '')}"
        held = getattr(one, "table", None)
        held = held() if callable(held) else held
        if held is not None and hasattr(held, "columns") and hasattr(held, "rows"):
            yield from (f"row {name}: {row}" for row in parts.table(held.columns, held.rows))
        frame = getattr(one, "frame", None)
        frame = frame() if callable(frame) else frame
        if isinstance(frame, pl.DataFrame):
            body = hashlib.sha256(repr(frame.drop("loaded_at", strict=False).rows()).encode()).hexdigest()[:16]
            yield f"frame {name}: {frame.height} rows, {' '.join(frame.columns)}, {body}"
    elif hasattr(one, "number") and hasattr(one, "label") and hasattr(one, "slots"):
        lines = " ".join(parts.line(f"{x.change} {x.percent} {x.other}") for x in getattr(one, "lines", ()))
        said = parts.line(f"{one.label} {one.number} {getattr(one, 'beside', '')} {getattr(one, 'note', '')}")
        yield f"kpi {said} / {lines} / {parts.said(list(one.slots))}"
