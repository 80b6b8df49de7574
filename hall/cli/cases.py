"""``python -m hall cases``: load deliveries of records, see what stands and what was not taken, roll up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hall import catalog, settings
from hall.cli import loading, reconcile, rollup, spoken
from hall.model import HallError, Lang
from hall.text import t

if TYPE_CHECKING:
    from hall.store.holdings import Holdings

app = typer.Typer(help=t("cases.about", spoken()), no_args_is_help=True, rich_markup_mode=None)
app.command("load", help=t("cases.load", spoken()))(loading.load)
app.command("rollup", help=t("cli.rollup", spoken()))(rollup.rollup)
app.command("reconcile", help=t("cli.reconcile", spoken()))(reconcile.reconcile)
Publisher = Annotated[str, typer.Option(help=t("cases.publisher", spoken()))]


@app.command(help=t("cases.publish", spoken()))
def publish(folder: Annotated[Path, typer.Argument(readable=False)], publisher: Publisher = "") -> None:
    """Publish a cube that another engine made."""
    from hall.cases import publish as publishing

    done = publishing.publish(folder, publisher)
    words = {"publisher": done.publisher, "version": done.version, "months": done.months, "rows": done.rows}
    print(t("cases.published", settings.lang(), **words))


@app.command(help=t("cases.status", spoken()))
def status() -> None:
    """Print which months stand, from which deliveries, what earlier ones said, and which deliveries wait."""
    from hall.store import held, holdings
    from hall.views.data.held import sentence

    lang = settings.lang()
    found = [holdings.held(one) for one in holdings.publishers()]
    lines = [line for one in found for line in _standing(one, lang)]
    lines += [t("cases.status_held", lang, sentence=sentence(one, lang)) for one in held.every()]
    print("\n".join(lines) or t("cases.nothing", lang))


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


def _standing(held: Holdings, lang: Lang) -> list[str]:
    lines = [t("cases.status_head", lang, publisher=held.publisher, parts=len(held.parts))]
    for part in held.parts:
        earlier = sum((one.table, one.month) == (part.table, part.month) for one in held.vintages)
        words = {"table": catalog.tables()[part.table].label(lang), "month": part.month, "at": part.loaded_at[:16]}
        lines.append(t("cases.status_month", lang, rows=part.rows, earlier=earlier, **words))
    for one in held.deliveries:
        counts = {"rows": one.rows, "kept": one.kept, "rejected": one.rejected}
        lines.append(t("cases.status_file", lang, name=one.name, at=one.loaded_at[:16], map=one.map, **counts))
    return [*lines, *loading.isolated(held.publisher, lang)]
