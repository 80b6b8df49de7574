"""Another hall beside ours: which halls can stand there, and their values. Nothing of theirs is ever added to ours."""

from __future__ import annotations

from collections.abc import Iterable

from hall import catalog
from hall.model import Freq
from hall.views.data import observations
from hall.views.data.context import Context
from hall.views.data.observations import Values
from hall.views.data.runs import known, run


def load(own: Values, ctx: Context, metrics: Iterable[str], grain: Freq) -> dict[str, Values]:
    """The other halls that know one of the metrics at that grain within the months of the filter, by id, in the order
    of the catalogue. Under a department filter those whose numbers are narrowed as ours are: a whole hall is not laid
    beside some departments."""
    wanted = list(metrics)
    found: dict[str, Values] = {}
    for publisher in ctx.choices.measured:
        if publisher == own.publisher or catalog.publisher_id(publisher) is None:
            continue
        other = observations.within(observations.load(ctx.of(publisher)), ctx)
        alike = all((m in own.narrowed) == (m in other.narrowed) for m in wanted)
        if alike and known(run(other, m, grain) for m in wanted):
            found[publisher] = other
    return found
