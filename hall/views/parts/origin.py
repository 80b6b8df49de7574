"""From a number back to the words that state it."""

from __future__ import annotations

from hall.model import Lang
from hall.text import t
from hall.views.data.observations import Values
from hall.views.link import Link


def origin(values: Values, metric: str, grain: str, lang: Lang) -> Link | None:
    """The way to the figure behind the newest number of a metric; none where it is a sum of several or was counted."""
    stated = [*values.of(metric, grain).values(), *values.of(metric, grain, "as_of").values()]
    newest = max(stated, key=lambda v: v.period.end, default=None)
    if newest is None or newest.figure is None:
        return None
    where = {"document": newest.document.sha256, "figure": str(newest.figure + 1)}
    return Link(t("act.see", lang), "sources", dict(where))
