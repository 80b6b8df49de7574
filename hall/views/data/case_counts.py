"""Metrics counted from the records of cases and consultations, as observations beside those of the bulletins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import polars as pl

from hall import catalog, settings
from hall.catalog import Count
from hall.measure.workdays import is_workday
from hall.model import Document, DocumentKind, Freq, HallError, Lang, Period, Selection
from hall.store import cube
from hall.text import t

KIND: DocumentKind = "records"
TABLES = ("cases", "consultations")
_START = {"D": "1d", "W": "1w", "M": "1mo", "Q": "1q", "A": "1y"}
_KEYS = {"D": "%Y-%m-%d", "W": "%G-W%V", "M": "%Y-%m"}
_SUMS = ("metric", "freq", "period_start", "period_end")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """The months of records that a cube holds, by kind of records; the day up to which they tell; the departments that
    they name, and the kinds of records that name any: only these can be narrowed by department. ``metrics`` are those
    counted: one of which the records hold nothing at all was not recorded, which is not zero. With ``fault`` the cube
    cannot be read, and nothing is held."""

    cases: tuple[str, ...] = ()
    consultations: tuple[str, ...] = ()
    as_of: date | None = None
    departments: tuple[str, ...] = ()
    narrowed: tuple[str, ...] = ()
    built_on: date | None = None
    metrics: tuple[str, ...] = ()
    fault: HallError | None = None

    def months(self, table: str) -> tuple[str, ...]:
        """The months (2025-10) of that table, oldest first."""
        return self.cases if table == "cases" else self.consultations

    @property
    def all_months(self) -> tuple[str, ...]:
        """The months of either kind, oldest first."""
        return tuple(sorted({*self.cases, *self.consultations}))

    @property
    def until(self) -> date | None:
        """The last day that is known whole: after the newest moment the records can only hold days off."""
        day = self.as_of
        while day and not _works(day + _DAY):
            day += _DAY
        return day


def publisher_id(name: str | None) -> str | None:
    """The id of the publisher of that name, None where the catalogue has none."""
    return next((p.id for p in catalog.publishers() if name in p.names), None)


def held(publisher: str | None, known_on: date | None = None) -> Held:
    """What the cube of the publisher of that name holds; nothing where there is none, or as known on a day before it
    was built."""
    own = publisher_id(publisher)
    version = cube.version(own) if own else ""
    if not own or not version:
        return Held()
    try:
        found = _held(str(settings.store()), own, version)
    except HallError as fault:
        # what the bulletins state is shown all the same
        return Held(fault=fault)
    return Held() if known_on and found.built_on and found.built_on > known_on else found


def document(publisher: str | None, lang: Lang) -> Document:
    """The records of a publisher as a document; its period ends with the day up to which they tell."""
    own = publisher_id(publisher)
    return Document(
        sha256=f"cube:{cube.version(own) if own else ''}", kind=KIND, title=t("counted.source", lang),
        publisher=publisher, period_end=held(publisher).as_of,
    )  # fmt: skip


def observations(
    publisher: str | None,
    selection: Selection,
    freqs: tuple[Freq, ...] = ("W", "M"),
    metrics: tuple[str, ...] | None = None,
) -> pl.DataFrame:
    """The counted observations of whole periods whose records are held, columns as in query series/metric_values;
    narrowed by the departments of the selection where the records name any. Nothing as known on a day before the cube
    was built."""
    known = held(publisher, selection.known_on).metrics
    found = _sums(publisher, selection, [rule for rule in _rules(metrics) if rule.metric in known], freqs)
    return pl.DataFrame(schema=SCHEMA) if found.is_empty() else _dressed(found, document(publisher, selection.lang))


def outside(
    publisher: str | None, selection: Selection, metrics: tuple[str, ...] | None = None
) -> dict[tuple[str, str], int]:
    """What the rules of the metrics leave out and the records hold, by metric and month, where it can be counted."""
    pairs = [pair for rule in _rules(metrics) if (pair := rule.beyond())]
    found: dict[tuple[str, str], int] = {}
    for sign, rules in ((1, [one for one, _ in pairs]), (-1, [less for _, less in pairs if less])):
        months = _sums(publisher, selection, rules, ("M",))
        for metric, start, n in months.select("metric", "period_start", "n").iter_rows():
            key = (metric, f"{start:%Y-%m}")
            found[key] = found.get(key, 0) + sign * n
    return found


def channels(publisher: str | None, selection: Selection, freq: Freq) -> pl.DataFrame:
    """The cases that each channel accepted in whole periods: metric (the channel), freq, period_start, period_end, n;
    narrowed as ``observations`` are."""
    rules = [Count(channel, "cases", "accepted", "accepted", (channel,)) for channel in catalog.channels()]
    return _sums(publisher, selection, rules, (freq,)).sort("metric", "period_start")


def _rules(metrics: tuple[str, ...] | None) -> list[Count]:
    return [rule for metric, rule in catalog.counts().items() if metrics is None or metric in metrics]


def _sums(publisher: str | None, selection: Selection, rules: list[Count], freqs: tuple[Freq, ...]) -> pl.DataFrame:
    """The sums of whole periods by rule: metric, freq, period_start, period_end, n."""
    own, holds = publisher_id(publisher), held(publisher, selection.known_on)
    found = [pl.DataFrame(schema={name: SCHEMA[name] for name in _SUMS} | {"n": pl.Int64})]
    for table in TABLES:
        wanted, days = [r for r in rules if r.table == table], _days(holds.months(table), holds.until)
        if own is None or not wanted or days.is_empty():
            continue
        chosen = selection.departments if table in holds.narrowed else ()
        events = _events(str(settings.store()), own, cube.version(own), table, chosen)
        daily = days.join(_counted(events, wanted), on="day", how="left").fill_null(0)
        found += [_periods(daily, [r.metric for r in wanted], freq) for freq in freqs]
    return pl.concat(found)


def _works(day: date) -> bool:
    known = is_workday(day)
    return day.weekday() < 5 if known is None else known


@lru_cache(maxsize=64)
def _held(store: str, own: str, version: str) -> Held:
    months, told = cube.rows("months_held", own), cube.rows("meta", own)
    by = {table: tuple(months.filter(pl.col("records") == table)["month"]) for table in TABLES}
    named = cube.rows("present_departments", own)
    totals = [
        _counted(_events(store, own, version, table, ()), [r for r in _rules(None) if r.table == table])
        for table in TABLES
    ]
    counts = {m for sums in totals for m in sums.columns if m != "day" and sums[m].sum()}
    return Held(
        by["cases"], by["consultations"], told["as_of"][0] if told.height else None,
        tuple(named["department"].unique().sort()), tuple(named["records"].unique().sort()),
        told["built_at"][0].date() if told.height else None, tuple(m for m in catalog.counts() if m in counts),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _events(_store: str, own: str, _version: str, table: str, departments: tuple[str, ...]) -> pl.DataFrame:
    if table != "cases":
        return cube.rows("consulted_daily", own, departments=list(departments) or None)
    return cube.rows("daily_of", own, departments=list(departments)) if departments else cube.rows("daily", own)


@lru_cache(maxsize=8)
def _days(months: tuple[str, ...], until: date | None) -> pl.DataFrame:
    """Every known day of the months that are held."""
    spans = [Period.parse(month) for month in months]
    days = [day for p in spans for i in range((p.end - p.start).days + 1)
            if until is not None and (day := p.start + timedelta(days=i)) <= until]  # fmt: skip
    return pl.DataFrame({"day": days}, schema={"day": pl.Date})


def _counted(events: pl.DataFrame, rules: list[Count]) -> pl.DataFrame:
    """One column a metric, one row a day on which anything happened."""
    sums = []
    for rule in rules:
        wanted = [(name, list(only)) for name in ("channel", "kind", "place") if (only := getattr(rule, name))]
        kept = pl.all_horizontal(pl.col(name).is_in(only) for name, only in wanted) if wanted else pl.lit(value=True)
        sums.append(pl.when(kept).then(pl.col(rule.measure)).otherwise(0).sum().alias(rule.metric))
    return events.group_by("day").agg(sums)


def _periods(daily: pl.DataFrame, metrics: list[str], freq: Freq) -> pl.DataFrame:
    """The sums of whole periods: a week whose seven days are not all known is left out."""
    start = pl.col("day").dt.truncate(_START[freq])
    summed = daily.group_by(start.alias("period_start")).agg(pl.col(metrics).sum(), pl.len().alias("days"))
    after = pl.col("period_start").dt.offset_by(_START[freq])
    whole = summed.filter(pl.col("days") == (after - pl.col("period_start")).dt.total_days())
    long = whole.unpivot(metrics, index="period_start", variable_name="metric", value_name="n")
    return long.select(
        "metric", pl.lit(freq).alias("freq"), "period_start",
        (after - pl.duration(days=1)).cast(pl.Date).alias("period_end"), pl.col("n").cast(pl.Int64),
    )  # fmt: skip


def _dressed(found: pl.DataFrame, source: Document) -> pl.DataFrame:
    units = {metric: catalog.metrics()[metric].unit for metric in catalog.counts()}
    key = pl.coalesce(
        pl.when(pl.col("freq") == freq).then(pl.col("period_start").dt.strftime(shape)) for freq, shape in _KEYS.items()
    )
    given: dict[str, Any] = {
        "document": source.sha256, "figure": 0, "scope": "period", "department": None, "channel": None,
        "unit_mult": 0, "decimals": 0, "obs_status": "A", "publisher": source.publisher, "kind": KIND, "issue": None,
        "title": source.title, "published_on": None, "origin": KIND, "section": None,
        "as_printed": None, "quote": None, "issue_start": None, "issue_end": source.period_end,
    }  # fmt: skip
    return (
        found.with_columns(
            key.alias("time_period"), pl.col("n").cast(pl.Decimal(28, 6)).alias("obs_value"),
            pl.col("metric").replace_strict(units).alias("unit_measure"),
            *(pl.lit(value, dtype=SCHEMA[name]).alias(name) for name, value in given.items()),
        )
        .select(SCHEMA.keys())
        .sort("metric", "freq", "period_start")
    )  # fmt: skip


SCHEMA: dict[str, Any] = {
    "document": pl.String, "figure": pl.Int32, "metric": pl.String, "freq": pl.String, "time_period": pl.String,
    "period_start": pl.Date, "period_end": pl.Date, "scope": pl.String, "department": pl.String, "channel": pl.String,
    "obs_value": pl.Decimal(28, 6), "unit_measure": pl.String, "unit_mult": pl.Int32, "decimals": pl.Int32,
    "obs_status": pl.String, "publisher": pl.String, "kind": pl.String, "issue": pl.Int32, "title": pl.String,
    "published_on": pl.Date, "origin": pl.String, "section": pl.String, "as_printed": pl.String, "quote": pl.String,
    "issue_start": pl.Date, "issue_end": pl.Date,
}  # fmt: skip
