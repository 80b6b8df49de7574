"""Page 市州: cities by cases, handling time, rate on time; city by month; items of a city and cities of an item."""

from __future__ import annotations

from dataclasses import dataclass

from hall import catalog
from hall.model import Lang
from hall.text import periods, t
from hall.views.cities import cards
from hall.views.data import case_drill, cases_by_city
from hall.views.data.case_drill import NOWHERE
from hall.views.data.cases_by_city import CityCases
from hall.views.data.context import Context
from hall.views.parts.cards import Card, Empty, PageHead
from hall.views.parts.case_empty import empty as no_cases
from hall.views.parts.maps import CityMonths
from hall.views.parts.plots import CityRow, Reaches


@dataclass(frozen=True, slots=True)
class View:
    """The page; ``empty`` stands instead of all else. ``items_known`` and ``cities_known`` are what can be chosen."""

    lang: Lang
    head: PageHead
    empty: Empty | None = None
    ranking: tuple[Card, tuple[CityRow, ...]] | None = None
    handling: tuple[Card, Reaches] | None = None
    months: tuple[Card, CityMonths] | None = None
    items: Card | None = None
    items_known: tuple[tuple[str, str], ...] = ()
    cities_known: tuple[tuple[str, str], ...] = ()


def load(ctx: Context, item: str = "", city: str = "") -> View:
    """The page for a selection; ``item`` narrows all but the list of items, which ``city`` narrows."""
    lang = ctx.lang
    places = cases_by_city.load(ctx, item, city)
    if places is None:
        return View(lang, PageHead(t("page.cities", lang), t("empty.head", lang)), no_cases(ctx, "cities"))
    return View(
        lang=lang, head=_head(places), ranking=cards.ranking(places),
        handling=cards.handling(places), months=cards.months(places), items=cards.items(places),
        items_known=tuple(case_drill.item_names(places.publisher).items()), cities_known=_cities(lang),
    )  # fmt: skip


def _head(places: CityCases) -> PageHead:
    lang, now = places.lang, places.now
    part = "" if now.whole else t("casework.part", lang, day=periods.day(now.day, lang))
    as_of = t("casework.as_of", lang, day=periods.day(places.ctx.coverage.as_of or now.day, lang, year=True))
    line = t("text.dot", lang).join((places.whose, now.words(lang) + part, as_of))
    missing = "" if places.others else t("casework.no_compare", lang)
    return PageHead(t("page.cities", lang), line, cards.finding(places), missing, places.demo)


def _cities(lang: Lang) -> tuple[tuple[str, str], ...]:
    return (*((c.id, c.label(lang)) for c in catalog.cities().values()), (NOWHERE, t("cities.none", lang)))
