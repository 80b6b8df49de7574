"""What the command line extracts of cases: the rows of months, and the counts by day, department and channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from hall import catalog, settings
from hall.measure.suppress import Counts
from hall.model import HallError, Selection
from hall.store import cube, holdings
from hall.store.rows import Drill
from hall.views.data import case_drill, context
from hall.views.extracts.tables import departments, month

TABLES = ("cases", "counts")
COUNTS = Counts(
    ("accepted", "completed", "on_time", "overdue", "withdrawn", "issued", "issued_window", "issued_comprehensive",
     "mailed", "transferred", "rated", "satisfied"),
    sums=(("completed", ("on_time", "overdue")),),
    within=(("issued_comprehensive", "issued_window"), ("issued_window", "issued"), ("mailed", "issued"),
            ("satisfied", "rated"), ("rated", "completed")),
)  # fmt: skip


def publisher(word: str = "") -> str:
    """The id of the publisher that is meant by an id or a name, else that of the setting HALL_DATA, else of the first
    with a cube that is not a demo, else of the demo. HallError unknown_publisher, no_records."""
    wanted = word or settings.data()
    if not wanted:
        recorded = [p for p in catalog.publishers() if p.id in cube.publishers()]
        found = sorted(recorded, key=lambda p: (p.demo, p.rank))
        if not found:
            raise HallError("no_records", publisher="")
        return found[0].id
    if own := catalog.publisher_id(wanted):
        return own
    raise HallError("unknown_publisher", publisher=wanted)


def counts(own: str, months: Sequence[str], chosen: Sequence[str]) -> pl.DataFrame:
    """Counts by day, department and channel of these months (all when none is named). HallError bad_month,
    unknown_department."""
    given = {"departments": sorted(departments(chosen)) or None}
    spans = [month(one) for one in sorted(set(months))]
    parts = [cube.rows("counts", own, first=p.start, last=p.end, **given) for p in spans]
    found = pl.concat(parts) if spans else cube.rows("counts", own, **given)
    return found.rename({"day": "time_period"}).with_columns(
        pl.lit(own).alias("publisher"), pl.lit(catalog.is_demo(own)).alias("demo")
    )


def drills(own: str, months: Sequence[str], chosen: Sequence[str]) -> Iterator[Drill]:
    """The cases accepted in these months (in all that are held when none is named), month by month. HallError
    bad_month, unknown_department, no_cases."""
    bodies = tuple(sorted(departments(chosen)))
    ctx = context.load(Selection(departments=bodies, publisher=own))
    held = holdings.held(own).months("cases")
    wanted = [month(one).key for one in sorted(set(months))] or list(held)
    if not set(wanted) & set(held):
        raise HallError("no_cases")
    for key in wanted:
        if key not in (*ctx.coverage.apart, *ctx.coverage.cases):
            continue
        found = case_drill.question(case_drill.DrillParameters(), ctx.within(key, key))
        if found:
            yield found.drill
