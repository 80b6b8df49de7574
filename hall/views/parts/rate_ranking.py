"""Departments ranked by a rate: for each a row of the plot and a row of the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hall.measure.ranking import Ranked
from hall.model import Lang
from hall.text import numbers, t
from hall.views.data import activities
from hall.views.parts.cards import Amount, Cell
from hall.views.parts.plots import Reach, Reaches
from hall.views.parts.wording import part

_STEP = 0.05


def percent(hits: int, n: int) -> str:
    """The rate as it was counted, with one decimal."""
    return numbers.percent(Decimal(hits) / n * 100, 1)


def rows(shown: Sequence[Ranked], lang: Lang) -> tuple[tuple[Cell, ...], ...]:
    """Rank, department, rate, the lower end of its interval, and of how many; neither rank nor end below the floor."""
    return tuple(
        (
            str(r.rank or ""), activities.name(r.id, lang), part(percent(r.hits, r.n), r.hits, r.n),
            part(_end(r.low), r.hits, r.n) if r.rank else "", Amount(f"{r.n:,}", r.n),
        )
        for r in shown
    )  # fmt: skip


def reaches(
    shown: Sequence[Ranked], whole: Decimal | None, *, hover: str, ends: str, numbered: bool, lang: Lang
) -> Reaches:
    """The plot. ``whole`` is the rate of all of them in %, None for no mark; ``hover`` and ``ends`` are text keys;
    ``numbered`` writes the rank before the name, which all in order need not and a phone has no room for."""
    return Reaches(
        rows=tuple(_reach(r, hover, numbered, lang) for r in shown),
        start=int(min(r.low for r in shown if r.rank is not None) / _STEP) * _STEP * 100,
        end=100.0,
        ends=t(ends, lang),
        mark=None if whole is None else (float(whole), t("casework.hall", lang, rate=numbers.percent(whole, 1))),
        suffix="%",
    )


def _reach(r: Ranked, hover: str, numbered: bool, lang: Lang) -> Reach:
    name, n, rate = activities.short(r.id, lang), f"{r.n:,}", percent(r.hits, r.n)
    if r.rank is None:
        return Reach(name=name, note=t("casework.too_few_of", lang, n=n))
    words = {"rank": r.rank, "name": activities.name(r.id, lang), "rate": rate, "n": n}
    return Reach(
        name=f"{r.rank} {name}" if numbered else name,
        at=r.rate * 100,
        low=r.low * 100,
        high=r.high * 100,
        label=t("casework.rate_of", lang, rate=rate, n=n),
        hover=t(hover, lang, low=_end(r.low), high=_end(r.high), **words),
    )


def _end(bound: float) -> str:
    return numbers.percent(Decimal(bound) * 100, 1)
