"""Cards of the channels over time: all six as parts of each month, 全程网办率, the others by themselves, the change."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from hall import catalog
from hall.measure.change import change
from hall.measure.share import Share, share_change
from hall.measure.suppress import Counts
from hall.model import Period
from hall.text import numbers, periods, t
from hall.views.channels.kpis import higher
from hall.views.data.cases_by_channel import Flow, online
from hall.views.parts import axis, wording
from hall.views.parts.cards import Card, Cell, Lines, Table, Track
from hall.views.parts.citation import cite


def parts(flow: Flow, show: str) -> tuple[Card, Lines] | None:
    """Every month in parts by channel, as shares (``show`` share) or cases (count)."""
    lang, spine = flow.lang, flow.spine
    if len(spine) < 2:
        return None
    channels = catalog.channels()
    whole = [flow.accepted(m, ()) for m in spine]
    power = axis.scale(whole, lang) if show == "count" else 0
    tracks = []
    for channel in channels.values():
        counts = [flow.accepted(m, (channel.id,)) for m in spine]
        shares = [flow.part(m, channel.id) for m in spine]
        last = _share(shares[-1], 1) if show == "share" else axis.label(counts[-1], power)
        values = [float(s.percent) if s else None for s in shares] if show == "share" else [
            float(q.value.scaleb(-power)) for q in counts
        ]  # fmt: skip
        hover = tuple(
            t("channels.hover", lang, month=periods.full(m, lang), channel=channel.label(lang),
              value=wording.shown(q, lang), share=_share(s, 1))
            for m, q, s in zip(spine, counts, shares, strict=True)
        )  # fmt: skip
        name = f"<b>{last}</b> {channel.label(lang)}"
        tracks.append(Track(name, channel.colour, tuple(values), tuple(wording.number(q, lang) for q in counts), hover))
    rate = flow.part(spine[-1], online()[0])
    headline = t("channels.parts_head", lang, month=periods.short(spine[-1], lang), share=_share(rate, 1))
    unit = numbers.unit_word("case", lang, power) if show == "count" else t("channels.of_all", lang)
    shown = periods.between(spine[0], spine[-1], lang)
    rows: list[tuple[Cell, ...]] = [
        (periods.short(spine[i], lang), *(int(flow.accepted(spine[i], (c,)).value) for c in channels))
        for i in reversed(range(len(spine)))
    ]
    columns = (t("casework.month", lang), *(c.label(lang) for c in channels.values()))
    return Card(
        "channel_parts", headline, t("channels.parts_what", lang, who=flow.who, months=shown, unit=unit),
        cite(flow.source, lang), Table(columns, tuple(rows)), frame(flow), t("file.channel_months", lang),
        t("channels.parts_alt", lang, headline=headline, n=len(spine)), flow.demo, flow.way(), counts=counted(),
    ), Lines(tuple(tracks), len(spine), axis.ticks(spine, lang))  # fmt: skip


def rate(flow: Flow) -> tuple[Card, Lines] | None:
    """全程网办率 by month, with the same months of the year before."""
    lang, spine = flow.lang, flow.spine
    rates = [flow.online(m) for m in spine]
    known = [(m, r) for m, r in zip(spine, rates, strict=True) if r]
    if len(known) < 2:
        return None
    held = set(flow.ctx.coverage.cases)
    past = [flow.online(p) if (p := m.year_ago()).key in held else None for m in spine]
    label = t("overview.online_share", lang)
    track = Track(
        label, "blue", tuple(float(r.percent) if r else None for r in rates), tuple(_share(r, 1) for r in rates),
        tuple(f"{periods.full(m, lang)}<br>{label} {wording.rate(r, lang)}" if r else ""
              for m, r in zip(spine, rates, strict=True)),
        tuple(float(r.percent) if r else None for r in past),
        t("trends.last_year_end", lang, value=_share(past[-1], 1)) if past[-1] else "",
    )  # fmt: skip
    month, now = known[-1]
    then = flow.online(month.year_ago()) if month.year_ago().key in held else None
    words = {"month": periods.short(month, lang), "share": wording.rate(now, lang), "change": higher(now, then, lang)}
    headline = t("channels.rate_change" if words["change"] else "channels.rate_head", lang, **words)
    key = t("casework.last_year", lang) if any(past) else ""
    rows = tuple((periods.short(m, lang), wording.rate(r, lang)) for m, r in reversed(known))
    data = frame(flow).with_columns(_rates(known).alias("online_share"))
    return Card(
        "channel_rate", headline, t("channels.rate_what", lang, who=flow.who) + key, cite(flow.source, lang),
        Table((t("casework.month", lang), label), rows), data, t("file.channel_rate", lang),
        t("channels.rate_alt", lang, headline=headline, n=len(known)), flow.demo, flow.way(*online()),
        Counts(counted().columns, counted().sums, derived=(("online_share", ("online", "comprehensive_window")),)),
    ), Lines((track,), len(spine), axis.ticks(spine, lang), from_zero=False)  # fmt: skip


def others(flow: Flow) -> tuple[Card, Lines] | None:
    """The shares of the channels beside the largest, which the parts of a month are too small to show."""
    lang, spine = flow.lang, flow.spine
    if len(spine) < 2:
        return None
    tracks = []
    for channel in catalog.channels().values():
        shares = [flow.part(m, channel.id) for m in spine]
        if channel.id in online() or not any(s and s.percent for s in shares):
            continue
        hover = tuple(f"{periods.full(m, lang)}<br>{channel.label(lang)} {_share(s, 2)}"
                      for m, s in zip(spine, shares, strict=True))  # fmt: skip
        values = tuple(float(s.percent) if s else None for s in shares)
        tracks.append(Track(channel.label(lang), channel.colour, values, tuple(_share(s, 1) for s in shares), hover))
    if not tracks:
        return None
    top = max(tracks, key=lambda track: track.values[-1] or 0.0)
    month = periods.short(spine[-1], lang)
    headline = t("channels.others_head", lang, month=month, channel=top.name, share=top.labels[-1])
    rows = tuple(
        (periods.short(spine[i], lang), *(track.labels[i] for track in tracks)) for i in reversed(range(len(spine)))
    )
    return Card(
        "channel_others", headline, t("channels.others_what", lang, who=flow.who), cite(flow.source, lang),
        Table((t("casework.month", lang), *(track.name for track in tracks)), rows), frame(flow),
        t("file.channel_months", lang), t("channels.others_alt", lang, headline=headline, n=len(spine)), flow.demo,
        counts=counted(),
    ), Lines(tuple(tracks), len(spine), axis.ticks(spine, lang))  # fmt: skip


def changes(flow: Flow) -> Card:
    """Each channel within the span: cases, share, and both against the span that is named."""
    lang, now = flow.lang, flow.now
    then = flow.others[-1][1] if flow.others else None
    rows: list[tuple[Cell, ...]] = []
    moved: list[tuple[Decimal, str]] = []
    for channel in catalog.channels().values():
        count, part = flow.accepted(now, (channel.id,)), flow.part(now, channel.id)
        row: list[Cell] = [channel.label(lang), int(count.value), _share(part, 1)]
        if then:
            made = change(count, flow.accepted(then, (channel.id,)))
            row += [wording.relative(made, lang) if made else "", _points(part, flow.part(then, channel.id))]
            if made and made.percent is not None:
                moved.append((made.percent, channel.label(lang)))
        rows.append(tuple(row))
    columns = [t(f"channels.{c}", lang) for c in ("channel", "accepted", "share")]
    columns += [t("casework.change", lang), t("channels.points", lang)] if then else []
    if moved:
        percent, name = max(moved)
        words = {"name": name, "change": numbers.percent(abs(percent), 1)}
        headline = t("channels.most_up" if percent > 0 else "channels.least_down", lang, **words)
    else:
        headline = t("channels.changes_head", lang, period=now.words(lang))
    against = t("casework.against", lang, other=then.words(lang)) if then else ""
    return Card(
        "channel_changes", headline, t("channels.changes_what", lang, who=flow.who, period=now.words(lang)) + against,
        cite(flow.source, lang), Table(tuple(columns), tuple(rows)), frame(flow, now.first, now.last),
        t("file.channel_months", lang), headline, flow.demo, counts=counted(),
    )  # fmt: skip


def counted() -> Counts:
    """The counts of ``frame``: one column a channel, and their sum."""
    channels = tuple(catalog.channels())
    return Counts((*channels, "accepted"), sums=(("accepted", channels),))


def frame(flow: Flow, first: Period | None = None, last: Period | None = None) -> pl.DataFrame:
    """Cases accepted by month, one column a channel and their sum, as a download: of all months shown, or of some."""
    months = [m for m in flow.spine or (flow.now.last,) if first is None or last is None or first <= m <= last]
    channels = list(catalog.channels())
    rows = [
        (flow.publisher, m.key, *(int(flow.accepted(m, (c,)).value) for c in channels), int(flow.accepted(m, ()).value))
        for m in months or [flow.now.last]
    ]
    schema = {"publisher": pl.String, "time_period": pl.String, **dict.fromkeys([*channels, "accepted"], pl.Int64)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _rates(known: list[tuple[Period, Share]]) -> pl.Expr:
    found = {m.key: f"{r.percent:.2f}" for m, r in known}
    return pl.col("time_period").replace_strict(found, default=None, return_dtype=pl.String)


def _share(found: Share | None, decimals: int) -> str:
    return numbers.percent(found.percent, decimals) if found else ""


def _points(now: Share | None, then: Share | None) -> str:
    """The change of a share in percentage points: +1.20."""
    moved = share_change(now, then)
    if moved is None:
        return ""
    return ("+" if moved.points > 0 else "") + numbers.digits(moved.points, moved.decimals)
