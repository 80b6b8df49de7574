"""What a clerk says about one figure: right, wrong, no figure, another measure; or one that was missed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from hall import catalog
from hall.decision import Decision
from hall.model import HallError
from hall.store import journal
from hall.text import t, typed
from hall.ui import access
from hall.ui.access import guard
from hall.ui.sources import review
from hall.views.sources.document import MarkedFigure, OtherNumber
from hall.views.sources.opened import Opened
from hall.views.sources.review import Desk

_REASONS = ("checked", "misread", "misprint", "note")


def controls(opened: Opened, work: Desk, mark: MarkedFigure) -> None:
    """The controls under the chosen figure."""
    lang, sha, n = guard().lang, opened.document.sha256, mark.number
    keys = {name: f"_{name}_{sha[:8]}_{n}" for name in ("value", "reason", "why", "metric")}
    follower = work.next(mark)
    args = (sha, mark, keys, follower.number if follower else None)
    if mark.added:
        with st.container(border=True, gap="xsmall"):
            st.button(t("review.undo", lang), key=f"undo_{n}", on_click=_undo, args=(sha, mark))
        return
    with st.container(border=True, gap="xsmall"):
        left, right = st.columns(2)
        with left:
            st.text_input(t("review.value", lang), key=keys["value"], placeholder=mark.printed)
        with right:
            words = {r: t(f"review.reason_{r}", lang) for r in _REASONS}
            st.selectbox(t("review.reason", lang), list(words), format_func=words.__getitem__, key=keys["reason"])
        if st.session_state.get(keys["reason"]) == "note":
            st.text_input(t("review.why", lang), key=keys["why"])
        with st.container(horizontal=True, gap="xsmall"):
            for act in ("accept", "correct", "reject"):
                st.button(t(f"review.{act}", lang), key=f"{act}_{n}", on_click=_decide, args=(act, *args))
            if mark.decided:
                st.button(t("review.undo", lang), key=f"undo_{n}", on_click=_undo, args=(sha, mark), type="tertiary")
            elif follower:
                onward = (follower.number,)
                st.button(t("review.next", lang), key=f"next_{n}", type="tertiary", on_click=_go, args=onward)
        if mark.kind in {"volume", "rate", "before"}:
            names = {m.id: m.label(lang) for m in catalog.metrics().values()}
            st.selectbox(t("review.metric", lang), list(names), index=None, format_func=names.__getitem__,
                         key=keys["metric"], placeholder=t("review.metric_hint", lang))  # fmt: skip
            if st.session_state.get(keys["metric"]):
                st.button(t("review.map", lang), key=f"map_{n}", on_click=_decide, args=("map", *args))


def _decide(act: Any, document: str, mark: MarkedFigure, keys: dict[str, str], follower: int | None) -> None:
    from hall import review as clerk

    state = st.session_state
    reason = state.get(keys["reason"], "checked")
    why = str(state.get(keys["why"], "")) if reason == "note" else t(f"review.reason_{reason}", access.lang())

    def send() -> bool:
        value = typed.value(str(state.get(keys["value"], ""))) if act == "correct" else None
        decision = Decision(
            "", document, act, "", journal.now(), why.strip(), mark.start, mark.end, mark.printed, value,
            label=mark.words, metric=state.get(keys["metric"]) if act == "map" else None,
        )  # fmt: skip
        clerk.decide([decision], review.who())
        return True

    if review.attempt(send) and follower and act != "map":
        _go(follower)


def _undo(document: str, mark: MarkedFigure) -> None:
    from hall import review as clerk

    made = mark.decided
    typed_in = (made.at, mark.printed, mark.metric_id) if mark.typed and made else None
    review.attempt(clerk.undo, document, mark.start, mark.end, review.who(), typed_in)


def _go(number: int) -> None:
    st.query_params["figure"] = str(number)


def missed(opened: Opened) -> None:
    """Add a figure that was not read: one of the numbers left over, words of the text, or a value typed by hand."""
    lang, sha = guard().lang, opened.document.sha256
    # its state is kept on the server: what is drawn above it changes while it is in use
    with st.expander(t("review.missed", lang), key="missed", on_change="rerun"):
        others = {f"{n.start}": n for n in opened.others}
        names = {"": t("review.by_hand", lang), "words": t("review.by_words", lang)} | {
            key: f"{n.text} ・ {n.around}" for key, n in others.items()
        }
        st.selectbox(t("review.missed_which", lang), list(names), format_func=names.__getitem__, key="_add_place")
        place = st.session_state.get("_add_place", "")
        if place == "words":
            st.text_input(t("review.words", lang), key="_add_words")
        one, two = st.columns(2)
        with one:
            st.text_input(t("review.label", lang), key="_add_label")
            st.text_input(t("review.added_value", lang), key="_add_value")
        with two:
            units = list(dict.fromkeys(u.spellings[0] for u in catalog.units().values()))
            metrics = {"": t("review.no_metric", lang)} | {m.id: m.label(lang) for m in catalog.metrics().values()}
            st.selectbox(t("review.unit", lang), units, None, key="_add_unit", placeholder=t("review.unit_hint", lang))
            st.selectbox(t("review.metric", lang), list(metrics), format_func=metrics.__getitem__, key="_add_metric")
        scopes = {s: t(f"scope.{s}", lang) for s in ("period", "year_to_date", "as_of")}
        st.segmented_control(t("review.scope", lang), list(scopes), default="period", format_func=scopes.__getitem__,
                             key="_add_scope", required=True)  # fmt: skip
        st.button(t("review.add", lang), key="add_figure", on_click=_add, args=(sha, opened, others))


def _add(document: str, opened: Opened, others: dict[str, OtherNumber]) -> None:
    from hall import review as clerk

    state = st.session_state

    def send() -> str:
        start, end, printed = _place(opened, others, str(state["_add_place"]), str(state.get("_add_words", "")))
        words = str(state["_add_value"]).strip() or printed or ""
        value, decimals, power, unit = typed.measured(words)
        metric = state["_add_metric"] or None
        how = t("review.reason_checked" if end else "review.by_hand", access.lang())
        clerk.decide([Decision(
            "", document, "add", "", journal.now(), how, start, end,
            printed or words, value, state["_add_unit"] or unit, str(state["_add_label"]).strip() or None, metric,
            state["_add_scope"], decimals=decimals, unit_mult=power,
        )], review.who())  # fmt: skip
        return words

    if (words := review.attempt(send)) is not None:
        review.note(t("review.hand_added", access.lang(), value=words))
        state.update({"_add_value": "", "_add_label": "", "_add_words": ""})


def _place(
    opened: Opened, others: dict[str, OtherNumber], chosen: str, words: str
) -> tuple[int | None, int | None, str | None]:
    """Where the added figure stands; nothing for one typed by hand. HallError words_not_found."""
    if found := others.get(chosen):
        return found.start, found.end, found.text
    if chosen != "words":
        return None, None, None
    text = opened.text or ""
    if not words.strip() or text.count(words) != 1:
        raise HallError("words_not_found", words=words.strip()[:40] or "-")
    start = text.index(words)
    return start, start + len(words), words
