"""A figure that measures a metric, as an observation of a period."""

from __future__ import annotations

from functools import cache

from hall import catalog
from hall.model import FREQ_OF_KIND, Document, Figure, Freq, Observation, Period


@cache
def _unit_id(metric: str, shown: str) -> str:
    """The unit measured: a looser spelling counts as the metric's own unit."""
    known = catalog.metrics()[metric]
    unit = next((unit.id for unit in catalog.units().values() if shown in unit.spellings), known.unit)
    return known.unit if unit in known.spelled else unit


def observe(document: Document, index: int, figure: Figure) -> Observation | None:
    """The observation of a figure with a metric, for the period that it states; None when the document has no publisher
    or period, the figure is of an area, or its days make up no period. ``index`` is its place in the document."""
    period = document.period
    if not (figure.metric and figure.value is not None and period and document.publisher and figure.kind != "before"):
        return None
    if figure.area:
        return None
    department = None
    if figure.department:
        department = next((d.id for d in catalog.departments().values() if d.zh == figure.department), None)
        if department is None:
            return None
    metric = catalog.metrics()[figure.metric]
    if (metric.kind == "flow") == (figure.scope == "as_of") or not figure.period_start or not figure.period_end:
        return None
    freq, key = period.freq, period.key
    if figure.scope == "period" and (figure.period_start, figure.period_end) != (period.start, period.end):
        own = _whole(figure, document)
        if own is None:
            return None
        freq, key = own.freq, own.key
    return Observation(
        metric=figure.metric,
        obs_value=figure.value,
        unit_measure=_unit_id(figure.metric, figure.unit),
        freq=freq,
        time_period=key,
        period_start=figure.period_start,
        period_end=figure.period_end,
        scope=figure.scope,
        publisher=document.publisher,
        unit_mult=figure.unit_mult,
        decimals=figure.decimals,
        obs_status=figure.status,
        figure=index,
        department=department,
    )


def _whole(figure: Figure, document: Document) -> Period | None:
    """The month, quarter or year that a figure's days make up."""
    assert figure.period_start and figure.period_end
    freqs: tuple[Freq, ...] = ("M", "Q", "A") if FREQ_OF_KIND.get(document.kind) != "W" else ("M", "Q", "A", "W")
    for freq in freqs:
        whole = Period(figure.period_start, figure.period_end, freq)
        try:
            exact = Period.parse(whole.key)
        except ValueError:
            continue
        if freq != "W" and (exact.start, exact.end) == (figure.period_start, figure.period_end):
            return whole
    return None
