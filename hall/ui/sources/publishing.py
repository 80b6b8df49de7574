"""The bar over a document under review: how far it is, accept the rest, publish, withdraw, roll back, proposals."""

from __future__ import annotations

import streamlit as st

from hall.text import periods, t
from hall.ui import access
from hall.ui.access import guard
from hall.ui.sources import review
from hall.views.sources.opened import Opened
from hall.views.sources.review import Desk


def bar(opened: Opened, work: Desk) -> None:
    """State and buttons of the opened document."""
    from hall import review as clerk

    lang, sha = guard().lang, opened.document.sha256
    waiting = [d for d in clerk.pending() if d.document == sha]
    new = any(w.sha256 == sha and w.state != "loaded" for w in clerk.inbox())
    with st.container(border=True, gap="xsmall"):
        state = t("review.unpublished" if new else "review.published", lang)
        counts = t("review.counts", lang, waiting=work.waiting, decided=len(waiting))
        st.markdown(f"**{state}**  \n:small[:gray[{counts}]]")
        with st.container(horizontal=True, gap="xsmall"):
            st.button(t("review.accept_all", lang, n=work.plain), key="accept_all", disabled=not work.plain,
                      on_click=_accept_all, args=(sha,))  # fmt: skip
            if work.clear:
                with st.popover(t("review.accept_held", lang, n=work.clear), key="accept_held_box"):
                    st.markdown(t("review.accept_held_what", lang))
                    st.button(t("review.accept_held_do", lang), key="accept_held", on_click=_accept_all,
                              args=(sha, True))  # fmt: skip
            st.button(t("review.publish", lang), key="publish", disabled=not (new or waiting),
                      on_click=_publish, args=(sha,))  # fmt: skip
            if not new:
                with st.popover(t("review.withdraw", lang), key="withdraw_box"):
                    st.markdown(t("review.withdraw_what", lang))
                    st.button(t("review.withdraw_do", lang), key="withdraw", on_click=_withdraw, args=(sha,))
            with st.popover(t("review.rollback", lang), key="rollback_box"):
                _versions()
            if words := clerk.label_proposals():
                st.download_button(t("review.proposals", lang), words, "phrases-proposal.toml", "application/toml",
                                   on_click="ignore", key="proposals")  # fmt: skip


def _versions() -> None:
    from hall.store import versions

    lang = guard().lang
    found = [v for v in versions.versions() if not v.current]
    if not found:
        st.markdown(t("review.no_versions", lang))
        return
    acts = {v.name: t(f"review.made_by_{v.act}", lang) if v.act else "" for v in found}
    labels = {v.name: f"{periods.moment(v.built_at, lang)} {acts[v.name]} {v.user} {v.name[5:11]}" for v in found}
    st.selectbox(t("review.version", lang), list(labels), format_func=labels.__getitem__, key="_version")
    st.button(t("review.rollback_do", lang), key="rollback", on_click=_rollback)


def _accept_all(document: str, held: bool = False) -> None:
    from hall import review as clerk

    reason = t("review.reason_checked", access.lang()) if held else ""
    done = review.attempt(clerk.accept_all, document, review.who(), reason, held=held)
    if done:
        review.note(t("review.accepted", access.lang(), n=done))


def _publish(document: str) -> None:
    from hall import review as clerk

    if review.attempt(clerk.publish_document, document, review.who()):
        review.note(t("review.done", access.lang()))


def _withdraw(document: str) -> None:
    from hall import intake

    if review.attempt(intake.withdraw, document, review.who()):
        review.note(t("review.withdrawn", access.lang()))
        st.query_params.pop("document", None)


def _rollback() -> None:
    from hall.store import publish

    if review.attempt(publish.rollback, st.session_state["_version"], review.who()):
        review.note(t("review.rolled_back", access.lang()))
