"""Page head, KPI card, chart card, table card, list card, empty state. How a page uses them:

    from hall.ui import cards
    from hall.ui.access import guard
    from hall.ui.cache import load
    from hall.charts import bar
    from hall.views import windows

    frame = guard()                                   # Frame: selection, lang, mode ("light" | "dark")
    view = load(windows.load, frame.selection)        # choices of page controls as keywords: grain="M"
    cards.head(view.head)                             # pieces.Head; title also names the browser tab
    if view.empty:
        cards.empty(view.empty)                       # pieces.Empty: headline, text, links; stops the page
    cards.chart(view.card, bar.channels, view.stacks)  # pieces.Card, how to draw, what to draw
    cards.table(view.changes)                         # a card whose body is its table
    cards.beside(lambda: ..., None, widths=(3, 2))    # side by side; what is None is left out
    cards.listing(title, subtitle, items)             # pieces.Item: badge, sentence, one link

Every card draws its own footer: source at left; table popover and CSV at right (card.table, card.frame).
In a row use ``beside``, ``row`` or ``grid()``; cards stretch to the height of the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import polars as pl
import streamlit as st

from hall.charts.figure import Figure
from hall.charts.spark import spark
from hall.measure.suppress import Counts
from hall.model import Lang
from hall.paths import PAGES
from hall.text import periods, t
from hall.ui import plot
from hall.ui.access import guard
from hall.ui.filters import link_params
from hall.ui.tables import show as show
from hall.views.pieces import Action, Card, Empty, Head, Item, Kpi, Tone

_BADGE: dict[Tone, str] = {"attention": "orange", "good": "green", "quiet": "gray", "plain": "gray"}


def badge(words: str, tone: Tone) -> str:
    """A small coloured label as markdown."""
    return f":{_BADGE[tone]}-badge[{words}]"


def demo_mark(lang: Lang, demo: bool) -> str:
    """The mark of generated data after a headline, or nothing."""
    return " " + badge(t("status.demo", lang), "attention") if demo else ""


def head(what: Head) -> None:
    """Title, gray line, the day of knowledge where one is chosen; then the finding and, once, what is missing."""
    lang = guard().lang
    with st.container(gap=None):
        st.title(what.title, anchor=False)
        st.markdown(f":gray[{what.line}]{demo_mark(lang, what.demo)}")
    if known_on := guard().selection.known_on:
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


def link(action: Action, *, before: str = "", plain: bool = False) -> None:
    """A link to a page with the filters kept; nothing (or with ``plain`` its words) where that page is not built."""
    file = PAGES / f"{action.page}.py"
    if not file.exists():
        if plain:
            st.markdown(before + action.label, width="content")
    else:
        st.page_link(file, label=f"{before}:primary[{action.label}]", query_params=link_params(action.filters))


def grid(columns: int = 4, width: int = 160) -> st.delta_generator.DeltaGenerator:
    """The grid of KPI cards: two across on a phone."""
    return st.grid(columns, min_column_width=width, gap="xsmall", row_height="content")


def kpi(what: Kpi) -> None:
    """One number: label, value with unit and precision, at most two comparisons, sparkline."""
    frame = guard()
    with st.container(border=True, height="stretch", gap="xxsmall"):
        mark = f" {badge(what.badge, what.tone)}" if what.badge else ""
        beside = f":small[:small[:gray[{what.beside}]]]" if what.beside else ""
        value = f":gray[{what.number}]" if what.held else what.number
        # an English unit is too long to stand beside the number on a phone
        inline = frame.lang == "zh"
        st.metric(
            f":gray[{what.label}]{mark}{demo_mark(frame.lang, what.demo)}", f"{value} {beside}" if inline else value
        )
        if not inline and what.beside:
            st.markdown(f":small[:gray[{what.beside}]]")
        for line in what.lines:
            change = f"**{line.change}**" + (f"\u3000{line.percent}" if line.percent else "")
            st.markdown(f":small[{change}]  \n:small[:gray[{line.other}]]")
        if what.note:
            st.markdown(f":small[:gray[{what.note}]]")
        if what.action:
            link(what.action)
        if what.slots:
            st.space("stretch")
            image = spark(what.slots, what.colour, frame.mode)
            st.html(f'<img alt="{what.alt}" src="{image}" style="width:100%;height:34px;display:block">')


@contextmanager
def row(*widths: int) -> Iterator[list[st.delta_generator.DeltaGenerator]]:
    """Cards side by side; below each other on a phone."""
    yield st.columns(list(widths), gap="small")


def beside(*draws: Callable[[], None] | None, widths: tuple[int, ...] = ()) -> None:
    """Cards side by side (below each other on a phone); those that are None are left out, one alone takes the row."""
    pairs = [(draw, width) for draw, width in zip(draws, widths or (1,) * len(draws), strict=True) if draw]
    if not pairs:
        return
    for column, (draw, _) in zip(st.columns([width for _, width in pairs], gap="small"), pairs, strict=True):
        with column:
            draw()


def ranking(card: Card, ranks: Iterable[tuple[Action, int]]) -> None:
    """A card of links, each with its count at the right."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        headline(card)
        with st.container(gap="xxsmall"):
            for action, count in ranks:
                link(action, before=f"**{count:,}**\u3000", plain=True)
        st.space("stretch")
        footer(card, popover=False)


def chart(card: Card, draw: Callable[..., Figure], *pieces: Any, **choices: Any) -> None:
    """A chart card: headline, subtitle, plot, footer; the plot is ``draw(*pieces, mode=…, **choices)``."""
    frame = guard()
    with st.container(border=True, height="stretch", gap="xsmall"):
        headline(card)
        plot.show(
            card.key, card.alt or card.headline, draw, *pieces, demo=card.demo, lang=frame.lang, mode=frame.mode,
            **choices,
        )  # fmt: skip
        st.space("stretch")
        footer(card)


def table(card: Card, *, popover: bool = False) -> None:
    """A card whose body is its table; the popover is left out unless asked for."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        headline(card)
        if card.table:
            show(card.table, card.alt or card.headline)
        st.space("stretch")
        footer(card, popover=popover)


def headline(card: Card) -> None:
    """Headline and subtitle as one markdown, so that they keep their distance."""
    mark = demo_mark(guard().lang, card.demo)
    subtitle = f"  \n:small[:gray[{card.subtitle}]]" if card.subtitle else ""
    st.markdown(f"**{card.headline}**{mark}{subtitle}")


def footer(card: Card, *, popover: bool = True) -> None:
    """Source at left; table and CSV at right. On a phone the buttons drop under the source."""
    lang = guard().lang
    source = t("card.source", lang, source=card.source) if card.source else ""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xsmall"):
        st.markdown(f":small[:gray[{source}]]", width="content")
        with st.container(horizontal=True, width="content", gap="xsmall", wrap=False, vertical_alignment="center"):
            if card.origin:
                link(card.origin)
            if popover and card.table:
                with st.popover(f":small[:gray[{t('card.table', lang)}]]", type="tertiary", key=f"table_{card.key}"):
                    show(card.table, card.alt or card.headline)
            if card.frame is not None:
                name = card.file or card.key
                named = f"{t('status.demo', lang)}_{name}" if card.demo else name
                download(card.frame, named, f"csv_{card.key}", card.counts)


def download(frame: pl.DataFrame, name: str, key: str, counts: Counts | None = None) -> None:
    """A CSV button; the file is built on click. ``counts`` are its columns that count cases."""
    lang, known_on = guard().lang, guard().selection.known_on
    if known_on:
        name = f"{name}_{t('known.label', lang)}_{known_on}"

    def build() -> bytes:
        from hall.export.csv import csv_bytes
        from hall.export.released import released

        kept, notes = released(frame, counts, lang)
        return csv_bytes(kept, lang, notes)

    st.download_button(
        f":small[:gray[{t('card.csv', lang)}]]", build, file_name=f"{name}.csv", mime="text/csv", type="tertiary",
        key=key, on_click="ignore",
    )  # fmt: skip


def listing(
    title: str, subtitle: str, items: Iterable[Item], *, height: Literal["stretch", "content"] = "stretch"
) -> None:
    """A list card: badge first, then one sentence, then one link."""
    with st.container(border=True, height=height, gap="xsmall"):
        st.markdown(f"**{title}**" + (f"  \n:small[:gray[{subtitle}]]" if subtitle else ""))
        for item in items:
            with st.container(horizontal=True, gap=None, vertical_alignment="center"):
                st.markdown(f"{badge(item.badge, item.tone)} {item.text}", width="content")
                if item.action:
                    link(item.action)
