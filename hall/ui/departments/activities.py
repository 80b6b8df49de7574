"""The list of acts: who did what, when; the sentence one click away, the document one more."""

from __future__ import annotations

import streamlit as st

from hall.model import Lang
from hall.text import join, t
from hall.text.plain import plain
from hall.ui import cards
from hall.ui.access import guard
from hall.ui.key import painted
from hall.views.data import activities as view
from hall.views.departments.cards import key, parties
from hall.views.departments.profile import Profile
from hall.views.link import Link
from hall.views.parts.cards import Card
from hall.views.parts.citation import cite

_PAGE = 8


def listing(card: Card, found: tuple[view.DatedActivity, ...]) -> None:
    """The card of acts, a page of them at a time."""
    lang = guard().lang
    with st.container(border=True, height="stretch", gap="xsmall"):
        cards.headline(card)
        pages = max(1, -(-len(found) // _PAGE))
        at = min(int(st.session_state.get("acts_page", 1)), pages)
        for act in found[(at - 1) * _PAGE : at * _PAGE]:
            _act(act, lang)
        if pages > 1:
            st.pagination(pages, key="acts_page")
        cards.footer(card, popover=False)


def _act(act: view.DatedActivity, lang: Lang) -> None:
    line = t("text.dot", lang).join(filter(None, (key((act.category,), lang), parties(act, lang))))
    body = painted(Card(key="", headline="", subtitle=line), guard().mode)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small", wrap=False
    ):
        st.markdown(
            f":gray[{view.days(act, lang)}]\u3000**{plain(act.title)}**  \n:small[:gray[{body.subtitle}]]",
            width="stretch",
        )
        with st.popover(
            f":small[:gray[{t('act.quote', lang)}]]", type="tertiary", key=f"act_{act.document.sha256}_{act.number}"
        ):
            sentence(act.quote, act.section, act.start, act.end, lang)
            if act.offices:
                st.markdown(f":small[:gray[{plain(t('departments.offices', lang, offices=join(act.offices, lang)))}]]")
            cards.link(Link(cite(act.document, lang), "sources", {"document": act.document.sha256}))


def sentence(quote: str | None, section: str | None, start: int, end: int, lang: Lang) -> None:
    """The words of a document as plain text, or that they are not at hand; always the place."""
    if quote:
        st.markdown(plain(quote))
    else:
        st.markdown(f":gray[{t('act.no_text', lang)}]")
    key = "act.place" if section else "act.place_only"
    st.markdown(f":small[:gray[{t(key, lang, section=plain(section or ''), start=start, end=end)}]]")


def profile(found: Profile) -> None:
    """One department: a sentence, its tasks and the figures about it."""
    st.markdown(f"**{found.summary}**" + (f"  \n:small[:gray[{found.note}]]" if found.note else ""))
    shown = [card for card in (found.tasks, found.figures) if card]
    if shown:
        with cards.row(*[1] * len(shown)) as places:
            for place, card in zip(places, shown, strict=True):
                with place:
                    cards.table(card)
