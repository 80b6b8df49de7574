"""What views are made of and cards show: heads, tables, cards, lists. Finished words in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hall import catalog
from hall.measure.suppress import Counts
from hall.model import Document
from hall.text import t
from hall.views.data.context import Context
from hall.views.link import Link
from hall.views.parts.citation import sources

Tone = Literal["attention", "good", "quiet", "plain"]


@dataclass(frozen=True, slots=True)
class PageHead:
    """The top of a page: title, one gray line, one finding, and once what is missing."""

    title: str
    line: str
    finding: str = ""
    missing: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a cell as it is shown; ``count`` is what it counts where it was counted from records, so that a file
    can leave small counts out."""

    words: str
    count: int | None = None


Cell = str | int | Amount | None


class LazyRows(Sequence[tuple[Cell, ...]]):
    """The rows of a long table, made when it is opened or downloaded: their number and how they are made."""

    def __init__(self, count: int, make: Callable[[], tuple[tuple[Cell, ...], ...]]) -> None:
        self._count, self._make = count, make
        self._made: tuple[tuple[Cell, ...], ...] | None = None

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        if self._made is None:
            self._made = self._make()
        return self._made[at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The table twin of a chart, and what its file holds: headings and cells as shown; whole numbers stay int, so that
    they align right.

    ``counts`` says which columns, called by ``ids``, count cases; ``linked`` that the amounts of different rows add up
    to one another.
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    ids: tuple[str, ...] = ()
    counts: Counts | None = None
    linked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A chart card without its plot; its CSV holds its table. ``file`` is the name of that file.

    ``key`` is unique on the page and names the widgets; ``alt`` says in one sentence what the plot shows.
    """

    key: str
    headline: str
    subtitle: str = ""
    source: str = ""
    table: Table | None = None
    file: str = ""
    alt: str = ""
    demo: bool = False
    origin: Link | None = None


def card(
    ctx: Context,
    key: str,
    *,
    headline: str,
    subtitle: str = "",
    documents: Iterable[Document] = (),
    note: str = "",
    table: Table | None = None,
    file: str = "",
    alt: str = "",
    origin: Link | None = None,
    demo: bool = False,
) -> Card:
    """A card with its source line (``note`` after it), its mark of demo data and the name of its file: the documents
    that its numbers come from say whether they are fictional, where there are none the publisher; ``demo`` that it is
    in any case."""
    told, lang = tuple(documents), ctx.lang
    return Card(
        key=key,
        headline=headline,
        subtitle=subtitle,
        source=t("text.dot", lang).join(filter(None, (sources(told, lang), note))),
        table=table,
        file=file or t(f"file.{key}", lang),
        alt=alt or headline,
        demo=demo or (any(catalog.is_demo(d.publisher) for d in told) if told else ctx.demo),
        origin=origin,
    )


@dataclass(frozen=True, slots=True)
class KpiComparison:
    """One comparison on a KPI card: what changed, and the other side by name (``plain`` without 环比, 同比 or 较)."""

    change: str
    percent: str
    other: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI card. ``slots`` feed the sparkline (None = not known), ``turns`` are those at which the source of the
    numbers changes, ``colour`` is a token of the palette, ``action`` leads to what the number counts."""

    key: str
    label: str
    number: str
    beside: str
    period: str
    lines: tuple[KpiComparison, ...] = ()
    note: str = ""
    badge: str = ""
    tone: Tone = "plain"
    held: bool = False
    colour: str = "ink"
    slots: tuple[float | None, ...] = ()
    alt: str = ""
    demo: bool = False
    action: Link | None = None
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListItem:
    """One line of a list card: badge, sentence, at most one link."""

    badge: str
    text: str
    tone: Tone = "quiet"
    action: Link | None = None


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands instead of a page that has nothing to show."""

    headline: str
    subtitle: str
    text: str
    actions: tuple[Link, ...] = ()
