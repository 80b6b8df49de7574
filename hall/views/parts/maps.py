"""What maps of cells draw: departments by month or by task, cities by month, weekdays by hour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One department: counts by month (None not loaded, 0 empty cell) with what a cell says, a stack of (name, token,
    count, what it says), and what stands at its end."""

    label: str
    counts: tuple[int | None, ...]
    hover: tuple[str, ...]
    stack: tuple[tuple[str, str, int, str], ...]
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Departments by month with their ranking beside; ``columns`` are two-line month labels, ``ranking`` heads the
    bars."""

    rows: tuple[HeatRow, ...]
    columns: tuple[str, ...]
    ranking: str


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One task: its number, the mark of its section (一, I) and its title for the hover."""

    number: int
    section: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Departments by the numbers of their tasks; ``grouped`` when columns stand in plan order; ``hover`` is what each
    cell says."""

    rows: tuple[tuple[str, frozenset[int]], ...]
    columns: tuple[MatrixColumn, ...]
    grouped: bool
    hover: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CityMonths:
    """A heat map: rows by name, columns by two-line heads, counts (None not held), the words of each cell."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    hover: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """The heat map: rows are weekdays, columns hours; cases accepted in one such hour on average, as words too, and
    hover words."""

    days: tuple[str, ...]
    hours: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    words: tuple[tuple[str, ...], ...]
    hover: tuple[tuple[str, ...], ...]
