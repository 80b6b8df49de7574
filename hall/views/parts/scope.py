"""Whose numbers are shown under a department filter: those of the chosen departments, or of the whole hall."""

from __future__ import annotations

from collections.abc import Collection

from hall import catalog
from hall.text import join, t
from hall.views.data.context import Context

_MOST = 3


def scope_words(narrowed: Collection[str], metrics: Collection[str], ctx: Context) -> str:
    """Empty without a department filter; the departments where all of the metrics are narrowed to them, the words for
    the whole hall where none is, both where it differs."""
    lang = ctx.lang
    if not ctx.departments:
        return ""
    own = [m for m in metrics if m in narrowed]
    if not own:
        return t("card.whole", lang)
    known = catalog.departments()
    names = [known[d].label(lang) if d in known else d for d in ctx.departments]
    words = t("counted.departments", lang, names=join(names[:_MOST], lang))
    if len(names) > _MOST:
        words = t("counted.departments_more", lang, names=join(names[:_MOST], lang), n=len(names))
    return words if len(own) == len(metrics) else words + t("text.semicolon", lang) + t("counted.rest", lang)
