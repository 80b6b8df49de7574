"""A held delivery of records in words."""

from __future__ import annotations

from hall import catalog
from hall.model import Hold, Lang
from hall.store.held import HeldDelivery
from hall.text import join, t

# Of many months or reasons the first are named.
_NAMED = 3


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
