"""Whose numbers are shown under a department filter: those of the chosen departments, or of the whole hall."""

from __future__ import annotations

from collections.abc import Collection

from hall import catalog
from hall.model import Selection
from hall.text import join, t

_MOST = 3


def whom(narrowed: Collection[str], metrics: Collection[str], selection: Selection) -> str:
    """Empty without a department filter; the departments where all of the metrics are narrowed to them, the words for
    the whole hall where none is, both where it differs."""
    lang = selection.lang
    if not selection.departments:
        return ""
    own = [m for m in metrics if m in narrowed]
    if not own:
        return t("card.whole", lang)
    known = catalog.departments()
    names = [known[d].label(lang) if d in known else d for d in selection.departments]
    words = t("counted.departments", lang, names=join(names[:_MOST], lang))
    if len(names) > _MOST:
        words = t("counted.departments_more", lang, names=join(names[:_MOST], lang), n=len(names))
    return words if len(own) == len(metrics) else words + t("text.semicolon", lang) + t("counted.rest", lang)
