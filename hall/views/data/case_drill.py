"""The cases of a number: what an address asks for, as a question to the records, as words, as an address again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

import polars as pl

from hall import catalog, settings
from hall.measure.calendar import calendar
from hall.model import Lang, Period
from hall.store import cube
from hall.store.rows import MEASURES, Drill, Wanted
from hall.text import join, periods, t
from hall.text.plain import plain
from hall.views.data.case_months import span
from hall.views.data.context import Context

# What the page reads beside the filters; the values are ids.
PARAMS = ("measure", "channel", "city", "item", "day", "week")
# A case whose city nobody told.
NOWHERE = "none"
_MOST = 3


@dataclass(frozen=True, slots=True)
class DrillParameters:
    """What is asked beside the filters: a measure, channels, cities and items (all where none is named), and a day or
    week in place of the months of the filter."""

    measure: str = MEASURES[0]
    channels: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    period: Period | None = None


def asked(given: Mapping[str, Sequence[str]]) -> DrillParameters:
    """What the parameters of an address ask for; a measure, day or week that is none is left out of account."""
    measure = next((m for m in given.get("measure", ()) if m in MEASURES), MEASURES[0])
    found = [p for key in ("day", "week") for value in given.get(key, ()) if (p := _period(value, key))]
    channels, cities, items = (tuple(filter(None, given.get(key, ()))) for key in ("channel", "city", "item"))
    return DrillParameters(measure, channels, cities, items, next(iter(found), None))


def _period(value: str, key: str) -> Period | None:
    try:
        period = Period.parse(value)
    except ValueError:
        return None
    return period if period.freq == key[0].upper() else None


@dataclass(frozen=True, slots=True)
class DrillQuestion:
    """A question to the records of a publisher (by id) with the words for it; ``when`` names its period."""

    ctx: Context
    publisher: str
    asked: DrillParameters
    wanted: Wanted
    when: str
    until: date

    @property
    def lang(self) -> Lang:
        """The language of the reader."""
        return self.ctx.lang

    @property
    def drill(self) -> Drill:
        """The cases that it counts."""
        years = (min(self.wanted.first.year, self.until.year), max(self.until.year, settings.today().year))
        held = (*self.ctx.coverage.apart, *self.ctx.coverage.cases)
        first = min(years[0], *(int(month[:4]) for month in held))
        return Drill(self.publisher, self.wanted, _days(first, years[1]))

    @property
    def scope(self) -> str:
        """Period, departments, channels, city and item in words; what the catalogue does not know as plain text."""
        lang, wanted = self.lang, self.wanted
        departments, channels, cities = catalog.departments(), catalog.channels(), catalog.cities()
        names = [
            _some([departments[d].label(lang) if d in departments else plain(d) for d in wanted.departments], lang),
            _some([channels[c].label(lang) if c in channels else plain(c) for c in wanted.channels], lang),
            _some([city(c, lang) if c == "" or c in cities else plain(c) for c in wanted.cities], lang),
            _some([plain(item_names(self.publisher).get(i, i)) for i in wanted.items], lang),
        ]
        return t("drill.scope", lang).join(filter(None, (self.when, *names)))

    def said(self, n: int) -> str:
        """2025年10月 省市场监管局 综合窗口 受理 412 件."""
        words = t(f"measure.{self.asked.measure}", self.lang)
        return t("drill.number", self.lang, scope=self.scope, measure=words, n=f"{n:,}")

    def address(self) -> str:
        """The same question as the parameters of an address, by ids."""
        asked, wanted = self.asked, self.wanted
        pairs = [("data", self.publisher), ("lang", self.lang), ("measure", asked.measure)]
        if asked.period:
            pairs.append(("day" if asked.period.freq == "D" else "week", asked.period.key))
        else:
            pairs += [("from", f"{self.wanted.first:%Y-%m}"), ("to", f"{self.wanted.last:%Y-%m}")]
        lists = {"department": wanted.departments, "channel": asked.channels, "city": asked.cities, "item": asked.items}
        return urlencode(pairs + [(key, value) for key, values in lists.items() for value in values])


def question(what: DrillParameters, ctx: Context) -> DrillQuestion | None:
    """The question for a selection; None where the cube of its data set holds no cases within the months."""
    now, until = span(ctx), ctx.coverage.known_to("cases")
    if ctx.publisher is None or until is None or now is None:
        return None
    first, last = (what.period.start, what.period.end) if what.period else (now.first.start, now.last.end)
    lang = ctx.lang
    when = periods.full(what.period, lang) if what.period else now.words(lang)
    if what.measure == "open":
        last = min(last, until)
        when = periods.as_of(last, lang)
    cities = tuple("" if c == NOWHERE else c for c in what.cities)
    wanted = Wanted(what.measure, first, last, ctx.departments, what.channels, cities, what.items)
    return DrillQuestion(ctx, ctx.publisher, what, wanted, when, until)


def city(code: str, lang: Lang) -> str:
    """The name of a city; "" is one that nobody told."""
    known = catalog.cities().get(code)
    return known.label(lang) if known else code or t("cities.none", lang)


def item_names(own: str) -> dict[str, str]:
    """The names of a publisher's items by code, the most used first."""
    return _items(str(settings.store()), own, cube.version(own))


@lru_cache(maxsize=8)
def _items(_store: str, own: str, _version: str) -> dict[str, str]:
    return dict(cube.rows("items_named", own).select("item_code", "item_name").iter_rows())


@lru_cache(maxsize=4)
def _days(first: int, last: int) -> pl.DataFrame:
    return calendar(date(first, 1, 1), date(last, 12, 31))


def _some(names: list[str], lang: Lang) -> str:
    if len(names) <= _MOST:
        return join(names, lang)
    return t("drill.some", lang, names=join(names[:_MOST], lang), n=len(names))
