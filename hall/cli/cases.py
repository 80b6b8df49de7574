"""``python -m hall cases``: load deliveries of records, see what stands and what was not taken, roll up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hall import catalog, settings
from hall.cli import reconcile, rollup, shown, spoken
from hall.model import HallError, Lang
from hall.text import join, sentences, t

if TYPE_CHECKING:
    from hall.cases.load import LoadedFile, LoadedRecords
    from hall.store.holdings import Holdings

app = typer.Typer(help=t("cases.about", spoken()), no_args_is_help=True, rich_markup_mode=None)
app.command("rollup", help=t("cli.rollup", spoken()))(rollup.rollup)
app.command("reconcile", help=t("cli.reconcile", spoken()))(reconcile.reconcile)
Publisher = Annotated[str, typer.Option(help=t("cases.publisher", spoken()))]


@app.command(help=t("cases.load", spoken()))
def load(
    paths: Annotated[list[Path], typer.Argument(readable=False)],
    publisher: Publisher = "",
    map_: Annotated[str, typer.Option("--map", help=t("cases.load_map", spoken()))] = "",
) -> None:
    """Load deliveries; exit status 2 when a file was refused."""
    from hall.cases import load as loading

    done = loading.load(paths, publisher, map_, shown if sys.stderr.isatty() else None)
    _report(done, settings.lang())
    if done.refused:
        raise typer.Exit(2)


@app.command(help=t("cases.publish", spoken()))
def publish(folder: Annotated[Path, typer.Argument(readable=False)], publisher: Publisher = "") -> None:
    """Publish a cube that another engine made."""
    from hall.cases import publish as publishing

    done = publishing.publish(folder, publisher)
    words = {"publisher": done.publisher, "version": done.version, "months": done.months, "rows": done.rows}
    print(t("cases.published", settings.lang(), **words))


@app.command(help=t("cases.status", spoken()))
def status() -> None:
    """Print which months stand, from which deliveries, and what earlier ones said."""
    from hall.store import holdings

    lang = settings.lang()
    found = [holdings.held(one) for one in holdings.publishers()]
    print("\n".join(line for held in found for line in _standing(held, lang)) or t("cases.nothing", lang))


@app.command(help=t("cases.rejects", spoken()))
def rejects(
    publisher: Publisher = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help=t("cases.rejects_output", spoken()))] = None,
) -> None:
    """Write the rows that were not taken of what stands, as CSV."""
    from hall.cases import rejects as rejected
    from hall.export.csv import csv_bytes

    lang = settings.lang()
    frame = rejected.frame(publisher, lang)
    content = csv_bytes(frame, lang)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as fault:
        raise HallError("not_writable", file=output, detail=fault.strerror or str(fault)) from fault
    print(t("cli.extract_written", lang, rows=frame.height, file=output))


@app.command(help=t("cases.undo", spoken()))
def undo(publisher: Publisher = "") -> None:
    """Let stand again what stood before the last load."""
    from hall.store import holdings

    lang, owner = settings.lang(), catalog.publisher(publisher).id
    name = holdings.back(owner)
    print(t("cases.undone", lang, version=name) if name else t("cases.no_undo", lang))


def _report(done: LoadedRecords, lang: Lang) -> None:
    for file in done.files:
        out = sys.stderr if file.fault else sys.stdout
        print("\n".join(_file(file, lang)), file=out)
    for month in done.months:
        key = "cases.month_new" if month.before is None else "cases.month_replaced"
        table = catalog.tables()[month.table].label(lang)
        print(t(key, lang, table=table, month=month.month, rows=month.rows, before=month.before))
    loaded = [file for file in done.files if file.outcome == "loaded"]
    counts = {name: sum(getattr(file, name) for file in loaded) for name in ("rows", "kept", "rejected")}
    refused = sum(file.outcome == "refused" for file in done.files)
    unchanged = sum(file.outcome == "unchanged" for file in done.files)
    print(t("cases.total", lang, files=len(loaded), unchanged=unchanged, refused=refused, **counts))


def _file(file: LoadedFile, lang: Lang) -> list[str]:
    if file.outcome == "unchanged":
        return [t("cases.file_unchanged", lang, name=file.name)]
    lines = [sentences.fault(file.fault, lang)] if file.fault else [_counted(file, lang)]
    for reason in file.reasons:
        column = catalog.tables()[file.table].label_of(reason.column, lang)
        words = {"reason": t(f"cases.reason_{reason.code}", lang), "column": column, "value": reason.value or ""}
        lines.append(t("cases.file_reason", lang, rows=reason.rows, row=reason.row, **words))
    for key, names in (("unknown", file.unknown), ("unread", file.unread)):
        if names:
            lines.append(t(f"cases.file_{key}", lang, names=join(names, lang)))
    return lines


def _counted(file: LoadedFile, lang: Lang) -> str:
    table = catalog.tables()[file.table].label(lang)
    counts = {"rows": file.rows, "kept": file.kept, "rejected": file.rejected}
    return t("cases.file_loaded", lang, name=file.name, table=table, map=file.map, **counts)


def _standing(held: Holdings, lang: Lang) -> list[str]:
    lines = [t("cases.status_head", lang, publisher=held.publisher, parts=len(held.parts))]
    for part in held.parts:
        earlier = sum((one.table, one.month) == (part.table, part.month) for one in held.vintages)
        words = {"table": catalog.tables()[part.table].label(lang), "month": part.month, "at": part.loaded_at[:16]}
        lines.append(t("cases.status_month", lang, rows=part.rows, earlier=earlier, **words))
    for one in held.deliveries:
        counts = {"rows": one.rows, "kept": one.kept, "rejected": one.rejected}
        lines.append(t("cases.status_file", lang, name=one.name, at=one.loaded_at[:16], map=one.map, **counts))
    return lines
