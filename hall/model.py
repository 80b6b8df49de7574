"""Frozen values that every layer speaks in. Field names of observations follow SDMX."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from hall.period import Freq as Freq
from hall.period import Period as Period

Scope = Literal["period", "year_to_date", "as_of"]
FigureKind = Literal["volume", "rate", "money", "change", "score", "duration", "before", "plan"]
DocumentKind = Literal["monthly_bulletin", "weekly_bulletin", "work_plan", "other", "records"]
Status = Literal["A", "U", "V", "B", "E", "F", "M"]
Result = Literal["pass", "fail", "not_applicable"]
Role = Literal["lead", "participant", "mentioned", "joint"]
Lang = Literal["zh", "en"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Document:
    """The head of a document. sha256 names the file; publisher, kind and period name the document."""

    sha256: str
    kind: DocumentKind
    title: str | None = None
    issue: int | None = None
    total_issue: int | None = None
    publisher: str | None = None
    published_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None

    @property
    def period(self) -> Period | None:
        """The period that the document reports on."""
        if self.period_start is None or self.period_end is None:
            return None
        return Period(self.period_start, self.period_end, FREQ_OF_KIND.get(self.kind, "D"))


FREQ_OF_KIND: dict[str, Freq] = {"monthly_bulletin": "M", "weekly_bulletin": "W", "work_plan": "A"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that a document states. ``value`` is in base units (万, 千, 亿 expanded; money in 元; a share as
    printed); ``decimals`` and ``unit_mult`` describe the print; ``quote`` is the text at ``start:end``."""

    label: str
    value: Decimal | None
    unit: str
    as_printed: str
    decimals: int
    unit_mult: int
    kind: FigureKind
    scope: Scope
    start: int
    end: int
    quote: str | None
    section: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    department: str | None = None
    area: str | None = None
    compares_with: str | None = None
    metric: str | None = None
    qualifier: Literal["approx", "more_than", "less_than"] | None = None
    status: Status = "V"
    score: float | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure bound to a metric and a period. ``figure`` is its index in the document's figures."""

    metric: str
    obs_value: Decimal
    unit_measure: str
    freq: Freq
    time_period: str
    period_start: date
    period_end: date
    scope: Scope
    publisher: str
    unit_mult: int
    decimals: int
    obs_status: Status
    figure: int
    department: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A department in an activity or a task. ``printed`` is None where the text leaves the actor out."""

    id: str
    name: str
    printed: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class Activity:
    """A dated act of departments; ``offices`` are the offices (never names) of a director's visit."""

    date_start: date
    date_end: date
    category: str
    title: str
    departments: tuple[Party, ...]
    start: int
    end: int
    quote: str | None
    section: str | None = None
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity that a task sets itself."""

    label: str
    value: Decimal
    unit: str
    as_printed: str


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered item of a work plan."""

    number: int
    section: str
    title: str
    departments: tuple[Party, ...]
    targets: tuple[Target, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check. ``params`` fill the sentence of text key ``check.<id>``; ``figures`` are its places;
    ``severity`` hold keeps the observations back, note only tells."""

    id: str
    result: Result
    params: dict[str, str] = field(default_factory=dict)
    figures: tuple[int, ...] = ()
    severity: Literal["hold", "note"] = "hold"
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A number in the text that is no figure: by which rule, or by none (unclaimed)."""

    text: str
    start: int
    end: int
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person should know; ``params`` fill the sentence of text key ``problem.<code>``."""

    code: str
    params: dict[str, str] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a printed page: characters ``start:end`` of the text, the page counted from 1, and the box (left, top,
    right, bottom) in parts of the page's width and height from its top left corner. ``edges`` are the left edges of its
    characters and the right one of the last, where the file tells them; ``score`` is the certainty of the OCR."""

    start: int
    end: int
    page: int
    box: Box
    edges: tuple[float, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document. Offsets count characters of ``text``; ``lines`` place them on its pages."""

    document: Document
    text: str
    figures: tuple[Figure, ...] = ()
    observations: tuple[Observation, ...] = ()
    activities: tuple[Activity, ...] = ()
    tasks: tuple[Task, ...] = ()
    checks: tuple[Check, ...] = ()
    excluded: tuple[Span, ...] = ()
    unclaimed: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader of a page chose; months as 2025-10, None for no bound, no departments for all, ``publisher`` by
    id; with ``known_on`` only documents that were known on that day count."""

    month_from: str | None = None
    month_to: str | None = None
    departments: tuple[str, ...] = ()
    publisher: str | None = None
    lang: Lang = "zh"
    known_on: date | None = None


class HallError(Exception):
    """A fault with a sentence for the user: text key ``error.<code>`` and its parameters."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a delivery of a table of records waits for a person: text key ``hold.<reason>`` and its words."""

    reason: str
    table: str
    words: Mapping[str, int | str]
