"""Controls that belong to one page: they keep their value for the session, not in the URL."""

from __future__ import annotations

from typing import Any

import streamlit as st

from hall.model import Lang
from hall.text import t
from hall.views.trends import MODES, View


def trend_choices() -> dict[str, Any]:
    """What 趋势 was asked for; the widgets are made later, since what they offer hangs on the data."""
    state = st.session_state
    grain = state.get("trend_grain")
    return {
        "grain": grain, "metrics": tuple(state.get(f"trend_metrics_{grain}") or ()),
        "mode": state.get("trend_mode") or "value", "last_year": state.get("trend_last", True) is not False,
    }  # fmt: skip


def trends(view: View, lang: Lang) -> None:
    """Metrics, grain, mode and last year's line."""
    grains, metrics = dict(view.grains), dict(view.metrics)
    if st.session_state.get("trend_grain") not in grains:
        st.session_state["trend_grain"] = view.grain
    key = f"trend_metrics_{view.grain}"
    kept = [m for m in st.session_state.get(key) or () if m in metrics]
    st.session_state[key] = kept or list(view.chosen)
    st.pills(
        t("trends.metrics", lang), list(metrics), selection_mode="multi", key=key,
        format_func=lambda m: metrics[m], label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        st.segmented_control(
            t("trends.grain", lang), list(grains), key="trend_grain", required=True, format_func=lambda g: grains[g],
            label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        st.segmented_control(
            t("trends.mode", lang), list(MODES), key="trend_mode", default="value", required=True,
            format_func=lambda m: t(f"trends.mode_{m}", lang), label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        if view.comparable:
            st.pills(
                t("trends.last_year", lang), ["last"], key="trend_last_pill", selection_mode="multi", default=["last"],
                format_func=lambda _: t("trends.last_year", lang), label_visibility="collapsed",
                persist_state="session", on_change=_last,
            )  # fmt: skip


def _last() -> None:
    st.session_state["trend_last"] = bool(st.session_state["trend_last_pill"])
