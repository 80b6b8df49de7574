"""``python -m hall extract``: whole tables, the counts of cases, and the cases themselves, as files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from hall import catalog, settings
from hall.cli import spoken
from hall.model import HallError, Lang, Selection
from hall.text import t


def extract(
    table: str,
    form: Annotated[str, typer.Option("--format", help=t("cli.extract_format", spoken()))] = "csv",
    month: Annotated[list[str] | None, typer.Option(help=t("cli.extract_month", spoken()))] = None,
    department: Annotated[list[str] | None, typer.Option(help=t("cli.extract_department", spoken()))] = None,
    publisher: Annotated[str, typer.Option(help=t("cli.extract_publisher", spoken()))] = "",
    lang: Annotated[str, typer.Option(help=t("cli.extract_lang", spoken()))] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help=t("cli.extract_output", spoken()))] = None,
) -> None:
    """Write a whole table."""
    if lang not in ("", "zh", "en"):
        raise HallError("unknown_lang", asked=lang)
    spoken: Lang = "en" if (lang or settings.lang()) == "en" else "zh"
    if table == "cases":
        rows = _cases(form, month or (), department or (), publisher, spoken, output)
    else:
        rows = _table(table, form, month or (), department or (), publisher, spoken, output)
    if output:
        print(t("cli.extract_written", settings.lang(), rows=rows, file=output))


def _cases(
    form: str, months: Sequence[str], departments: Sequence[str], publisher: str, lang: Lang, output: Path | None
) -> int:
    from hall.export import cases
    from hall.views.extracts import cases as case_extracts

    if form not in cases.FORMATS:
        raise HallError("unknown_format", format=form, known=" ".join(cases.FORMATS))
    whole = settings.whole_case_ids()
    own = case_extracts.publisher(publisher)
    demo, drills = catalog.is_demo(own), case_extracts.drills(own, months, departments)
    if output:
        return cases.write(output, form, drills, lang, whole=whole, demo=demo)
    if form != "csv":
        raise HallError("output_needed", format=form)
    sys.stdout.buffer.writelines(text for _, text in cases.csv_pieces(drills, lang, whole=whole, demo=demo))
    return 0


def _table(
    table: str, form: str, months: Sequence[str], departments: Sequence[str], publisher: str, lang: Lang,
    output: Path | None,
) -> int:  # fmt: skip
    from hall.export import files
    from hall.export.released import released
    from hall.views.data import context
    from hall.views.extracts import cases as case_extracts
    from hall.views.extracts import tables as extracts

    notes: dict[str, str] = {}
    if table == "counts":
        frame = case_extracts.counts(case_extracts.publisher(publisher), months, departments)
        frame, notes = released(frame, case_extracts.COUNTS, lang)
    else:
        ctx = context.load(Selection(departments=tuple(departments), lang=lang))
        frame = extracts.extract_months(table, months, ctx)
    content = files.content(frame, form, lang, notes)
    if output is None:
        sys.stdout.buffer.write(content)
        return frame.height
    try:
        output.write_bytes(content)
    except OSError as fault:
        raise HallError("not_writable", file=output, detail=fault.strerror or str(fault)) from fault
    return frame.height
