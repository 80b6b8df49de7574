"""What the charts of page 部门 draw: the heat map with its ranking, and the newest period by date."""

from __future__ import annotations

from datetime import date, timedelta

from hall import catalog
from hall.measure.workdays import is_workday
from hall.text import join, periods, t
from hall.views.data.activities import DatedActivity, days, short
from hall.views.data.activity_counts import ActivityCounts, Timeline
from hall.views.data.context import Context
from hall.views.departments.cards import category_name, change_words, months
from hall.views.parts.maps import HeatMap, HeatRow
from hall.views.parts.plots import DatedMark, DatedMarks


def heat(ctx: Context, board: ActivityCounts) -> HeatMap:
    """The heat map with its ranking."""
    lang, known, columns = ctx.lang, catalog.categories(), months(board, ctx.lang)
    rows = []
    for row in board.rows:
        label = short(row.department, lang)
        stack = [(known[c].label(lang), known[c].colour, n) for c, n in row.categories if c in known]
        said = (
            "" if n is None else t("departments.cell", lang, row=label, column=column.replace("<br>", " "), n=n)
            for column, n in zip(columns, row.months, strict=True)
        )
        change = change_words(row.change, lang)
        rows.append(
            HeatRow(
                label=label,
                counts=row.months,
                hover=tuple(said),
                stack=tuple(
                    (*part, t("departments.bar", lang, row=label, category=part[0], n=part[2])) for part in stack
                ),
                end=f"{row.total} {change}" if change and row.change else str(row.total),
            )
        )
    return HeatMap(rows=tuple(rows), columns=columns, ranking=t("departments.ranking", lang))


def timeline(ctx: Context, line: Timeline) -> DatedMarks:
    """The activities of the newest period by date."""
    lang = ctx.lang
    first = min([line.period.start, *(a.date_start for a in line.acts)])
    last = max([line.period.end, *(a.date_end for a in line.acts)])
    rests = tuple(
        (a, b, t("departments.rest", lang, days=periods.days(a, b, lang)))
        for a, b in _rests(first, last)
        if (b - a).days > 1
    )
    marks = tuple(DatedMark(_who(ctx, a), a.date_start, a.date_end, _colour(a), _hover(ctx, a)) for a in line.acts)
    axis = t("departments.axis", lang, period=periods.full(line.period, lang))
    return DatedMarks(marks=marks, first=first, last=last, rests=rests, axis=axis)


def _who(ctx: Context, act: DatedActivity) -> str:
    ids = act.leads or tuple(p.id for p in act.parties)
    chosen = next((d for d in ctx.departments if any(p.id == d for p in act.parties)), None)
    first = chosen or (ids[0] if ids else "")
    return short(first, ctx.lang) if first else t("departments.nobody", ctx.lang)


def _hover(ctx: Context, act: DatedActivity) -> str:
    who = join([short(p.id, ctx.lang) for p in act.parties], ctx.lang)
    return f"{days(act, ctx.lang)} {category_name(act.category, ctx.lang)}<br>{act.title}<br>{who}".replace("$", "")


def _colour(act: DatedActivity) -> str:
    known = catalog.categories().get(act.category)
    return known.colour if known else "ink"


def _rests(first: date, last: date) -> list[tuple[date, date]]:
    """Runs of days off of three days or more: holidays, not weekends."""
    found: list[tuple[date, date]] = []
    at = first
    while at <= last:
        if is_workday(at) is False:
            end = at
            while end < last and is_workday(end + timedelta(days=1)) is False:
                end += timedelta(days=1)
            if (end - at).days >= 2:
                found.append((at, end))
            at = end
        at += timedelta(days=1)
    return found
