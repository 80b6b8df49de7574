"""What a cube tells of cases by city: of all items or of one, by month, with handling time, and the items of a city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hall import catalog
from hall.measure import handling
from hall.model import Document, Lang, Period, Selection
from hall.store import cube
from hall.text import join, t
from hall.text.plain import plain
from hall.views import acts, counted, drilled
from hall.views.case_facts import Filters
from hall.views.case_span import Relation, Span, others, span
from hall.views.drilled import NOWHERE
from hall.views.pieces import Action
from hall.views.source_line import is_demo

# so many items are listed
MOST = 15
_COUNTS = ("accepted", "completed", "on_time", "overdue")


@dataclass(frozen=True, slots=True)
class Places:
    """Cases by city: ``months`` (month, city, accepted, completed, on_time, overdue), whole history; ``days`` (city, n,
    median, nine_in_ten) within ``now``; both of the chosen departments and ``item`` ("" all). ``items`` and
    ``items_then`` (item_code, department, counts) within ``now`` and the span compared with, of ``city`` ("" all)."""

    own: str
    publisher: str
    lang: Lang
    chosen: tuple[str, ...]
    now: Span
    others: tuple[tuple[Relation, Span], ...]
    held: counted.Held
    item: str
    city: str
    months: pl.DataFrame
    days: pl.DataFrame
    items: pl.DataFrame
    items_then: pl.DataFrame
    item_days: pl.DataFrame

    @property
    def demo(self) -> bool:
        """Whether the publisher is fictional."""
        return is_demo(self.publisher)

    @property
    def source(self) -> Document:
        """The records as a document."""
        return counted.document(self.publisher, self.lang)

    @property
    def then(self) -> Span | None:
        """The same months of the year before where they are held, else the months just before."""
        return self.others[-1][1] if self.others else None

    @property
    def spine(self) -> tuple[Period, ...]:
        """The whole months of the filter where it names more than one, else all that are held up to the last."""
        first = self.now.first if self.now.months > 1 else self.now.since
        months = [Period.parse(key) for key in self.held.cases]
        inside = [m for m in months if first.start <= m.start <= self.now.last.start]
        return tuple(inside if self.now.whole or len(inside) < 2 else inside[:-1])

    @property
    def who(self) -> str:
        """Whose cases: departments, and the item where one is chosen."""
        names = [acts.name(d, self.lang) for d in self.chosen]
        if not names:
            words = t("casework.all_departments", self.lang)
        else:
            few = len(names) <= 3
            words = join(names, self.lang) if few else t("casework.some_departments", self.lang, n=len(names))
        return join([words, plain(item_name(self.own, self.item))], self.lang) if self.item else words

    def within(self, of: Span) -> pl.DataFrame:
        """One row a city: its counts within a span."""
        inside = self.months.filter(pl.col("month").is_between(of.first.start, of.last.start))
        return inside.group_by("city").agg(pl.col(*_COUNTS).sum())

    def see(self, measure: str = "accepted", city: str | None = None, item: str | None = None) -> Action:
        """The way to the cases within the span, of the chosen item unless another is named."""
        filters: Filters = {"from": self.now.first.key, "to": self.now.last.key, "department": self.chosen}
        place = "" if city is None else city or NOWHERE
        more: Filters = {"measure": measure, "item": self.item if item is None else item, "city": place}
        return Action(t("counted.see", self.lang), "cases", {**more, **filters})

    def dated(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame as a download, with whose cases it counts and within which days."""
        days = pl.lit(self.now.first.start).alias("period_start"), pl.lit(self.now.day).alias("period_end")
        return frame.select(pl.lit(self.publisher).alias("publisher"), *days, pl.all())


def item_name(own: str, code: str) -> str:
    """The name of an item; a code that no record names stands for itself."""
    return drilled.item_names(own).get(code, code)


def rank(city: str) -> int:
    """Its place in the catalogue, which decides ties; one that nobody told comes last."""
    known = catalog.cities().get(city)
    return known.rank if known else 10_000


def load(selection: Selection, item: str = "", city: str = "") -> Places | None:
    """The facts of the chosen data set; None where it holds no cases within the filter. An item or city that it does
    not hold is none."""
    publisher = acts.hall(selection)
    own, held = counted.publisher_id(publisher), counted.held(publisher, selection.known_on)
    now = span(selection, held)
    if own is None or publisher is None or now is None:
        return None
    item = item if item in drilled.item_names(own) else ""
    city = city if city in catalog.cities() or city == NOWHERE else ""
    chosen: dict[str, object] = {"departments": list(selection.departments) or None}
    place = [""] if city == NOWHERE else [city] if city else None
    days: dict[str, object] = {"first": now.first.start, "last": now.last.end}
    before = others(now, held)
    then = before[-1][1] if before else None
    was: dict[str, object] = {"first": then.first.start, "last": then.last.end} if then else {"last": date(1, 1, 1)}
    if item:
        months = cube.rows("cities_of_items", own, items=[item], **chosen)
    else:
        months = cube.rows("cities_counted", own, **chosen)
    if item or selection.departments:
        taken = cube.rows("cities_handling_of", own, items=[item] if item else None, **chosen, **days)
    else:
        taken = cube.rows("cities_handling", own, **days)
    items = cube.rows("items_counted", own, cities=place, **chosen, **days).filter(pl.col("accepted") > 0)
    first = items["item_code"].head(MOST).to_list()
    return Places(
        own, publisher, selection.lang, selection.departments, now, before, held, item, city, months,
        days=handling.summary(taken, ["city"]), items=items,
        items_then=cube.rows("items_counted", own, cities=place, **chosen, **was),
        item_days=handling.summary(
            cube.rows("items_handling", own, items=first, cities=place, **chosen, **days), ["item_code"]
        ),
    )  # fmt: skip
