"""What a cube tells of cases by city: of all items or of one, by month, with handling time, and the items of a city."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hall import catalog
from hall.measure import handling
from hall.store import cube
from hall.text import join
from hall.text.plain import plain
from hall.views.data import case_drill
from hall.views.data.case_drill import NOWHERE
from hall.views.data.case_months import MonthSpan
from hall.views.data.case_selection import CaseSelection, choice, parts
from hall.views.data.context import Context
from hall.views.link import Link

# so many items are listed
MOST = 15
_COUNTS = ("accepted", "completed", "on_time", "overdue")


@dataclass(frozen=True, slots=True)
class CityCases(CaseSelection):
    """Cases by city: ``months`` (month, city, accepted, completed, on_time, overdue), whole history; ``days`` (city, n,
    median, nine_in_ten) within ``now``; both of the chosen departments and ``item`` ("" all). ``items`` and
    ``items_then`` (item_code, department, counts) within ``now`` and the span compared with, of ``city`` ("" all)."""

    item: str
    city: str
    months: pl.DataFrame
    days: pl.DataFrame
    items: pl.DataFrame
    items_then: pl.DataFrame
    item_days: pl.DataFrame

    @property
    def whose(self) -> str:
        """Whose cases: departments, and the item where one is chosen."""
        return join([self.who, plain(item_name(self.publisher, self.item))], self.lang) if self.item else self.who

    def within(self, of: MonthSpan) -> pl.DataFrame:
        """One row a city: its counts within a span."""
        inside = self.months.filter(pl.col("month").is_between(of.first.start, of.last.start))
        return inside.group_by("city").agg(pl.col(*_COUNTS).sum())

    def way(self, measure: str = "accepted", city: str | None = None, item: str | None = None) -> Link:
        """The way to the cases within the span, of the chosen item unless another is named."""
        place = "" if city is None else city or NOWHERE
        return self.see(measure, item=self.item if item is None else item, city=place)


def item_name(own: str, code: str) -> str:
    """The name of an item; a code that no record names stands for itself."""
    return case_drill.item_names(own).get(code, code)


def rank(city: str) -> int:
    """Its place in the catalogue, which decides ties; one that nobody told comes last."""
    known = catalog.cities().get(city)
    return known.rank if known else 10_000


def load(ctx: Context, item: str = "", city: str = "") -> CityCases | None:
    """The facts of the chosen data set; None where it holds no cases within the filter. An item or city that it does
    not hold is none."""
    of = choice(ctx)
    if of is None:
        return None
    own = of.publisher
    item = item if item in case_drill.item_names(own) else ""
    city = city if city in catalog.cities() or city == NOWHERE else ""
    chosen: dict[str, object] = {"departments": list(of.chosen) or None}
    place = [""] if city == NOWHERE else [city] if city else None
    days, was = of.now.bounds, of.compared.bounds if of.compared else {}
    if item:
        months = cube.rows("cities_of_items", own, items=[item], **chosen)
    else:
        months = cube.rows("cities_counted", own, **chosen)
    if item or of.chosen:
        taken = cube.rows("cities_handling_of", own, items=[item] if item else None, **chosen, **days)
    else:
        taken = cube.rows("cities_handling", own, **days)
    items = cube.rows("items_counted", own, cities=place, **chosen, **days).filter(pl.col("accepted") > 0)
    first = items["item_code"].head(MOST).to_list()
    return CityCases(
        **parts(of), item=item, city=city, months=months,
        days=handling.summary(taken, ["city"]), items=items,
        items_then=cube.rows("items_counted", own, cities=place, **chosen, **was),
        item_days=handling.summary(
            cube.rows("items_handling", own, items=first, cities=place, **chosen, **days), ["item_code"]
        ),
    )  # fmt: skip
