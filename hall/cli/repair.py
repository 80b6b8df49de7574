"""``python -m hall repair``: say what is damaged, and build it again from what is kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from hall import settings
from hall.cli import spoken
from hall.model import HallError
from hall.text import sentences, t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def repair(dry: Annotated[bool, typer.Option("--dry-run", help=t("cli.repair_dry", spoken()))] = False) -> None:
    """Verify everything and mend it; exit status 2 while something is damaged."""
    from hall.store import verify

    lang = settings.lang()
    found = verify.everything()
    for fault in found:
        print(sentences.fault(fault, lang), file=sys.stderr)
    if not found:
        print(t("cli.repair_whole", lang))
        return
    if dry:
        raise typer.Exit(2)
    failed = [why for act in _acts() if (why := _tried(act))]
    left = verify.everything()
    print(t("cli.repaired", lang, n=max(len(found) - len(left), 0), left=len(left)))
    said = [sentences.fault(fault, lang) for fault in (*failed, *left)]
    print("\n".join(dict.fromkeys(said)), end="\n" * bool(said), file=sys.stderr)
    if left:
        raise typer.Exit(2)


def _acts() -> Iterator[Callable[[], object]]:
    """What is done in turn: records first, since cubes are computed from them."""
    from functools import partial

    from hall import intake
    from hall.cases.rollup import rollup
    from hall.store import cube, cubing, holdings, publish, seal, verify

    store = settings.store()
    for folder in sorted((store / "records").glob("*/")):
        yield partial(holdings.mend, folder.name)
    yield partial(publish.mend, intake.remembered)
    for folder in sorted((store / "cubes").glob("*/")):
        own = cubing.cubes(folder.name)
        yield own.mend
        if seal.fault(own.folder / cube.version(folder.name)) or cubing.outdated(folder.name):
            yield partial(rollup, folder.name)
    for own in verify.published():
        yield own.mend


def _tried(act: Callable[[], object]) -> HallError | None:
    try:
        act()
    except HallError as fault:
        return fault
    return None
