"""Deliveries of records that are held until a person decides, and each in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hall import catalog
from hall.model import Hold, Lang
from hall.store.held import HeldDelivery, every
from hall.text import join, t
from hall.views.data.context import Context

# Of many months or reasons the first are named.
_NAMED = 3


def waiting(ctx: Context) -> tuple[HeldDelivery, ...]:
    """Those of the chosen data set, of all where none is chosen; none on an earlier day of knowledge."""
    return () if ctx.known_on else every(ctx.selection.publisher)


def sentence(one: HeldDelivery, lang: Lang) -> str:
    """Which files are held, why (each month with both counts), and for what rows were not taken, in one sentence."""
    names = list(dict.fromkeys(file.name for file in one.files))
    why = [_why(hold, lang) for hold in one.holds]
    words = {
        "files": _first(names, lang),
        "why": _first(why, lang, t("text.semicolon", lang)),
        "reasons": _reasons(one, lang),
    }
    return t("hold.sentence" if words["reasons"] else "hold.sentence_plain", lang, **words)


def at(one: HeldDelivery) -> datetime:
    """When it was held, as the journal tells times (UTC)."""
    return datetime.fromisoformat(one.at).replace(tzinfo=None)


def folder(one: HeldDelivery) -> str:
    """Where its files lie."""
    return str(Path(one.files[0].path).parent) if one.files else ""


def _why(hold: Hold, lang: Lang) -> str:
    return t(f"hold.{hold.reason}", lang, table=catalog.tables()[hold.table].label(lang), **hold.words)


def _reasons(one: HeldDelivery, lang: Lang) -> str:
    """The most frequent reasons for which rows were not taken, each with the first value."""
    found = [(reason, file) for file in one.files for reason in file.reasons]
    counts: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], str] = {}
    for reason, file in found:
        column = catalog.tables()[file.table].label_of(reason.column, lang)
        key = (reason.code, column)
        counts[key] = counts.get(key, 0) + reason.rows
        first.setdefault(key, reason.value or "")
    ranked = sorted(counts, key=lambda key: -counts[key])
    return _first([
        t("hold.reason" if first[key] else "hold.reason_plain", lang, reason=t(f"cases.reason_{key[0]}", lang),
          column=key[1], value=first[key], rows=counts[key]).strip()
        for key in ranked
    ], lang)  # fmt: skip


def _first(words: list[str], lang: Lang, between: str = "") -> str:
    shown = words[:_NAMED]
    told = between.join(shown) if between else join(shown, lang)
    return t("hold.more", lang, told=told, n=len(words)) if len(words) > _NAMED else told
