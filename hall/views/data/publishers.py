"""Another hall beside ours on 趋势: which halls can stand there, their values, their names. Nothing of theirs is ever
added to ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hall import catalog
from hall.model import Freq, Lang, Selection
from hall.views.data import context, observations
from hall.views.data.observations import Values
from hall.views.data.runs import known, run


def halls(own: Values, selection: Selection, metrics: Iterable[str], grain: Freq) -> dict[str, Values]:
    """The other halls that know one of the metrics at that grain within the months of the selection, by their id in the
    URL, in the order of the catalogue. Under a department filter those whose numbers are narrowed as ours are: a whole
    hall is not laid beside some departments."""
    wanted = list(metrics)
    found: dict[str, Values] = {}
    for publisher in context.load(selection).measured:
        place = _id(publisher)
        if publisher == own.publisher or place is None:
            continue
        other = observations.within(observations.load(replace(selection, dataset=publisher)), selection)
        alike = all((m in own.narrowed) == (m in other.narrowed) for m in wanted)
        if alike and known(run(other, m, grain) for m in wanted):
            found[place] = other
    return found


def hall_name(publisher: str | None, lang: Lang) -> str:
    """The short name of a hall; one that the catalogue does not know stands for itself."""
    return next((p.short(lang) for p in catalog.publishers() if publisher in p.names), publisher or "")


def _id(publisher: str) -> str | None:
    return next((str(p.rank) for p in catalog.publishers() if publisher in p.names), None)
