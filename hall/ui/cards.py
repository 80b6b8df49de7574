"""Page head, KPI card, chart card, table card, list card, empty state. How a page uses them:

    from hall.ui import cards
    from hall.ui.access import guard
    from hall.ui.cache import load
    from hall.charts import bar
    from hall.views.windows import page as windows

    frame = guard()                                   # Frame: ctx, lang, mode ("light" | "dark")
    view = load(windows.load, frame.ctx)              # choices of page controls as keywords: grain="M"
    cards.head(view.head)                             # parts.cards.Head; title also names the browser tab
    if view.empty:
        cards.empty(view.empty)                       # Empty: headline, text, links; stops the page
    cards.chart(view.card, bar.channels, view.stacks)  # Card, how to draw, what to draw
    cards.table(view.changes)                         # a card whose body is its table
    cards.beside(lambda: ..., None, widths=(3, 2))    # side by side; what is None is left out
    cards.listing(title, subtitle, items)             # Item: badge, sentence, one link

Every card draws its own footer: source at left; table popover and CSV at right (card.table).
In a row use ``beside``, ``row`` or ``grid()``; cards stretch to the height of the row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Literal

import streamlit as st

from hall.charts.figure import Plot
from hall.model import Lang
from hall.paths import PAGES
from hall.text import periods, t
from hall.ui import kpi_block, plot, tables
from hall.ui.access import guard
from hall.ui.filters import link_params
from hall.views.link import Link
from hall.views.parts.cards import Card, Empty, Kpi, ListItem, PageHead, Table, Tone

# rows of a table that is sent before anybody opens it
_SENT = 12
_BADGE: dict[Tone, str] = {"attention": "orange", "good": "green", "quiet": "gray", "plain": "gray"}


def badge(words: str, tone: Tone) -> str:
    """A small coloured label as markdown."""
    return f":{_BADGE[tone]}-badge[{words}]"


def demo_mark(lang: Lang, demo: bool) -> str:
    """The mark of generated data after a headline, or nothing."""
    return " " + badge(t("status.demo", lang), "attention") if demo else ""


def head(what: PageHead) -> None:
    """Title, gray line, the day of knowledge where one is chosen; then the finding and, once, what is missing."""
    lang = guard().lang
    with st.container(gap=None):
        st.title(what.title, anchor=False)
        st.markdown(f":gray[{what.line}]{demo_mark(lang, what.demo)}")
    if known_on := guard().ctx.known_on:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            words = t("known.line", lang, day=periods.day(known_on, lang, year=True))
            st.markdown(f"{badge(t('known.label', lang), 'attention')} {words}", width="content")
            st.button(t("known.now", lang), key="known_now", type="tertiary", on_click=_forget_day)
    if what.finding:
        missing = f"  \n:small[:gray[{what.missing}]]" if what.missing else ""
        st.markdown(f"**{what.finding}**{missing}")


def _forget_day() -> None:
    st.session_state["known"] = None


def empty(what: Empty) -> None:
    """The card that stands instead of a page; ends the page."""
    with st.container(border=True):
        st.markdown(f"**{what.headline}**  \n:small[:gray[{what.subtitle}]]")
        st.markdown(what.text)
        with st.container(horizontal=True):
            for action in what.actions:
                link(action)
    st.stop()


def link(action: Link, *, before: str = "", after: str = "", plain: bool = False) -> None:
    """A link to a page with the filters kept; nothing (or with ``plain`` its words) where that page is not built."""
    file = PAGES / f"{action.page}.py"
    if not file.exists():
        if plain:
            st.markdown(before + action.label + after, width="content")
    else:
        label = f"{before}:primary[{action.label}]{after}"
        st.page_link(file, label=label, query_params=link_params(action.filters))


def grid(columns: int = 4, width: int = 160) -> st.delta_generator.DeltaGenerator:
    """The grid of KPI cards: two across on a phone."""
    return st.grid(columns, min_column_width=width, gap="xsmall", row_height="content")


def kpi(what: Kpi) -> None:
    """One number: label, value with unit and precision, comparisons, sparkline; its label leads to what it counts."""
    frame = guard()
    marks = (f" {badge(what.badge, what.tone)}" if what.badge else "") + demo_mark(frame.lang, what.demo)
    leads = what.action if what.action and (PAGES / f"{what.action.page}.py").exists() else None
    with st.container(border=True, height="stretch", gap=None, key=f"kpi_{what.key}"):
        if leads:
            link(dataclasses.replace(leads, label=what.label), after=marks)
        st.html(kpi_block.html(what, "" if leads else f":gray[{what.label}]{marks}", frame))


@contextmanager
def row(*widths: int) -> Iterator[list[st.delta_generator.DeltaGenerator]]:
    """Cards side by side; below each other on a phone."""
    yield st.columns(list(widths), gap="small")


def side_by_side(*draws: Callable[[], None] | None, widths: tuple[int, ...] = ()) -> None:
    """Cards side by side (below each other on a phone); those that are None are left out, one alone takes the row."""
    pairs = [(draw, width) for draw, width in zip(draws, widths or (1,) * len(draws), strict=True) if draw]
    if not pairs:
        return
    for column, (draw, _) in zip(st.columns([width for _, width in pairs], gap="small"), pairs, strict=True):
        with column:
            draw()


def ranking(card: Card, ranks: Iterable[tuple[Link, int]]) -> None:
    """A card of links, each with its count at the right."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        headline(card)
        for action, count in ranks:
            link(action, before=f"**{count:,}**\u3000", plain=True)
        footer(card, popover=False)


def chart(
    card: Card, draw: Callable[..., Plot], *pieces: Any, under: Callable[[], object] | None = None, **choices: Any
) -> None:
    """A chart card: headline, subtitle, plot, footer; the plot is ``draw(*pieces, mode=…, **choices)``. ``under`` draws
    what stands between plot and footer."""
    frame = guard()
    with st.container(border=True, height="stretch", gap="xsmall"):
        headline(card)
        plot.show(
            card.key, card.alt or card.headline, draw, *pieces, demo=card.demo, lang=frame.lang, mode=frame.mode,
            **choices,
        )  # fmt: skip
        if under:
            under()
        footer(card)


def table(card: Card, *, popover: bool = False) -> None:
    """A card whose body is its table; the popover is left out unless asked for."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        headline(card)
        if card.table:
            tables.show(card.table, card.alt or card.headline, guard().lang)
        footer(card, popover=popover)


def headline(card: Card) -> None:
    """Headline and subtitle as one markdown, so that they keep their distance."""
    mark = demo_mark(guard().lang, card.demo)
    subtitle = f"  \n:small[:gray[{card.subtitle}]]" if card.subtitle else ""
    st.markdown(f"**{card.headline}**{mark}{subtitle}")


def footer(card: Card, *, popover: bool = True) -> None:
    """Source at left; table and CSV at right."""
    lang = guard().lang
    source = t("card.source", lang, source=card.source) if card.source else ""
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="xsmall", key=f"foot_{card.key}"
    ):
        st.markdown(f":small[:gray[{source}]]", width="stretch")
        if card.origin:
            link(card.origin)
        if popover and card.table:
            draw = _twin if len(card.table.rows) <= _SENT else _twin_on_demand
            draw(card.key, card.table, card.alt or card.headline, lang)
        if card.table:
            download(partial(_csv, card.table, lang), card.file or card.key, f"csv_{card.key}", demo=card.demo)


def _twin(key: str, what: Table, alt: str, lang: Lang, *, sent: bool = True) -> None:
    label = f":small[:gray[{t('card.table', lang)}]]"
    box = st.popover(label, type="tertiary", key=f"table_{key}", on_change="ignore" if sent else "rerun")
    if sent or box.open:
        with box:
            tables.show(what, alt, lang)


@st.fragment
def _twin_on_demand(key: str, what: Table, alt: str, lang: Lang) -> None:
    # opening it runs this alone; no frame is needed, since there is none between two runs of the page
    _twin(key, what, alt, lang, sent=False)


def _csv(table: Table, lang: Lang) -> bytes:
    from hall.export.card import csv

    return csv(table, lang)


def download(build: Callable[[], bytes], name: str, key: str, *, demo: bool = False) -> None:
    """A CSV button; the file is built on click."""
    lang, known_on = guard().lang, guard().ctx.known_on
    name = f"{t('status.demo', lang)}_{name}" if demo else name
    if known_on:
        name = f"{name}_{t('known.label', lang)}_{known_on}"
    st.download_button(
        f":small[:gray[{t('card.csv', lang)}]]", build, file_name=f"{name}.csv", mime="text/csv", type="tertiary",
        key=key, on_click="ignore",
    )  # fmt: skip


def listing(
    title: str, subtitle: str, items: Iterable[ListItem], *, height: Literal["stretch", "content"] = "stretch"
) -> None:
    """A list card: badge first, then one sentence, then one link."""
    with st.container(border=True, height=height, gap="xsmall"):
        st.markdown(f"**{title}**" + (f"  \n:small[:gray[{subtitle}]]" if subtitle else ""))
        for item in items:
            words = f"{badge(item.badge, item.tone)} {item.text}"
            if not item.action:
                st.markdown(words)
                continue
            with st.container(horizontal=True, gap=None, vertical_alignment="center"):
                st.markdown(words, width="content")
                link(item.action)
