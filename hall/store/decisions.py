"""What people decided, laid over what was read: a pure step between the reader and the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hall import catalog
from hall.decision import Decision
from hall.model import Figure, HallError, Observation, Problem, Reading
from hall.observation import observe
from hall.text import t

_NEEDS_REASON = frozenset({"correct", "reject"})
# Which figures a metric can be of: a share, or an amount.
_KINDS = {True: {"rate"}, False: {"volume", "before", "money", "duration", "score"}}


@dataclass(frozen=True, slots=True)
class DecidedFigure:
    """The last decision on a figure, and the value as it was read where a person changed it."""

    decision: Decision
    read_value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """The reading after the decisions, its figures as they were read, what was decided by index of the figure, and the
    decisions whose place is gone."""

    reading: Reading
    read: tuple[Figure, ...] = ()
    marks: dict[int, DecidedFigure] = field(default_factory=dict)
    lost: tuple[Decision, ...] = ()


def apply(reading: Reading, decisions: Iterable[Decision]) -> Applied:
    """Lay decisions over a reading, oldest first. The last word on a value wins, and the last on what it measures; the
    indexes of read figures never change. What cannot find its place is in ``lost``, and a problem says so."""
    figures, marks, lost = list(reading.figures), dict[int, DecidedFigure](), list[Decision]()
    for decision in decisions:
        if decision.act == "add":
            place = _place(reading, decision)
            if place is None:
                lost.append(decision)  # the value holds, as one typed by hand
            marks[len(figures)] = DecidedFigure(decision)
            figures.append(_added(reading, decision, place or (0, 0)))
            continue
        index = _find(reading.figures, decision)
        if index is None:
            lost.append(decision)
            continue
        read = reading.figures[index]
        figures[index] = _decided(read, figures[index], decision)
        marks[index] = DecidedFigure(decision, read.value if figures[index].value != read.value else None)
        if decision.act == "map":
            for twin, figure in enumerate(reading.figures):
                if twin != index and _same_measure(figure, read) and figures[twin].metric is None:
                    figures[twin] = replace(figures[twin], metric=decision.metric)
    problems = tuple(Problem("decision_lost", {"by": d.by, "printed": d.as_printed or d.label or ""}) for d in lost)
    decided = replace(
        reading,
        figures=tuple(figures),
        observations=tuple(_observations(reading, figures, marks)),
        problems=(*reading.problems, *problems),
    )
    return Applied(decided, reading.figures, marks, tuple(lost))


def check(reading: Reading, decision: Decision) -> None:
    """HallError when a decision cannot hold: name_needed, reason_needed, bad_value, unknown_unit, unknown_metric,
    other_measure, label_needed, unknown_figure, period_needed, wrong_scope."""
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
    if decision.act in {"correct", "add"} and (decision.value is None or not _fits(decision.value)):
        raise HallError("bad_value", value=decision.value if decision.value is not None else "-")
    if decision.unit and not any(decision.unit in unit.spellings for unit in catalog.units().values()):
        raise HallError("unknown_unit", unit=decision.unit)
    if decision.act == "add":
        _check_added(reading, decision)
    if decision.act == "map" or decision.metric:
        metric = catalog.metrics().get(decision.metric or "")
        if metric is None:
            raise HallError("unknown_metric", metric=decision.metric or "-")
        if figure and (figure.area or figure.kind not in _KINDS[metric.kind == "share"]):
            raise HallError("other_measure", printed=figure.as_printed, metric=metric.id)
        if decision.act == "add" and (metric.kind == "flow") == (decision.scope == "as_of"):
            raise HallError("wrong_scope", metric=metric.zh)


def _check_added(reading: Reading, decision: Decision) -> None:
    if not decision.metric and not (decision.label or "").strip():
        raise HallError("label_needed")
    first, last = decision.period_start, decision.period_end
    if (decision.metric and not (reading.document.period or (first and last))) or (first and last and first > last):
        raise HallError("period_needed")
    if _place(reading, decision) is None:
        raise HallError("unknown_figure", printed=decision.as_printed or "-")


def _fits(value: Decimal) -> bool:
    """Whether the ledger can hold the number as it is."""
    return value.is_finite() and abs(value) < 10**21 and value == round(value, 6)


def _same_measure(one: Figure, other: Figure) -> bool:
    """Whether two figures of a document count the same thing."""
    return (one.label, one.kind, one.unit, one.area) == (other.label, other.kind, other.unit, other.area)


def _find(figures: Sequence[Figure], decision: Decision) -> int | None:
    """The figure at the place, else the nearest of the same print: a newer reader may count characters otherwise."""
    same = [i for i, f in enumerate(figures) if f.as_printed == decision.as_printed]
    exact = [i for i in same if (figures[i].start, figures[i].end) == (decision.start, decision.end)]
    named = [i for i in exact or same if decision.label and figures[i].label == decision.label]
    close = named or exact[:1] or (same if len(same) == 1 else [])
    return min(close, key=lambda i: abs(figures[i].start - (decision.start or 0)), default=None)


def _place(reading: Reading, decision: Decision) -> tuple[int, int] | None:
    """Where an added figure stands: at its place, or where its words went; (0, 0) for one typed by hand."""
    start, end, words = decision.start or 0, decision.end or 0, decision.as_printed
    if end <= start:
        return 0, 0
    if not reading.text:
        return start, end  # facts: their text may come later
    if end <= len(reading.text) and words in (None, reading.text[start:end]):
        return start, end
    found = [m.start() for m in re.finditer(re.escape(words), reading.text)] if words else []
    nearest = min(found, key=lambda at: abs(at - start), default=None)
    return None if nearest is None else (nearest, nearest + len(words or ""))


def _decided(read: Figure, now: Figure, decision: Decision) -> Figure:
    """The figure as the decision leaves it; what it measures stays until a person says otherwise."""
    if decision.act == "map":
        return replace(now, metric=decision.metric)
    if decision.act == "accept":
        return replace(read, metric=now.metric, status="A")
    if decision.act == "correct":
        power, decimals = read.unit_mult, max(read.decimals, _places(decision.value, read.unit_mult))
        if decision.unit_mult is not None and decision.decimals is not None and (decision.unit_mult or not power):
            power, decimals = decision.unit_mult, decision.decimals
        unit, metric = decision.unit or read.unit, decision.metric or now.metric
        return replace(read, value=decision.value, unit_mult=power, decimals=decimals, unit=unit, metric=metric,
                       status="A")  # fmt: skip
    return replace(read, metric=now.metric)


def _places(value: Decimal | None, power: int) -> int:
    """Decimals that a value needs when it is printed in so many tens."""
    exponent = value.scaleb(-power).normalize().as_tuple().exponent if value is not None else 0
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _added(reading: Reading, decision: Decision, place: tuple[int, int]) -> Figure:
    start, end = place
    quote = reading.text[start:end] or None
    metric = catalog.metrics().get(decision.metric or "")
    first, last = decision.period_start, decision.period_end
    if period := reading.document.period:
        last = last or period.end
        whole = {"as_of": last, "year_to_date": last.replace(month=1, day=1)}
        first = first or whole.get(decision.scope or "", period.start)
    page = next((line.page for line in reading.lines if line.start <= start < line.end), None) if end else None
    return Figure(
        label=decision.label or (metric.zh if metric else ""),
        value=decision.value,
        unit=decision.unit or (catalog.units()[metric.unit].spellings[0] if metric else ""),
        as_printed=decision.as_printed or quote or format(decision.value or Decimal(0), "f"),
        decimals=_places(decision.value, 0) if decision.decimals is None else decision.decimals,
        unit_mult=decision.unit_mult or 0,
        kind="rate" if metric is not None and metric.kind == "share" else "volume",
        scope=decision.scope or "period",
        start=start,
        end=end,
        quote=quote,
        section=None if end else t("review.by_hand", "zh"),
        period_start=first,
        period_end=last,
        department=decision.department,
        metric=decision.metric,
        status="A",
        page=decision.page or page,
    )


def _observations(reading: Reading, figures: list[Figure], marks: dict[int, DecidedFigure]) -> Iterable[Observation]:
    """Those of figures that nobody touched as they were, of the others as they are now, none of what was rejected. A
    number that the document repeats takes the place of one that was touched, and one that a person added that of the
    same number where it was read."""
    found = list(_made(reading, figures, marks))
    added = {_measured(o) for o in found if o.figure >= len(reading.figures)}
    return [o for o in found if o.figure >= len(reading.figures) or o.figure in marks or _measured(o) not in added]


def _made(reading: Reading, figures: list[Figure], marks: dict[int, DecidedFigure]) -> Iterable[Observation]:
    known = {o.figure: o for o in reading.observations}
    touched = {_measured(known[index]) for index in marks if index in known}
    for index, figure in enumerate(figures):
        mark = marks.get(index)
        read = reading.figures[index] if index < len(reading.figures) else None
        if mark and mark.decision.act == "reject":
            continue
        if index in known and figure == read:
            yield known[index]
            continue
        changed = read is None or (figure.metric, figure.value) != (read.metric, read.value)
        made = observe(reading.document, index, figure)
        if made and (index in known or changed or (mark is None and _measured(made) in touched)):
            yield made


def _measured(o: Observation) -> tuple[object, ...]:
    return o.metric, o.time_period, o.period_start, o.scope, o.department, o.obs_value
