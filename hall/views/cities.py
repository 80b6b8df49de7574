"""Page 市州: cities by cases, handling time, rate on time; city by month; items of a city and cities of an item."""

from __future__ import annotations

from dataclasses import dataclass

from hall import catalog
from hall.model import Lang, Selection
from hall.text import periods, t
from hall.views import city_cards, city_facts, drilled
from hall.views.case_empty import empty as no_cases
from hall.views.city_cards import Grid, Ranked
from hall.views.city_facts import Places
from hall.views.drilled import NOWHERE
from hall.views.pieces import Card, Empty, Head, Reaches


@dataclass(frozen=True, slots=True)
class View:
    """The page; ``empty`` stands instead of all else. ``items_known`` and ``cities_known`` are what can be chosen."""

    lang: Lang
    head: Head
    empty: Empty | None = None
    ranking: tuple[Card, tuple[Ranked, ...]] | None = None
    handling: tuple[Card, Reaches] | None = None
    months: tuple[Card, Grid] | None = None
    items: Card | None = None
    items_known: tuple[tuple[str, str], ...] = ()
    cities_known: tuple[tuple[str, str], ...] = ()


def load(selection: Selection, item: str = "", city: str = "") -> View:
    """The page for a selection; ``item`` narrows all but the list of items, which ``city`` narrows."""
    lang = selection.lang
    places = city_facts.load(selection, item, city)
    if places is None:
        return View(lang, Head(t("page.cities", lang), t("empty.head", lang)), no_cases(selection, "cities"))
    return View(
        lang=lang, head=_head(places), ranking=city_cards.ranking(places),
        handling=city_cards.handling(places), months=city_cards.months(places), items=city_cards.items(places),
        items_known=tuple(drilled.item_names(places.own).items()), cities_known=_cities(lang),
    )  # fmt: skip


def _head(places: Places) -> Head:
    lang, now = places.lang, places.now
    part = "" if now.whole else t("casework.part", lang, day=periods.day(now.day, lang))
    as_of = t("casework.as_of", lang, day=periods.day(places.held.as_of or now.day, lang, year=True))
    line = t("text.dot", lang).join((places.whose, now.words(lang) + part, as_of))
    missing = "" if places.others else t("casework.no_compare", lang)
    return Head(t("page.cities", lang), line, city_cards.finding(places), missing, places.demo)


def _cities(lang: Lang) -> tuple[tuple[str, str], ...]:
    return (*((c.id, c.label(lang)) for c in catalog.cities().values()), (NOWHERE, t("cities.none", lang)))
