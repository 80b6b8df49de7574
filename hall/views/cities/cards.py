"""Cards of cases by city: how many, how fast and how punctual; city by month; the items most asked for."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from hall.measure.change import change
from hall.measure.ranking import FLOOR
from hall.measure.suppress import Counts
from hall.model import Lang
from hall.text import numbers, periods, t
from hall.text.plain import plain
from hall.views.data import case_drill
from hall.views.data.case_drill import NOWHERE
from hall.views.data.cases_by_city import MOST, CityCases, item_name, rank
from hall.views.data.cases_by_department import cases
from hall.views.parts import wording
from hall.views.parts.cards import Amount, Card, Cell, Table, card
from hall.views.parts.case_kpi import days_number
from hall.views.parts.maps import CityMonths
from hall.views.parts.plots import CityRow, Reach, Reaches

_COUNTS = ("accepted", "completed", "on_time", "overdue")
_FEW = 100
# the province's own hall, which accepts more than all cities together
_OWN = "provincial"


def finding(places: CityCases) -> str:
    """How much the province's own hall accepted, and which city most; empty where there are no cities."""
    here, lang = _ordered(places.within(places.now)), places.lang
    own = int(here.filter(pl.col("city") == _OWN)["accepted"].sum())
    told = here.filter(pl.col("city") != _OWN)
    if not own or told.is_empty():
        return ""
    share = numbers.percent(Decimal(own) / int(here["accepted"].sum()) * 100, 0)
    most = told.row(0, named=True)
    city, n = case_drill.city(most["city"], lang), f"{most['accepted']:,}"
    words = {"period": places.now.words(lang), "own": case_drill.city(_OWN, lang), "share": share}
    return t("cities.finding", lang, **words, city=city, n=n)


def ranking(places: CityCases) -> tuple[Card, tuple[CityRow, ...]] | None:
    """Cities by accepted cases, with the change, completed cases, handling time and the rate on time in the table."""
    lang = places.lang
    here = _ordered(places.within(places.now))
    if here.is_empty():
        return None
    before = dict(places.within(places.compared).select("city", "accepted").iter_rows()) if places.compared else {}
    days = {city: (median, nine) for city, _, median, nine in places.days.iter_rows()}
    rows, lines = [], list[tuple[Cell, ...]]()
    for city, accepted, completed, on_time, overdue in here.iter_rows():
        name = case_drill.city(city, lang)
        words = _change(accepted, before.get(city, 0), lang) if places.compared else ""
        median = days_number(days[city][0], lang) if city in days else ""
        punctual = _rate(on_time, on_time + overdue)
        share = wording.part(punctual, on_time, on_time + overdue)
        moved = [Amount(words, before.get(city, 0))] if places.compared else []
        lines.append((name, accepted, *moved, completed, median, share))
        own = city == _OWN and here.height > 1
        then = float(before.get(city, 0)) if places.compared and not own else None
        hover = t("cities.hover", lang, city=name, n=f"{accepted:,}", change=words or t("change.nothing", lang))
        label = t("cities.apart", lang, n=f"{accepted:,}") if own else f"{accepted:,}"
        rows.append(CityRow(name, None if own else float(accepted), then, label, words, hover))
    told = here.filter(pl.col("city") != _OWN) if here.height > 1 else here
    top = told.row(0, named=True)
    top_share = numbers.percent(Decimal(top["accepted"]) / max(int(told["accepted"].sum()), 1) * 100, 0)
    headline = t("cities.top", lang, city=case_drill.city(top["city"], lang), n=f"{top['accepted']:,}", share=top_share)
    against = t("cities.against", lang, other=places.compared.words(lang)) if places.compared else ""
    what = t("cities.ranking_what", lang, who=places.whose, period=places.now.words(lang))
    ids = ("city", "accepted", *(("change",) if places.compared else ()), "completed", "median", "on_time")
    made = card(
        places.ctx,
        "city_ranking",
        headline=headline,
        subtitle=what + against,
        documents=(places.source,),
        table=Table(columns=_columns(ids, lang), rows=tuple(lines), ids=ids, counts=_counts(ids)),
        file=t("file.cities", lang, period=places.now.words(lang)),
        alt=t("cities.ranking_alt", lang, headline=headline, n=here.height),
        origin=places.way(),
    )
    return made, tuple(rows)


def handling(places: CityCases) -> tuple[Card, Reaches] | None:
    """Handling time by city in the order of the ranking, with the rate on time at the end."""
    lang = places.lang
    here = _ordered(places.within(places.now))
    days = {city: (n, median, nine) for city, n, median, nine in places.days.iter_rows()}
    rows, lines, slow = [], list[tuple[Cell, ...]](), list[tuple[int, str]]()
    for city, _, completed, on_time, overdue in here.iter_rows():
        name, punctual = case_drill.city(city, lang), _rate(on_time, on_time + overdue)
        n, median, nine = days.get(city, (0, 0, 0))
        if n < FLOOR:
            rows.append(Reach(name=name, note=t("casework.few_cases", lang, n=f"{n:,}")))
            continue
        words = [days_number(w, lang) for w in (median, nine)]
        label = t("cities.days_label", lang, median=words[0], nine=words[1], rate=punctual)
        hover = t("casework.days_hover", lang, name=name, n=f"{n:,}", median=words[0], nine=words[1])
        rows.append(Reach(name=name, at=float(median), low=float(median), high=float(nine), label=label, hover=hover))
        lines.append((name, *words, wording.part(punctual, on_time, on_time + overdue), completed))
        slow.append((nine, name))
    if not slow:
        return None
    most = max(nine for nine, _ in slow)
    slowest = [name for nine, name in slow if nine == most]
    key = "slowest" if len(slowest) == 1 else "slowest_some" if len(slowest) < len(slow) else "even"
    headline = t(f"cities.{key}", lang, city=slowest[0], n=len(slowest), days=days_number(most, lang))
    subtitle = t("cities.days_what", lang, who=places.whose, period=places.now.words(lang))
    ids = ("city", "median_days", "nine", "on_time", "completed")
    made = card(
        places.ctx,
        "city_days",
        headline=headline,
        subtitle=subtitle,
        documents=(places.source,),
        table=Table(columns=_columns(ids, lang), rows=tuple(lines), ids=ids, counts=_counts(ids)),
        file=t("file.city_days", lang, period=places.now.words(lang)),
        alt=t("cities.days_alt", lang, headline=headline, n=len(rows)),
        origin=places.way("completed"),
    )
    end = float(most) or 1.0
    return made, Reaches(rows=tuple(rows), start=0.0, end=end, ends=t("cities.days_ends", lang))


def months(places: CityCases) -> tuple[Card, CityMonths] | None:
    """Cases accepted by city and month."""
    lang, spine = places.lang, places.spine
    order = _ordered(places.within(places.now))["city"].to_list()
    found = {(city, month): n for month, city, n in places.months.select("month", "city", "accepted").iter_rows()}
    if len(spine) < 2 or not order:
        return None
    counts = tuple(tuple(found.get((city, m.start), 0) for m in spine) for city in order)
    names = tuple(case_drill.city(city, lang) for city in order)
    hover = tuple(
        tuple(t("cities.cell", lang, city=name, month=periods.full(m, lang), n=f"{n:,}")
              for m, n in zip(spine, row, strict=True))
        for name, row in zip(names, counts, strict=True)
    )  # fmt: skip
    totals = [sum(column) for column in zip(*counts, strict=True)]
    best = max(range(len(spine)), key=totals.__getitem__)
    headline = t("cities.months_head", lang, month=periods.short(spine[best], lang), n=f"{totals[best]:,}")
    heads = tuple(t("departments.month", lang, year=f"{m.start:%y}", month=periods.within(m, lang)) for m in spine)
    rows = [(periods.short(m, lang), *(row[i] for row in counts)) for i, m in reversed(list(enumerate(spine)))]
    made = card(
        places.ctx,
        "city_months",
        headline=headline,
        subtitle=t("cities.months_what", lang, who=places.whose),
        documents=(places.source,),
        table=Table(
            columns=(t("casework.month", lang), *names),
            rows=tuple(rows),
            ids=("month", *order),
            counts=Counts(tuple(order)),
        ),
        file=t("file.city_months", lang),
        alt=t("cities.months_alt", lang, headline=headline, rows=len(names), columns=len(spine)),
    )
    return made, CityMonths(names, heads, counts, hover)


def items(places: CityCases) -> Card | None:
    """The items most asked for, of all cities or of one."""
    lang = places.lang
    if places.items.is_empty():
        return None
    before = dict(places.items_then.select("item_code", "accepted").iter_rows())
    lines: list[tuple[Cell, ...]] = []
    for code, _, accepted, _, on_time, overdue in places.items.head(MOST).iter_rows():
        then = before.get(code, 0)
        words = (Amount(_change(accepted, then, lang), then),) if places.compared else ()
        share = wording.part(_rate(on_time, on_time + overdue), on_time, on_time + overdue)
        lines.append((plain(item_name(places.publisher, code)), accepted, *words, share))
    whole, shown = int(places.items["accepted"].sum()), int(places.items["accepted"].head(MOST).sum())
    of_all = numbers.percent(Decimal(shown) / max(whole, 1) * 100, 0)
    own = "" if places.city == NOWHERE else places.city
    place = case_drill.city(own, lang) if places.city else t("drill.all_cities", lang)
    headline = t("cities.items_head", lang, place=place, n=min(MOST, places.items.height), share=of_all)
    against = t("casework.against", lang, other=places.compared.words(lang)) if places.compared else ""
    what = t("cities.items_what", lang, period=places.now.words(lang), all=places.items.height)
    ids = ("item", "accepted", *(("change",) if places.compared else ()), "on_time")
    return card(
        places.ctx,
        "city_items",
        headline=headline,
        subtitle=what + against,
        documents=(places.source,),
        table=Table(columns=_columns(ids, lang), rows=tuple(lines), ids=ids, counts=_counts(ids)),
        file=t("file.items", lang, place=place, period=places.now.words(lang)),
        origin=places.way(city=own if places.city else None, item=""),
    )


_HEADINGS = {
    "city": "cities.city", "item": "drill.item", "accepted": "casework.accepted", "change": "casework.change",
    "completed": "casework.completed", "median": "cities.median", "median_days": "casework.median",
    "nine": "casework.nine", "on_time": "casework.on_time",
}  # fmt: skip


def _columns(ids: tuple[str, ...], lang: Lang) -> tuple[str, ...]:
    return tuple(t(_HEADINGS[name], lang) for name in ids)


def _counts(ids: tuple[str, ...]) -> Counts:
    """The counts of such a table, and the words that are made from them."""
    made = {"change": "accepted", "median": "completed", "median_days": "completed", "nine": "completed"}
    counts = tuple(name for name in ("accepted", "completed") if name in ids)
    derived = tuple((name, (of,)) for name, of in made.items() if name in ids and of in counts)
    return Counts(counts, derived=derived)


def _ordered(found: pl.DataFrame) -> pl.DataFrame:
    """The province's own hall, then cities, most accepted first, ties in catalogue order; those in which nothing
    happened are left out."""
    kept = found.filter(pl.max_horizontal("accepted", "completed") > 0).select("city", *_COUNTS)
    order = pl.col("city").map_elements(rank, return_dtype=pl.Int64)
    return kept.sort(pl.col("city") == _OWN, pl.col("accepted"), order, descending=[True, True, False])


def _rate(hits: int, n: int) -> str:
    return numbers.percent(Decimal(hits) / n * 100, 1) if n else ""


def _change(now: int, then: int, lang: Lang) -> str:
    """+3.2%, or the difference where there were too few for a percentage; empty where there were none before."""
    made = change(cases(now), cases(then))
    if not then or made is None:
        return ""
    if then < _FEW:
        return f"{now - then:+,}".replace("-", numbers.MINUS)
    return wording.relative(made, "en" if lang == "en" else "zh") or t("change.same", "en" if lang == "en" else "zh")
