"""Deliveries of records that are held: a clerk lets one in with a reason, or gives it up."""

from __future__ import annotations

import streamlit as st

from hall import catalog
from hall.store.held import HeldDelivery
from hall.text import periods, t
from hall.text.plain import plain
from hall.ui import access, cards
from hall.ui.access import guard
from hall.ui.sources import review
from hall.views.data import held


def waiting() -> None:
    """A card for each of them; where review is on, with what can be done."""
    frame = guard()
    lang = frame.lang
    for one in held.waiting(frame.ctx):
        with st.container(border=True, gap="xsmall", key=f"held_{one.id}"):
            words = plain(held.sentence(one, lang))
            st.markdown(f"{cards.badge(t('hold.badge', lang), 'attention')} {words}")
            about = t("hold.about", lang, publisher=catalog.publisher(one.publisher).short(lang),
                      at=periods.moment(held.at(one), lang), folder=plain(held.folder(one)))  # fmt: skip
            st.markdown(f":small[:gray[{about}]]")
            if review.is_on():
                _decide(one)


def _decide(one: HeldDelivery) -> None:
    lang, reason = guard().lang, f"_held_reason_{one.id}"
    st.text_input(t("hold.why", lang), key=reason, max_chars=120)
    with st.container(horizontal=True, gap="xsmall"):
        st.button(t("hold.let_in", lang), key=f"let_in_{one.id}", on_click=_let_in, args=(one, reason))
        st.button(t("hold.give_up", lang), key=f"give_up_{one.id}", on_click=_give_up, args=(one, reason))


def _let_in(one: HeldDelivery, reason: str) -> None:
    from hall.cases import load, rollup

    why = str(st.session_state.get(reason, ""))
    if review.attempt(load.let_in, one.publisher, one.id, review.who(), why) is None:
        return
    if review.attempt(rollup.rollup, one.publisher) is not None:
        review.note(t("hold.done", access.lang()))


def _give_up(one: HeldDelivery, reason: str) -> None:
    from hall.cases import holding

    why = str(st.session_state.get(reason, ""))

    def send() -> bool:
        holding.give_up(one.publisher, one.id, review.who(), why)
        return True

    if review.attempt(send):
        review.note(t("hold.given_up", access.lang()))
