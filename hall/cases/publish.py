"""Publishes a cube that any engine made: its declared tables as Parquet, examined whole before anybody is served."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hall import catalog, settings
from hall.engines import base
from hall.measure.calendar import calendar, fingerprints
from hall.model import HallError
from hall.store import contract, cube, cubing, folders, holdings
from hall.store.cubing import Month

_ENGINE = "elsewhere"


@dataclass(frozen=True, slots=True)
class PublishedCube:
    """What was published: the cube that serves now, for whom, how many months it holds and how many rows of records
    they count."""

    version: str
    publisher: str
    months: int
    rows: int


def publish(folder: Path, publisher: str = "") -> PublishedCube:
    """Publish the tables in a folder (``day.parquet`` or ``day/…``) as the cube of a publisher, in place of the one it
    had. HallError not_found, no_folder, leads_out, unknown_records, contract_…, store_busy, disk_full; what serves then
    serves on."""
    owner = catalog.publisher(publisher).id
    tables = _tables(folder)
    contract.version(tables.pop(contract.META))
    newest = settings.today() + timedelta(days=1)  # another clock dates tomorrow
    with cubing.draft(owner, {}, anew=True) as draft:
        months = draft.fill(tables, _known() | {"newest": newest})
        if not months:
            raise HallError("contract_empty", folder=folder)
        first = min(month.month for month in months)
        draft.calendar = fingerprints(calendar(date(int(first[:4]), 1, 1), date(newest.year, 12, 31)))
        draft.note(_delivered(owner, months), _ENGINE)
        name = draft.publish()
    cube.close()
    return PublishedCube(name, owner, len(months), sum(month.rows for month in months))


def _tables(folder: Path) -> dict[str, list[Path]]:
    """The files of each table, in the order in which they are declared."""
    if not folder.exists():
        raise HallError("not_found", file=folder)
    if not folder.is_dir():
        raise HallError("no_folder", file=folder)
    try:
        files, outside = folders.walk(folder)
    except OSError as fault:
        raise HallError("no_permission", file=fault.filename or folder) from fault
    if outside:
        raise HallError("leads_out", file=outside[0], folder=folder)
    found: dict[str, list[Path]] = {}
    for file in files:
        head, *below = file.relative_to(folder).parts
        # marks of success and checksums, as engines leave them
        if any(part.startswith(("_", ".")) for part in (head, *below)) or not (below or file.suffix == ".parquet"):
            continue
        found.setdefault(head if below else file.stem, []).append(file)
    cases = [name for name in base.FROM_CASES if name in base.schemas()]
    wanted = [contract.META, *(cases if found.keys() & set(cases) else ()), *base.FROM_CONSULTATIONS]
    missing = [name for name in wanted if name not in found and name not in base.FROM_CONSULTATIONS]
    if not found.keys() & {*cases, *base.FROM_CONSULTATIONS}:
        missing += cases
    if more := sorted(found.keys() - {contract.META, *cases, *base.FROM_CONSULTATIONS}):
        raise HallError("contract_unknown", folder=folder, tables=" ".join(more))
    if missing:
        raise HallError("contract_missing", folder=folder, tables=" ".join(missing))
    return {name: found[name] for name in wanted if name in found}


def _known() -> dict[str, object]:
    """The words that a cube may name."""
    asked = catalog.tables()["consultations"]
    codes = {f"{name}s": [code.id for code in asked.column(name).codes] for name in ("kind", "place")}
    return {"departments": list(catalog.departments()), "channels": list(catalog.channels()),
            "cities": list(catalog.cities()), **codes}  # fmt: skip


def _delivered(owner: str, months: Sequence[Month]) -> list[Month]:
    """The months as what they were delivered. Where their records are here, the cube counts those: HallError
    contract_records."""
    held = holdings.held(owner)
    counted = {(month.records, month.month): month.rows for month in months}
    kept = {(part.table, part.month): part.rows for part in held.parts}
    here = {table for table, _ in kept}
    for records, month in sorted({place for place in counted | kept if place[0] in here}):
        rows, found = kept.get((records, month), 0), counted.get((records, month), 0)
        if rows != found:
            raise HallError("contract_records", records=records, month=month, rows=rows, counted=found)
    made = hashlib.sha256(repr(sorted(counted.items())).encode()).hexdigest()[:12]
    return [month._replace(delivery=held.delivery(month.records, month.month) or f"{cubing.ELSEWHERE}{made}")
            for month in months]  # fmt: skip
