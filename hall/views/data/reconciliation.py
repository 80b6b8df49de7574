"""Published against counted: for each month and metric that a bulletin states and the records hold, whether the count
lies within the printed rounding, and what a difference may consist of. Always of the whole hall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from hall import catalog
from hall.measure.rounding import Quantity
from hall.model import Document, Lang, Period, Selection
from hall.store.read import rows
from hall.text import join, numbers, periods, t
from hall.views.data import case_counts, context, observations
from hall.views.data.publishers import hall_name
from hall.views.parts import wording
from hall.views.parts.cards import Card, Cell, Table
from hall.views.parts.citation import cite, sources

# so many months after the first that is held, cases accepted before it are still being completed
_BEFORE = 3
_SHOWN = 24
_LATER = ("completed", "issued", "transferred")


@dataclass(frozen=True, slots=True)
class Line:
    """One metric of one month: what the bulletin states and the records count; ``outside`` is how many of what the
    rule leaves out the records hold (None where that cannot be counted); ``first`` the first month held, where cases
    accepted before it may be missing."""

    metric: str
    period: Period
    stated: Quantity
    document: Document
    count: Quantity
    outside: int | None
    first: Period | None

    @property
    def difference(self) -> Decimal:
        """Counted less published, in base units."""
        return self.count.value - self.stated.value

    @property
    def within(self) -> bool:
        """Whether the count lies within the rounding of the print."""
        return abs(self.difference) <= self.stated.slack


def load(selection: Selection) -> tuple[Line, ...]:
    """Every comparison that the data set of the selection allows within its months, newest first; none where it has no
    records or nothing is stated of their months. Numbers that are held back are no part of it."""
    own = context.hall(selection)
    if case_counts.held(own, selection.known_on).as_of is None:
        return ()
    whole = replace(selection, departments=())
    stated = rows("series/metric_values", publishers=[printer(own)], known_on=selection.known_on)
    stated = stated.filter((pl.col("freq") == "M") & (pl.col("scope") == "period") & (pl.col("obs_status") != "U"))
    metrics = tuple(sorted(set(stated["metric"])))
    counts = case_counts.observations(own, whole, ("M",), metrics).select(
        "metric", "time_period", pl.col("obs_value").alias("n")
    )
    pairs = stated.join(counts, on=["metric", "time_period"])
    outside = case_counts.outside(own, whole, metrics) if pairs.height else {}
    order = {metric: i for i, metric in enumerate(catalog.metrics())}
    begun = {table: _begun(case_counts.held(own).months(table)) for table in case_counts.TABLES}
    found = [_line(row, outside, begun) for row in pairs.iter_rows(named=True)]
    kept = [line for line in found if observations.inside(line.period, selection)]
    return tuple(sorted(kept, key=lambda line: (-line.period.start.toordinal(), order[line.metric])))


def printer(publisher: str | None) -> str | None:
    """The publisher whose bulletins a data set is laid beside: itself, or the one that the catalogue names for it."""
    known = catalog.publishers()
    by = next((p.published_by for p in known if publisher in p.names), None)
    return next((p.names[0] for p in known if p.id == by), publisher)


def notes(line: Line, lang: Lang) -> str:
    """What a difference may consist of; empty within rounding."""
    if line.within:
        return ""
    rule, found = catalog.counts()[line.metric], []
    short = -line.difference
    if short > 0 and (words := rule.outside(lang)):
        n = None if line.outside is None else wording.shown(Quantity(Decimal(line.outside), line.count.unit), lang)
        exactly = line.outside is not None and abs(short - line.outside) <= line.stated.slack
        if n is None:
            found.append(t("reconcile.outside", lang, words=words))
        elif line.outside:
            found.append(t("reconcile.exactly" if exactly else "reconcile.outside_n", lang, words=words, n=n))
    if short > 0 and line.first:
        found.append(t("reconcile.before", lang, month=periods.short(line.first, lang)))
    if short < 0 and line.document.published_on:
        found.append(t("reconcile.after", lang, day=periods.day(line.document.published_on, lang, year=True)))
    return join(found, lang)


def verdict(line: Line, lang: Lang) -> str:
    """相等 · 舍入误差内（+9）· 相差 120 件, in plain words."""
    amount = wording.shown(Quantity(abs(line.difference), line.count.unit), lang)
    if not line.within:
        return t("reconcile.more" if line.difference > 0 else "reconcile.less", lang, amount=amount)
    if not line.difference:
        return t("reconcile.equal", lang)
    sign = "+" if line.difference > 0 else numbers.MINUS
    return t("reconcile.within", lang, amount=f"{sign}{numbers.digits(abs(line.difference), 0)}")


def card(lines: tuple[Line, ...], selection: Selection) -> Card | None:
    """The table of page 数据: what differs and the newest months; its CSV holds every comparison. None for nothing."""
    if not lines:
        return None
    lang, own = selection.lang, context.hall(selection)
    off = [line for line in lines if not line.within]
    shown = [line for line in lines if line in off or line in lines[:_SHOWN]]
    cells = tuple(_cells(line, lang) for line in shown)
    words = {"n": len(lines), "off": len(off)}
    bits = [
        t("reconcile.what", lang, hall=hall_name(printer(own), lang)),
        t("reconcile.demo", lang) if catalog.is_demo(own) else "",
        t("reconcile.shown", lang, n=len(shown)) if len(shown) < len(lines) else "",
        t("card.whole", lang) if selection.departments else "",
    ]
    return Card(
        key="reconciliation",
        headline=t("reconcile.off" if off else "reconcile.all", lang, **words),
        subtitle=t("text.semicolon", lang).join(filter(None, bits)),
        source=sources([*(line.document for line in lines), case_counts.document(own, lang)], lang),
        table=Table(tuple(t(f"reconcile.{c}", lang) for c in ("which", "stated", "counted", "verdict")), cells),
        frame=_frame(lines, own, lang),
        file=t("file.reconciliation", lang),
        demo=catalog.is_demo(own),
    )


def sentence(line: Line, lang: Lang) -> str:
    """One comparison in a line of plain words."""
    names = {"which": _which(line, lang), "stated": _stated(line, lang), "counted": wording.shown(line.count, lang)}
    words = t("reconcile.sentence", lang, **names, verdict=verdict(line, lang))
    told = notes(line, lang)
    return words + (t("text.semicolon", lang) + told if told else "")


def _which(line: Line, lang: Lang) -> str:
    return f"{periods.short(line.period, lang)} {catalog.metrics()[line.metric].short(lang)}"


def _stated(line: Line, lang: Lang) -> str:
    around = numbers.margin(line.stated.slack, line.stated.unit, lang)
    # the margin names the unit too, which English needs but once
    return f"{wording.brief(line.stated, lang) if around else wording.shown(line.stated, lang)} {around}".strip()


def _begun(months: tuple[str, ...]) -> tuple[Period, ...]:
    """The first month held, and each that is held again after one that is not."""
    return tuple(p for month in months if (p := Period.parse(month)).shift(-1).key not in months)


def _line(row: dict[str, object], outside: dict[tuple[str, str], int], begun: dict[str, tuple[Period, ...]]) -> Line:
    value = observations.stated(row)
    rule, n = catalog.counts()[value.metric], row["n"]
    assert isinstance(n, Decimal)
    since = [p for p in begun[rule.table] if p.start <= value.period.start][-1:]
    late = since and rule.event in _LATER and value.period.start < since[0].shift(_BEFORE).start
    return Line(
        value.metric, value.period, value.quantity, value.document,
        Quantity(n.normalize() + 0, catalog.metrics()[value.metric].unit),
        outside.get((value.metric, value.period.key)), since[0] if late else None,
    )  # fmt: skip


def _cells(line: Line, lang: Lang) -> tuple[Cell, ...]:
    mark, word = ("green", "agrees") if line.within else ("orange", "differs")
    sign = "+" if line.difference > 0 else ""
    off = f"{sign}{numbers.digits(line.difference, 0)}" if line.difference else ""
    said = " ".join(filter(None, (f":{mark}-badge[{t(f'reconcile.{word}', lang)}]", off, notes(line, lang))))
    return _which(line, lang), _stated(line, lang), int(line.count.value), said


def _frame(lines: Iterable[Line], own: str | None, lang: Lang) -> pl.DataFrame:
    found = [
        {
            "metric": line.metric, "freq": "M", "time_period": line.period.key, "published": line.stated.value,
            "slack": line.stated.slack, "unit_measure": line.stated.unit, "source": cite(line.document, lang),
            "counted": line.count.value, "difference": line.difference, "result": "pass" if line.within else "fail",
            "outside": catalog.counts()[line.metric].outside(lang), "outside_count": line.outside,
            "explanation": notes(line, lang), "publisher": own, "demo": catalog.is_demo(own),
        }
        for line in lines
    ]  # fmt: skip
    kinds = {name: pl.Decimal(28, 6) for name in ("published", "slack", "counted", "difference")}
    return pl.DataFrame(found, schema_overrides={**kinds, "outside_count": pl.Int64})
