"""The card of one task: its facts, and each piece of evidence with what it shares and the way to its source."""

from __future__ import annotations

import streamlit as st

from hall.text import t
from hall.text.plain import plain
from hall.ui import cards
from hall.ui.access import guard
from hall.views.plan.task import TaskCard

_PAGE = 8


def card(task: TaskCard) -> None:
    """The whole card."""
    lang = guard().lang
    with st.container(border=True, gap="xsmall"):
        cards.headline(task.card)
        st.markdown("  \n".join(f":gray[{label}]\u3000{words}" for label, words in task.facts))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.popover(f":small[:gray[{t('act.quote', lang)}]]", type="tertiary", key="task_quote"):
                st.markdown(plain(task.quote) if task.quote else f":gray[{t('act.no_text', lang)}]")
            cards.link(task.action)
        pages = max(1, -(-len(task.proofs) // _PAGE))
        first = (min(int(st.session_state.get("proof_page", 1)), pages) - 1) * _PAGE
        for i, proof in enumerate(task.proofs[first : first + _PAGE], start=first):
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small", wrap=False
            ):
                st.markdown(f"{proof.text}  \n:small[:gray[{proof.why}]]", width="stretch")
                with st.popover(f":small[:gray[{t('act.quote', lang)}]]", type="tertiary", key=f"proof_{i}"):
                    st.markdown(plain(proof.quote) if proof.quote else f":gray[{t('act.no_text', lang)}]")
                    cards.link(proof.action)
        if pages > 1:
            st.pagination(pages, key="proof_page")
        st.markdown(f":small[:gray[{task.note}]]")
        cards.footer(task.card, popover=False)
