"""``python -m hall cases reconcile``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from hall import settings
from hall.model import HallError, Selection
from hall.text import t


def reconcile(
    publisher: Annotated[list[str] | None, typer.Option(help=t("cli.cases_publisher", settings.lang()))] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=t("cli.reconcile_output", settings.lang()))
    ] = None,
) -> None:
    """Print what bulletins state beside what the records count; exit status 1 when a count lies beyond the rounding."""
    from hall import catalog
    from hall.export.card import csv
    from hall.store import cube
    from hall.views.data import context
    from hall.views.data import reconciliation as comparisons
    from hall.views.parts import reconciliation

    lang = settings.lang()
    tables, beyond = [], 0
    for own in publisher or cube.publishers():
        if catalog.publisher_id(own) != own or not cube.version(own):
            raise HallError("no_records", publisher=own)
        ctx = context.load(Selection(publisher=own, lang=lang))
        lines = comparisons.load(ctx)
        card = reconciliation.build(ctx, lines)
        print(f"{own}: {card.headline if card else t('reconcile.none', lang)}")
        for line in lines:
            print(f"  {reconciliation.sentence(line, lang)}")
        beyond += sum(not line.within for line in lines)
        tables += [card.table] if card and card.table else []
    if output and tables:
        whole = replace(tables[0], rows=tuple(row for one in tables for row in one.rows))
        try:
            output.write_bytes(csv(whole, lang))
        except OSError as fault:
            raise HallError("not_writable", file=output, detail=fault.strerror or str(fault)) from fault
    if beyond:
        raise typer.Exit(1)
