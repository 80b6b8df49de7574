"""Figures to observations: by the wordings of data/catalog/phrases.toml, for declared publishers only."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hall import catalog
from hall.model import Document, Figure, Observation, Problem
from hall.observation import observe
from hall.reading.figures.figures import SHORT, Around
from hall.reading.text.fold import fold_all


def bind(
    document: Document, figures: list[Figure], contexts: list[Around]
) -> tuple[list[Figure], list[Observation], list[Problem]]:
    """The figures with their metrics, and an observation for each that is stated for a period and a publisher."""
    bound = [replace(f, metric=_metric(document, f, c)) for f, c in zip(figures, contexts, strict=True)]
    problems = []
    if document.publisher and document.publisher not in {p.zh for p in catalog.publishers()}:
        problems.append(Problem("unknown_publisher", {"publisher": document.publisher}))
        return bound, [], problems
    if document.publisher is None or document.period is None:
        return bound, [], problems
    observations: dict[tuple[object, ...], Observation] = {}
    for index, figure in enumerate(bound):
        observation = observe(document, index, figure)
        if observation:
            key = (
                observation.metric,
                observation.time_period,
                observation.scope,
                observation.department,
                observation.obs_value,
            )
            observations.setdefault(key, observation)
    return bound, list(observations.values()), problems


def _metric(document: Document, figure: Figure, context: Around) -> str | None:
    """The metric that the figure measures; None when no wording fits, or two fit equally well."""
    label = fold_all(figure.label)
    if figure.value is None or figure.area or catalog.label_pattern("average").search(label):
        return None
    around = label + fold_all(context.topic + "".join(context.headings))
    fits: dict[str, int] = {}
    for phrase in catalog.phrases():
        metric = catalog.metrics()[phrase.metric]
        wanted = {"share": ("rate",)}.get(metric.kind, ("volume", "before"))
        if document.kind not in phrase.kinds or figure.kind not in wanted or figure.unit not in _units(metric.id):
            continue
        if any(word in label for word in phrase.without) or (phrase.scope and figure.scope != phrase.scope):
            continue
        for pieces in phrase.words:
            # words around complete only a label that says little itself
            wide = around if len(label) <= SHORT else label
            if all(p[1:] in wide if p.startswith("+") else p in label for p in pieces):
                weight = sum(len(p.lstrip("+")) for p in pieces if p.lstrip("+") in label)
                fits[phrase.metric] = max(fits.get(phrase.metric, 0), weight)
    best = max(fits.values(), default=0)
    winners = [name for name, weight in fits.items() if weight == best]
    return winners[0] if len(winners) == 1 else None


@cache
def _units(metric: str) -> frozenset[str]:
    known = catalog.metrics()[metric]
    return frozenset(
        s for unit in (known.unit, *known.also, *known.spelled) for s in catalog.units()[unit].spellings[:1]
    )
