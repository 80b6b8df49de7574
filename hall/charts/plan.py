"""The plot of page 工作要点 from its view."""

from __future__ import annotations

from functools import partial

from hall.charts.figure import Figure
from hall.charts.matrix import MatrixColumn, matrix
from hall.charts.theme import Mode
from hall.text import words
from hall.views.data.activities import short
from hall.views.plan.page import View


def matrix_of(view: View, mode: Mode) -> Figure:
    """Tasks by department."""
    rows = tuple((short(department, view.lang), tasks) for department, tasks in view.rows)
    columns = tuple(MatrixColumn(d.number, view.marks[d.section], d.title) for d in view.columns)
    return matrix(rows, columns, view.grouped, partial(words(view.lang), "plan.cell"), mode)
