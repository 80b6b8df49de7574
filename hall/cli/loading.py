"""``python -m hall cases load``: load deliveries of records, and what came of them in words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hall import catalog, settings
from hall.cli import shown, spoken
from hall.model import Lang
from hall.text import join, sentences, t

if TYPE_CHECKING:
    from hall.cases.outcome import LoadedFile, LoadedRecords, Wish


def load(
    paths: Annotated[list[Path], typer.Argument(readable=False)],
    publisher: Annotated[str, typer.Option(help=t("cases.publisher", spoken()))] = "",
    map_: Annotated[str, typer.Option("--map", help=t("cases.load_map", spoken()))] = "",
    sheet: Annotated[list[str] | None, typer.Option(help=t("cases.load_sheet", spoken()))] = None,
    add: Annotated[bool, typer.Option("--add", help=t("cases.load_add", spoken()))] = False,
    replace: Annotated[bool, typer.Option("--replace", help=t("cases.load_replace", spoken()))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("cases.load_dry", spoken()))] = False,
) -> None:
    """Load deliveries; exit status 2 when a file was refused or the delivery is held."""
    from hall.cases.load import load as loading
    from hall.cases.outcome import Insisted, Wish

    insist = Insisted(settings.user(), "--replace") if replace else None
    wish = Wish(map_, tuple(sheet or ()), add, insist, dry_run)
    done = loading(paths, publisher, wish, shown if sys.stderr.isatty() else None)
    _report(done, wish, settings.lang())
    if done.refused or done.held:
        raise typer.Exit(2)


def _report(done: LoadedRecords, wish: Wish, lang: Lang) -> None:
    from hall.cli.unread import lines
    from hall.views.data.held import sentence

    for file in done.files:
        out = sys.stderr if file.fault or file.unequal else sys.stdout
        print("\n".join(_file(file, lang)), file=out)
    if not done.held:
        print("".join(f"{line}\n" for line in _changes(done, wish, lang)), end="")
    if done.unread:
        print("\n".join(lines(done.unread, lang)))
    read = [file for file in done.files if file.outcome in ("loaded", "held")]
    counts = {name: sum(getattr(file, name) for file in read) for name in ("rows", "kept", "rejected")}
    counts |= {outcome: sum(file.outcome == outcome for file in done.files) for outcome in ("refused", "unchanged")}
    if done.held:
        print(sentence(done.held, lang), file=sys.stderr)
        print(t("cases.held_what", lang), file=sys.stderr)
    elif wish.dry:
        print(t("cases.total_dry", lang, files=len(read), **counts))
    else:
        print("\n".join([t("cases.total", lang, files=len(read), **counts), *isolated(done.publisher, lang)]))


def _changes(done: LoadedRecords, wish: Wish, lang: Lang) -> Iterator[str]:
    """The months that stand anew, and what a person should know of them."""
    tables = catalog.tables()
    for month in done.months:
        key = "cases.month_new" if month.before is None else f"cases.month_{'added' if wish.add else 'replaced'}"
        table = tables[month.table].label(lang)
        yield t(key, lang, table=table, month=month.month, rows=month.rows, before=month.before)
    for older in done.older:
        words = {"added": f"{older.added:%Y-%m-%d %H:%M}", "stood": f"{older.stood:%Y-%m-%d %H:%M}"}
        yield t("cases.older", lang, table=tables[older.table].label(lang), rows=older.rows, **words)
    for spelled in done.spelled:
        shown_ = join([" = ".join(f"“{text}”" for text in texts) for texts in spelled.texts], lang)
        yield t("cases.spelled", lang, table=tables[spelled.table].label(lang), n=spelled.numbers, texts=shown_)


def isolated(publisher: str, lang: Lang) -> list[str]:
    """A line for each month that stands apart from all others."""
    from hall.cases.isolated import isolated as apart
    from hall.store import holdings

    return [
        t("cases.isolated", lang, month=part.month, table=catalog.tables()[part.table].label(lang), rows=part.rows)
        for part in apart(holdings.held(publisher))
    ]


def _file(file: LoadedFile, lang: Lang) -> list[str]:
    if file.outcome == "unchanged":
        return [t("cases.file_unchanged", lang, name=file.name)]
    lines = [sentences.fault(file.fault, lang)] if file.fault else [_counted(file, lang)]
    for reason in file.reasons:
        column = catalog.tables()[file.table].label_of(reason.column, lang)
        words = {"reason": t(f"cases.reason_{reason.code}", lang), "column": column, "value": reason.value or ""}
        lines.append(t("cases.file_reason", lang, rows=reason.rows, row=reason.row, **words))
    for key, names in (("unknown", file.unknown), ("unread", file.unread), ("unequal", file.unequal)):
        if names:
            lines.append(t(f"cases.file_{key}", lang, names=join(names, lang)))
    return lines


def _counted(file: LoadedFile, lang: Lang) -> str:
    table = catalog.tables()[file.table].label(lang)
    counts = {"rows": file.rows, "kept": file.kept, "rejected": file.rejected}
    return t("cases.file_loaded", lang, name=file.name, table=table, map=file.map, **counts)
