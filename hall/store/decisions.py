"""What people decided, laid over what was read: a pure step between the reader and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hall import catalog
from hall.decision import Decision
from hall.model import Figure, HallError, Observation, Problem, Reading
from hall.observation import observe

_NEEDS_REASON = frozenset({"correct", "reject"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision on a figure beside the value as it was read."""

    decision: Decision
    read_value: Decimal | None


@dataclass(frozen=True, slots=True)
class Applied:
    """The reading after the decisions, what was decided by index of the figure, and decisions whose figure is gone."""

    reading: Reading
    marks: dict[int, Mark] = field(default_factory=dict)
    lost: tuple[Decision, ...] = ()


def apply(reading: Reading, decisions: Iterable[Decision]) -> Applied:
    """Lay decisions over a reading, oldest first; the last on a figure wins. The indexes of read figures never change.
    What cannot find its figure is in ``lost``, and a problem of the reading says so."""
    figures, marks, lost = list(reading.figures), dict[int, Mark](), list[Decision]()
    for decision in sorted(decisions, key=lambda d: d.at):
        if decision.act == "add":
            marks[len(figures)] = Mark(decision, None)
            figures.append(_added(reading, decision))
            continue
        index = _find(reading.figures, decision)
        if index is None:
            lost.append(decision)
            continue
        read = reading.figures[index]
        figures[index] = _decided(read, decision)
        marks[index] = Mark(decision, read.value)
        if decision.act == "map":
            for twin, figure in enumerate(figures):
                if twin != index and figure.label == read.label and figure.metric is None:
                    figures[twin] = replace(figure, metric=decision.metric)
    problems = tuple(Problem("decision_lost", {"by": d.by, "printed": d.as_printed or ""}) for d in lost)
    decided = replace(
        reading,
        figures=tuple(figures),
        observations=tuple(_observations(reading, figures, marks)),
        problems=(*reading.problems, *problems),
    )
    return Applied(decided, marks, tuple(lost))


def check(reading: Reading, decision: Decision) -> None:
    """HallError when a decision cannot hold: name_needed, reason_needed, bad_value, unknown_unit, unknown_metric,
    unknown_figure, period_needed."""
    if not decision.by.strip():
        raise HallError("name_needed")
    figure = None
    if decision.act != "add":
        index = _find(reading.figures, decision)
        if index is None:
            raise HallError("unknown_figure", printed=decision.as_printed or "-")
        figure = reading.figures[index]
    held = decision.act == "accept" and figure is not None and figure.status == "U"
    if (held or decision.act in _NEEDS_REASON) and not decision.reason.strip():
        raise HallError("reason_needed")
    if decision.act in {"correct", "add"} and (decision.value is None or not decision.value.is_finite()):
        raise HallError("bad_value", value=decision.value if decision.value is not None else "-")
    if decision.unit and not any(decision.unit in unit.spellings for unit in catalog.units().values()):
        raise HallError("unknown_unit", unit=decision.unit)
    if decision.act == "map" or decision.metric:
        if decision.metric not in catalog.metrics():
            raise HallError("unknown_metric", metric=decision.metric or "-")
        known = reading.document.period or (decision.period_start and decision.period_end)
        if decision.act == "add" and not known:
            raise HallError("period_needed")


def _find(figures: Sequence[Figure], decision: Decision) -> int | None:
    """The figure at the place, else the nearest of the same print: a newer reader may count characters otherwise."""
    same = [i for i, f in enumerate(figures) if f.as_printed == decision.as_printed]
    exact = [i for i in same if (figures[i].start, figures[i].end) == (decision.start, decision.end)]
    if exact:
        return exact[0]
    named = [i for i in same if decision.label and figures[i].label == decision.label]
    close = named or (same if len(same) == 1 else [])
    return min(close, key=lambda i: abs(figures[i].start - (decision.start or 0)), default=None)


def _decided(figure: Figure, decision: Decision) -> Figure:
    if decision.act == "accept":
        return replace(figure, status="A")
    if decision.act == "correct":
        decimals = max(figure.decimals, _places(decision.value, figure.unit_mult))
        unit = decision.unit or figure.unit
        metric = decision.metric or figure.metric
        return replace(figure, value=decision.value, decimals=decimals, unit=unit, metric=metric, status="A")
    if decision.act == "map":
        return replace(figure, metric=decision.metric)
    return figure


def _places(value: Decimal | None, power: int) -> int:
    """Decimals that a value needs when it is printed in so many tens."""
    exponent = value.scaleb(-power).normalize().as_tuple().exponent if value is not None else 0
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _added(reading: Reading, decision: Decision) -> Figure:
    start, end = decision.start or 0, decision.end or 0
    quote = reading.text[start:end] if end > start else None
    metric = catalog.metrics().get(decision.metric or "")
    share = metric is not None and metric.kind == "share"
    period = reading.document.period
    return Figure(
        label=decision.label or (metric.zh if metric else ""),
        value=decision.value,
        unit=decision.unit or "",
        as_printed=decision.as_printed or quote or format(decision.value or Decimal(0), "f"),
        decimals=_places(decision.value, 0),
        unit_mult=0,
        kind="rate" if share else "volume",
        scope=decision.scope or "period",
        start=start,
        end=end,
        quote=quote,
        period_start=decision.period_start or (period.start if period else None),
        period_end=decision.period_end or (period.end if period else None),
        department=decision.department,
        metric=decision.metric,
        status="A",
        page=decision.page,
    )


def _observations(reading: Reading, figures: list[Figure], marks: dict[int, Mark]) -> Iterable[Observation]:
    """Those of figures that nobody touched as they were; of the others as they are now; none of what was rejected."""
    known = {o.figure: o for o in reading.observations}
    for index, figure in enumerate(figures):
        mark = marks.get(index)
        if mark and mark.decision.act == "reject":
            continue
        read = reading.figures[index] if index < len(reading.figures) else None
        if figure == read:
            if index in known:
                yield known[index]
        elif index in known or read is None or figure.metric != read.metric:
            made = observe(reading.document, index, figure)
            if made:
                yield made
