"""Controls of the page 趋势: what it was asked for, and the widgets that ask."""

from __future__ import annotations

from typing import Any

from hall import catalog
from hall.model import Lang
from hall.text import t
from hall.ui import choice
from hall.views.trends.page import MODES, View

_OFF = "off"


def asked() -> dict[str, Any]:
    """What the URL asks 趋势 for; the widgets are made later, since what they offer hangs on the data."""
    return {
        "grain": choice.given("grain") or None,
        "metrics": choice.many("metric", dict.fromkeys(catalog.metrics(), "")),
        "mode": choice.given("mode") or MODES[0],
        "last_year": choice.given("last") != _OFF,
        "other": choice.settled("beside", catalog.publisher_id),
    }


def trends(view: View, lang: Lang) -> None:
    """Metrics, grain, mode, last year's line, and another hall beside."""
    choice.pills("metric", t("trends.metrics", lang), dict(view.metrics), view.chosen)
    with choice.line():
        choice.segments("grain", t("trends.grain", lang), dict(view.grains), view.first)
        choice.segments("mode", t("trends.mode", lang), {m: t(f"trends.mode_{m}", lang) for m in view.modes})
        if view.comparable:
            words = {"on": t("trends.last_year", lang), _OFF: t("trends.last_year_off", lang)}
            choice.segments("last", t("trends.last_year", lang), words)
    if view.halls:
        options = {"": t("beside.none", lang), **dict(view.halls)}
        choice.select("beside", t("beside.label", lang), options, "", width=260)
