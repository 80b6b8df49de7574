"""``python -m hall demo``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hall import settings
from hall.cli import shown, spoken
from hall.text import t


def demo(
    cases: Annotated[int | None, typer.Option(min=1, help=t("demo.cases", spoken()))] = None,
    months: Annotated[int, typer.Option(min=1, max=120, help=t("demo.months", spoken()))] = 36,
    seed: Annotated[int, typer.Option(min=0, help=t("demo.seed", spoken()))] = 1,
    output: Annotated[Path | None, typer.Option("-o", "--output", help=t("demo.output", spoken()))] = None,
) -> None:
    """Draw the demo hall's deliveries; load them and roll them up, or only write them where a folder is named."""
    lang, progress = settings.lang(), shown if sys.stderr.isatty() else None
    if output:
        from hall.demo import deliveries

        files = deliveries(output, cases, months, seed, progress)
        print(t("demo.written", lang, files=len(files), months=months, folder=output))
        return
    from hall.cases.demo import build

    done = build(cases, months, seed, progress)
    print(t("demo.built", lang, months=months, version=done.version))
