"""The cards of one document: its page or words with marks, its figures, its checks; whole tables, loading more."""

from __future__ import annotations

from functools import partial

import streamlit as st

from hall.model import Lang
from hall.text import t
from hall.text.plain import plain
from hall.ui import cards, choice, tables
from hall.ui.access import guard
from hall.ui.sources import by_hand, deciding, page_image, publishing, review
from hall.ui.sources.marked import marked
from hall.views.extracts.tables import Extract
from hall.views.parts.cards import Card
from hall.views.parts.marks import badge
from hall.views.sources import review as order
from hall.views.sources.document import Decided, MarkedFigure
from hall.views.sources.opened import Opened

_HEIGHT = 620
# words and line ends beyond which a text scrolls in its card
_LONG = 900
_MANY = 16


def words(opened: Opened) -> None:
    """The page with every figure boxed, or the text with every figure marked in place; without either the places."""
    lang = guard().lang
    with st.container(border=True, gap="xsmall"):
        held = f" :orange-badge[{opened.waiting}]" if opened.waiting else ""
        key = "by_hand" if opened.by_hand else "no_words" if opened.text is None else "words"
        subtitle = t(f"document.{key}_unit", lang, n=len(opened.marks))
        headline = t(f"document.{key}", lang)
        st.markdown(f"**{headline}**{held}  \n:small[:gray[{opened.line}]]  \n:small[:gray[{subtitle}]]")
        if opened.by_hand:
            by_hand.page(opened.document.sha256)
            return
        if opened.text is None:
            _places(opened, lang)
            return
        shape = "text"
        if opened.pages:
            options = {shape: t(f"document.as_{shape}", lang) for shape in ("page", "text")}
            shape = choice.segments("as", t("document.view", lang), options)
        with st.container(height=_HEIGHT if shape == "text" and _is_long(opened.text) else "content", border=False):
            if shape == "page":
                page_image.page(opened)
            else:
                st.markdown(marked(opened.text, opened.marks, opened.chosen.number if opened.chosen else None))
        sha = opened.document.sha256[:8]
        st.markdown(f":small[:gray[{t('document.identity', lang, sha=sha)}]]")


def _is_long(text: str) -> bool:
    return len(text) + 30 * text.count("\n") > _LONG


def _places(opened: Opened, lang: Lang) -> None:
    """Figures by section with their offsets, since there are no words to mark."""
    sections = dict.fromkeys(m.section for m in opened.marks)
    with st.container(height=_HEIGHT if len(opened.marks) > 12 else "content", border=False):
        for section in sections:
            own = [m for m in opened.marks if m.section == section]
            lines = [_place(m, lang, opened.chosen) for m in own]
            st.markdown(f":gray[{plain(section)}]  \n" + "  \n".join(lines))


def _place(mark: MarkedFigure, lang: Lang, chosen: MarkedFigure | None) -> str:
    colour = "violet" if chosen and chosen.number == mark.number else "orange" if mark.in_review else "blue"
    place = t("document.place", lang, start=mark.start, end=mark.end)
    return f":{colour}-background[{plain(mark.printed)}]:small[:{colour}[{mark.number}]]\u3000:small[:gray[{place}]]"


def figures(opened: Opened) -> None:
    """The list of figures, riskiest first; one of them with its sentence and, under review, its controls."""
    lang = guard().lang
    work = order.desk(opened)
    if review.is_on():
        publishing.bar(opened, work)
    if opened.marks:
        options = {"": t("document.no_figure", lang)} | {
            str(m.number): f"{m.number} {m.label} {m.printed}" for m in work.order
        }
        choice.select("figure", t("document.choose_figure", lang), options, "")
    chosen = opened.chosen
    if chosen:
        _one(opened, chosen, lang)
        if review.is_on():
            deciding.controls(opened, work, chosen)
    card = opened.figures
    if review.is_on():
        card = order.in_order(card, opened.marks, work, lang)
        if opened.by_hand:
            by_hand.form(opened.document.sha256)
        else:
            deciding.missed(opened)
    with st.container(border=True, gap="xsmall"):
        cards.headline(card)
        _rows(card)


def _one(opened: Opened, mark: MarkedFigure, lang: Lang) -> None:
    with st.container(border=True, gap="xsmall"):
        if opened.pages:
            page_image.strip(opened, mark)
        headline = t("document.of", lang, number=mark.number, label=plain(mark.label))
        kind = t(f"document.kind_{mark.kind}", lang)
        details = t("document.details", lang, kind=kind, section=plain(mark.section)) if mark.section else kind
        st.markdown(f"**{headline}** {badge(mark.status, lang)}  \n:small[:gray[{details}]]")
        st.markdown(f"{plain(mark.printed)} = **{mark.value}** {mark.around} {plain(mark.unit)}")
        lines = [t("document.bound", lang, metric=mark.metric) if mark.metric else t("document.unbound", lang)]
        if mark.about:
            lines.append(t("document.about", lang, about=plain(mark.about)))
        if mark.score is not None:
            lines.append(t("document.score", lang, score=f"{mark.score:.2f}"))
        st.markdown(f":small[:gray[{t('text.semicolon', lang).join(lines)}]]")
        if mark.decided:
            _made(mark, mark.decided, lang)
        if mark.sentence:
            st.markdown(plain(mark.sentence))
        elif not mark.typed:
            place = t("document.place", lang, start=mark.start, end=mark.end)
            st.markdown(f":small[:gray[{t('act.no_text', lang)}{t('text.semicolon', lang)}{place}]]")


def _made(mark: MarkedFigure, made: Decided, lang: Lang) -> None:
    """What a person decided, and the value as it was read before."""
    act = t(f"review.act_{made.act}", lang)
    words = t("review.made", lang, who=plain(made.by), act=act, reason=plain(made.reason))
    if made.read:
        words += t("text.semicolon", lang) + t("document.corrected", lang, printed=plain(mark.printed), read=made.read)
    st.markdown(f":small[:green[{words}]]")


def checks(opened: Opened) -> None:
    """The checks of the document in words."""
    lang = guard().lang
    line = opened.check_line if opened.checks else t("document.no_checks", lang)
    cards.listing(t("document.checks", lang), line, opened.checks, height="content")


def decisions(opened: Opened) -> None:
    """What people decided about the figures of the document."""
    if made := order.decisions(guard().ctx, opened):
        cards.table(made)


def excluded(card: Card) -> None:
    """Numbers that a rule keeps out, folded away."""
    with st.expander(card.headline):
        st.markdown(f":small[:gray[{card.subtitle}]]")
        _rows(card)


def _rows(card: Card) -> None:
    """The table of a card, which scrolls where it is long, and its footer."""
    if card.table:
        with st.container(height=_HEIGHT if len(card.table.rows) > _MANY else "content", border=False):
            tables.show(card.table, card.alt, guard().lang)
    cards.footer(card, popover=False)


def extracts(tables: tuple[Extract, ...]) -> None:
    """Whole tables to download, honouring the filters."""
    lang = guard().lang
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{t('sources.extracts', lang)}**  \n:small[:gray[{t('sources.extracts_unit', lang)}]]")
        with st.grid(3, min_column_width=220, gap="xsmall"):
            for one in tables:
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.markdown(f"{one.label}\u3000:small[:gray[{one.rows}]]", width="content")
                    name = t("file.extract", lang, table=one.label)
                    cards.download(partial(_csv, one, lang), name, f"extract_{one.key}")


def _csv(one: Extract, lang: Lang) -> bytes:
    from hall.export.csv import csv_bytes

    # what documents print is public: no count in it is left out
    return csv_bytes(one.frame, lang)


def more() -> None:
    """How to load more documents."""
    lang = guard().lang
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{t('sources.load', lang)}**  \n:small[:gray[{t('sources.load_what', lang)}]]")
        st.markdown(t("sources.load_how", lang))
