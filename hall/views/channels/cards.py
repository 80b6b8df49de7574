"""Cards of the channels over time: all six as parts of each month, 全程网办率, the others by themselves, the change."""

from __future__ import annotations

from decimal import Decimal

from hall import catalog
from hall.measure.change import change
from hall.measure.share import Share, share_change
from hall.measure.suppress import Counts
from hall.text import numbers, periods, t
from hall.views.channels.kpis import higher
from hall.views.data.cases_by_channel import ChannelCases, online, published
from hall.views.parts import axis, wording
from hall.views.parts.cards import Amount, Card, Cell, Table, card
from hall.views.parts.plots import Lines, Track

_YEAR = 12


def parts(flow: ChannelCases, show: str) -> tuple[Card, Lines] | None:
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
        labels = tuple(wording.number(q, lang) for q in counts)
        tracks.append(Track(name=name, colour=channel.colour, values=tuple(values), labels=labels, hover=hover))
    rate = flow.part(spine[-1], online()[0])
    headline = t("channels.parts_head", lang, month=periods.short(spine[-1], lang), share=_share(rate, 1))
    unit = numbers.unit_word("case", lang, power) if show == "count" else t("channels.of_all", lang)
    shown = periods.between(spine[0], spine[-1], lang)
    rows: list[tuple[Cell, ...]] = [
        (periods.short(spine[i], lang), *(int(flow.accepted(spine[i], (c,)).value) for c in channels))
        for i in reversed(range(len(spine)))
    ]
    made = card(
        flow.ctx,
        "channel_parts",
        headline=headline,
        subtitle=t("channels.parts_what", lang, who=flow.who, months=shown, unit=unit),
        documents=(flow.source,),
        table=Table(
            columns=(t("casework.month", lang), *(c.label(lang) for c in channels.values())),
            rows=tuple(rows),
            ids=("month", *channels),
            counts=Counts(tuple(channels)),
        ),
        file=t("file.channel_months", lang),
        alt=t("channels.parts_alt", lang, headline=headline, n=len(spine)),
        origin=flow.way(),
    )
    return made, Lines(tracks=tuple(tracks), slots=len(spine), ticks=axis.ticks(spine, lang))


def rate(flow: ChannelCases) -> tuple[Card, Lines] | None:
    """全程网办率 by month, with the same months of the year before."""
    lang, spine = flow.lang, flow.spine
    rates = [flow.online(m) for m in spine]
    known = [(m, r) for m, r in zip(spine, rates, strict=True) if r]
    if len(known) < 2:
        return None
    held = set(flow.ctx.coverage.cases)
    past = [flow.online(p) if (p := m.shift(-_YEAR)).key in held else None for m in spine]
    label = t("overview.online_share", lang)
    track = Track(
        name=label,
        colour="blue",
        values=tuple(float(r.percent) if r else None for r in rates),
        labels=tuple(_share(r, 1) for r in rates),
        hover=tuple(
            f"{periods.full(m, lang)}<br>{label} {wording.rate(r, lang)}" if r else ""
            for m, r in zip(spine, rates, strict=True)
        ),
        past=tuple(float(r.percent) if r else None for r in past),
        past_label=t("trends.last_year_end", lang, value=_share(past[-1], 1)) if past[-1] else "",
    )
    month, now = known[-1]
    then = flow.online(month.shift(-_YEAR)) if month.shift(-_YEAR).key in held else None
    words = {"month": periods.short(month, lang), "share": wording.rate(now, lang), "change": higher(now, then, lang)}
    headline = t("channels.rate_change" if words["change"] else "channels.rate_head", lang, **words)
    key = t("casework.last_year", lang) if any(past) else ""
    rows = tuple(
        (
            periods.short(m, lang),
            wording.part(wording.rate(r, lang), *(int(flow.accepted(m, c).value) for c in (online(), published()))),
        )
        for m, r in reversed(known)
    )
    made = card(
        flow.ctx,
        "channel_rate",
        headline=headline,
        subtitle=t("channels.rate_what", lang, who=flow.who) + key,
        documents=(flow.source,),
        table=Table(columns=(t("casework.month", lang), label), rows=rows),
        file=t("file.channel_rate", lang),
        alt=t("channels.rate_alt", lang, headline=headline, n=len(known)),
        origin=flow.way(*online()),
    )
    return made, Lines(tracks=(track,), slots=len(spine), ticks=axis.ticks(spine, lang), from_zero=False)


def others(flow: ChannelCases) -> tuple[Card, Lines] | None:
    """The shares of the channels beside the largest, which the parts of a month are too small to show."""
    lang, spine = flow.lang, flow.spine
    if len(spine) < 2:
        return None
    tracks, counts = list[Track](), list[list[int]]()
    for channel in catalog.channels().values():
        shares = [flow.part(m, channel.id) for m in spine]
        if channel.id in online() or not any(s and s.percent for s in shares):
            continue
        hover = tuple(f"{periods.full(m, lang)}<br>{channel.label(lang)} {_share(s, 2)}"
                      for m, s in zip(spine, shares, strict=True))  # fmt: skip
        values = tuple(float(s.percent) if s else None for s in shares)
        labels = tuple(_share(s, 1) for s in shares)
        tracks.append(Track(name=channel.label(lang), colour=channel.colour, values=values, labels=labels, hover=hover))
        counts.append([int(flow.accepted(m, (channel.id,)).value) for m in spine])
    if not tracks:
        return None
    top = max(tracks, key=lambda track: track.values[-1] or 0.0)
    month = periods.short(spine[-1], lang)
    headline = t("channels.others_head", lang, month=month, channel=top.name, share=top.labels[-1])
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (periods.short(spine[i], lang), *(Amount(o.labels[i], n[i]) for o, n in zip(tracks, counts, strict=True)))
        for i in reversed(range(len(spine)))
    )
    made = card(
        flow.ctx,
        "channel_others",
        headline=headline,
        subtitle=t("channels.others_what", lang, who=flow.who),
        documents=(flow.source,),
        table=Table(columns=(t("casework.month", lang), *(track.name for track in tracks)), rows=rows),
        file=t("file.channel_others", lang),
        alt=t("channels.others_alt", lang, headline=headline, n=len(spine)),
    )
    return made, Lines(tracks=tuple(tracks), slots=len(spine), ticks=axis.ticks(spine, lang))


def changes(flow: ChannelCases) -> Card:
    """Each channel within the span: cases, share, and both against the span that is named."""
    lang, now = flow.lang, flow.now
    then = flow.others[-1][1] if flow.others else None
    rows: list[tuple[Cell, ...]] = []
    moved: list[tuple[Decimal, str]] = []
    for channel in catalog.channels().values():
        count, part = flow.accepted(now, (channel.id,)), flow.part(now, channel.id)
        row: list[Cell] = [channel.label(lang), int(count.value), _share(part, 1)]
        if then:
            before = flow.accepted(then, (channel.id,))
            made = change(count, before)
            moved_by = wording.relative(made, lang) if made else "", _points(part, flow.part(then, channel.id))
            row += [Amount(words, int(before.value)) for words in moved_by]
            if made and made.percent is not None:
                moved.append((made.percent, channel.label(lang)))
        rows.append(tuple(row))
    ids = ("channel", "accepted", "share", *(("change", "points") if then else ()))
    columns = [t(f"channels.{c}", lang) for c in ("channel", "accepted", "share")]
    columns += [t("casework.change", lang), t("channels.points", lang)] if then else []
    if moved:
        percent, name = max(moved)
        words = {"name": name, "change": numbers.percent(abs(percent), 1)}
        headline = t("channels.most_up" if percent > 0 else "channels.least_down", lang, **words)
    else:
        headline = t("channels.changes_head", lang, period=now.words(lang))
    against = t("casework.against", lang, other=then.words(lang)) if then else ""
    return card(
        flow.ctx,
        "channel_changes",
        headline=headline,
        subtitle=t("channels.changes_what", lang, who=flow.who, period=now.words(lang)) + against,
        documents=(flow.source,),
        table=Table(
            columns=tuple(columns),
            rows=tuple(rows),
            ids=ids,
            counts=Counts(("accepted",), derived=tuple((name, ("accepted",)) for name in ids[2:])),
        ),
        file=t("file.channel_changes", lang, period=now.words(lang)),
    )


def _share(found: Share | None, decimals: int) -> str:
    return numbers.percent(found.percent, decimals) if found else ""


def _points(now: Share | None, then: Share | None) -> str:
    """The change of a share in percentage points: +1.20."""
    moved = share_change(now, then)
    if moved is None:
        return ""
    return ("+" if moved.points > 0 else "") + numbers.digits(moved.points, moved.decimals)
