"""``python -m hall cases rollup``."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Annotated

import typer

from hall import settings
from hall.cli import shown, spoken
from hall.model import HallError
from hall.text import t


def rollup(
    engine: Annotated[str, typer.Option(help=t("cli.rollup_engine", spoken()))] = "",
    master: Annotated[str, typer.Option(help=t("cli.rollup_master", spoken()))] = "",
    publisher: Annotated[list[str] | None, typer.Option(help=t("cli.cases_publisher", spoken()))] = None,
    every: Annotated[bool, typer.Option("--all", help=t("cli.rollup_all", spoken()))] = False,
) -> None:
    """Compute the cubes of every publisher that holds records, or of those named, and publish them."""
    from hall.store import holdings

    own = publisher or list(holdings.publishers())
    if not own:
        raise HallError("no_records", publisher="")
    _rollup(own, engine, master, every=every)


def renew() -> None:
    """Compute the cubes again that another release built of records that are here."""
    from hall.store import cubing, holdings

    if own := [one for one in holdings.publishers() if cubing.outdated(one)]:
        _rollup(own)


def _rollup(publishers: list[str], engine: str = "", master: str = "", *, every: bool = False) -> None:
    from hall.cases import rollup as rolling

    lang = settings.lang()
    with closing(rolling.engine(engine or settings.engine(), master or None)) as chosen:
        for one in publishers:
            done = rolling.rollup(one, chosen, every=every, progress=shown if sys.stderr.isatty() else None)
            counts = {"computed": len(done.computed), "dropped": len(done.dropped), "kept": done.kept}
            print(t("cli.rolled_up", lang, publisher=one, version=done.version, engine=chosen.name, **counts))
