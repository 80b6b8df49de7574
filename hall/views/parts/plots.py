"""What charts draw: finished values and words, one shape for each kind of plot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One metric along the slots of a chart; None is a period that is not known. ``labels`` are values as shown,
    ``past`` the same periods of last year, drawn where ``show_past``; ``other`` marks the line of another hall;
    ``faint`` are single values behind a line that is their mean."""

    name: str
    colour: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    hover: tuple[str, ...]
    past: tuple[float | None, ...] = ()
    past_label: str = ""
    show_past: bool = True
    other: bool = False
    faint: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What a line chart draws: slots from left to right, ticks at some of them, gaps as (first, last, words), ``turns``
    as (slot, words, whether lines go on) where the source of the numbers changes, ``suffix`` of the axis."""

    tracks: tuple[Track, ...]
    slots: int
    ticks: tuple[tuple[int, str], ...]
    gaps: tuple[tuple[int, int, str], ...] = ()
    turns: tuple[tuple[int, str, bool], ...] = ()
    sparse: bool = False
    from_zero: bool = True
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: name at left, value with its label, words inside; ``pale`` is the other year or period."""

    name: str
    value: float
    label: str
    inside: str = ""
    pale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One bar in parts: (name, token of the palette, value, label), the label of the whole, and words that stand in a
    column at the right."""

    name: str
    parts: tuple[tuple[str, str, float, str], ...]
    total: str
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One row of a dot plot: its dot ``at`` with a line from ``low`` to ``high``, words at its end; where ``at`` is
    None the row has no marks and ``note`` stands in their place."""

    name: str
    at: float | None = None
    low: float = 0.0
    high: float = 0.0
    label: str = ""
    hover: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaches:
    """A dot plot from the top: its rows, where the axis begins and ends, what the words at the end of the rows are,
    ``mark`` a value that all are read against with its words, ``suffix`` of the ticks."""

    rows: tuple[Reach, ...]
    start: float
    end: float
    ends: str = ""
    mark: tuple[float, str] | None = None
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step: label, value and its words now and in the compared period (None where not known), change in words."""

    label: str
    now: float | None
    now_words: str
    then: float | None
    then_words: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Steps of one period beside another (``sides`` names both), in one colour; they count different things."""

    steps: tuple[FlowStep, ...]
    sides: tuple[str, str]
    colour: str


@dataclass(frozen=True, slots=True)
class PanelPoint:
    """One period: its first and last day, value and the words for it; ``joined`` when the period before is known."""

    start: date
    end: date
    value: float
    words: str
    hover: str
    joined: bool

    @property
    def at(self) -> date:
        """The middle day, where the mark stands."""
        return self.start + (self.end - self.start) / 2


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One measure: what it counts and in which unit, its colour token, its points from old to new."""

    title: str
    colour: str
    points: tuple[PanelPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """Small multiples on one time axis; ``gaps`` are runs of days that nothing tells of with their words, ``ticks``
    label the axis, ``turns`` are days with words at which the source of the numbers changes."""

    rows: tuple[PanelRow, ...]
    gaps: tuple[tuple[date, date, str], ...]
    ticks: tuple[tuple[date, str], ...]
    turns: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One period: label, share in percent, and the words beside its bar."""

    label: str
    value: float
    words: str
    hover: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfWhole:
    """A share of 1 as one bar in a track; ``done`` and ``rest`` name its parts, ``printed`` stands at the boundary."""

    share: float
    done: str
    rest: str
    printed: str
    colour: str


@dataclass(frozen=True, slots=True)
class DatedMark:
    """One activity: who, from when to when, colour token of its category, hover text."""

    label: str
    start: date
    end: date
    colour: str
    hover: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedMarks:
    """Activities by date between two days; ``rests`` are runs of days off with their words, ``axis`` names the
    period."""

    marks: tuple[DatedMark, ...]
    first: date
    last: date
    rests: tuple[tuple[date, date, str], ...]
    axis: str


@dataclass(frozen=True, slots=True)
class CityRow:
    """One row of the ranking: its name, the value (None: too large to be drawn beside the others), that of the span
    compared with (None for none), its label, words at the end."""

    name: str
    value: float | None
    then: float | None
    label: str
    end: str
    hover: str
