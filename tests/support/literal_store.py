"""Stores made of literals for page tests and pictures: sparse (the known volumes), dense (36 demo months), empty."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from hall import catalog
from hall.model import Activity, Document, Figure, Observation, Party, Period, Reading, Status, Target, Task
from hall.store import schema, write

# As documents print them; the ledger knows them by id: sichuan, sichuan_office, sample.
HALL = catalog.publishers()[0].names[0]
OFFICE = catalog.publishers()[1].names[0]
DEMO = catalog.publishers()[2].names[0]
_LOADED = datetime(2025, 12, 1, 9, 0)
_MONTHLY = (
    "handled_total", "online_accepted", "online_completed", "comprehensive_accepted", "window_issued", "mailed",
    "phone_consultations", "onsite_consultations",
)  # fmt: skip
_STEPS = (
    "comprehensive_consultations", "comprehensive_accepted", "comprehensive_issued", "comprehensive_transferred",
)  # fmt: skip

Stated = tuple[str, str, int, int, str]  # metric, value in base units, unit_mult, decimals, scope


def reading(
    document: Document,
    stated: list[Stated],
    status: Status = "A",
    acts: tuple[Activity, ...] = (),
    tasks: tuple[Task, ...] = (),
    held: tuple[str, ...] = (),
) -> Reading:
    """A reading that states these values."""
    period = document.period
    assert period is not None
    figures, observations = [], []
    for i, (metric, value, mult, decimals, scope) in enumerate(stated):
        own: Status = "U" if metric in held else status
        unit = catalog.metrics()[metric].unit
        start = period.start if scope == "period" else date(period.start.year, 1, 1)
        printed = f"{Decimal(value).scaleb(-mult):.{decimals}f}"
        figures.append(
            Figure(
                label=catalog.metrics()[metric].zh,
                value=Decimal(value),
                unit=unit,
                as_printed=printed,
                decimals=decimals,
                unit_mult=mult,
                kind="volume",
                scope=scope,
                start=i * 10,
                end=i * 10 + 4,
                quote=None,
                section="一",
                period_start=start,
                period_end=period.end,
                metric=metric,
                status=own,
            )
        )
        observations.append(
            Observation(
                metric=metric,
                obs_value=Decimal(value),
                unit_measure=unit,
                freq=period.freq,
                time_period=period.key,
                period_start=start,
                period_end=period.end,
                scope=scope,
                publisher=document.publisher or "",
                unit_mult=mult,
                decimals=decimals,
                obs_status=own,
                figure=i,
            )
        )
    return Reading(document, "", tuple(figures), tuple(observations), acts, tasks)


def _act(day: date, category: str, title: str, lead: str, *others: str) -> Activity:
    known = catalog.departments()
    parties = [Party(lead, known[lead].zh, None, "lead")]
    parties += [Party(o, known[o].zh, None, "participant") for o in others]
    return Activity(day, day, category, title, tuple(parties), 0, 4, None, "二")


def month(
    year: int,
    number: int,
    values: list[Stated],
    *,
    publisher: str = HALL,
    printed: date | None = None,
    status: Status = "A",
    held: tuple[str, ...] = (),
    acts: tuple[Activity, ...] = (),
) -> Reading:
    """A monthly bulletin."""
    own = Period.month(year, number)
    head = Document(
        sha256=f"{publisher}-{own.key}".encode().hex()[-64:], kind="monthly_bulletin", title="月报", issue=number,
        publisher=publisher, published_on=printed or own.end + timedelta(days=24), period_start=own.start,
        period_end=own.end,
    )  # fmt: skip
    return reading(head, values, status, acts, held=held)


def _volumes(wan: tuple[str, ...], phone: str, onsite: str) -> list[Stated]:
    shown = [
        (m, str(Decimal(w).scaleb(4)), 4, len(w.partition(".")[2]), "period")
        for m, w in zip(_MONTHLY, wan, strict=False)
    ]
    return [*shown, ("phone_consultations", phone, 0, 0, "period"), ("onsite_consultations", onsite, 0, 0, "period")]


def _week(start: date, issue: int | None, printed: date, week: tuple[int, ...], sofar: tuple[int, ...]) -> Reading:
    own = Period(start, start + timedelta(days=4), "W")
    head = Document(
        sha256=own.key.encode().hex(), kind="weekly_bulletin", title="周报", issue=issue, publisher=HALL,
        published_on=printed, period_start=own.start, period_end=own.end,
    )  # fmt: skip
    values: list[Stated] = [(m, str(v), 0, 0, "period") for m, v in zip(_STEPS, week, strict=True)]
    values += [(m, str(v), 0, 0, "year_to_date") for m, v in zip(_STEPS, sofar, strict=True)]
    return reading(head, values)


def sparse(*, held: tuple[str, ...] = (), unreviewed: bool = False) -> list[Reading]:
    """Two months, two weeks and a plan."""
    may = (
        _act(date(2025, 5, 13), "meeting", "创业投资座谈", "development_reform", "finance"),
        _act(date(2025, 5, 20), "director_visit", "窗口值守一天", "transport"),
    )
    october = (
        _act(date(2025, 10, 17), "training", "数字政府讲堂", "service_center"),
        _act(date(2025, 10, 30), "training", "热线集成培训", "service_center", "economy_information"),
        _act(date(2025, 10, 21), "research_visit", "林业卷宗抽查", "forestry_grassland"),
        _act(date(2025, 10, 29), "training", "智改数转培训", "economy_information"),
    )
    plan = Document(
        sha256="b" * 64, kind="work_plan", title="2025年工作要点", publisher=OFFICE, published_on=date(2025, 1, 26),
        period_start=date(2025, 1, 1), period_end=date(2025, 12, 31),
    )  # fmt: skip
    party = Party("science_technology", "科技厅", "科技厅", "lead")
    task = Task(1, "一", "集成办理重点事项", (party,), (Target("重点事项", Decimal(8), "件", "8个"),), 0, 4)
    return [
        month(2025, 5, _volumes(("4.13", "4.01", "3.91", "0.12", "0.26", "0.09"), "822", "4745"), acts=may),
        month(
            2025,
            10,
            _volumes(("5.57", "5.34", "5.30", "0.23", "0.32", "0.1"), "910", "4524"),
            acts=october,
            held=held,
            status="V" if unreviewed else "A",
        ),
        _week(date(2023, 12, 4), 48, date(2023, 12, 15), (1471, 608, 973, 2327), (73237, 22629, 169291, 300269)),
        _week(date(2024, 12, 9), None, date(2024, 12, 25), (1627, 578, 3897, 5464), (78946, 32381, 156964, 346703)),
        reading(plan, [], tasks=(task,)),
    ]


def dense(count: int = 36) -> list[Reading]:
    """Generated months of the fictional province, with one month missing."""
    found = []
    for i in range(count):
        year, number = 2023 + i // 12, i % 12 + 1
        if i == 19:
            continue
        total = Decimal(390 + i * 4 + (-80 if number == 2 else 25 * (number % 3)) + (60 if i == 27 else 0)) / 100
        window = (total * Decimal("0.04")).quantize(Decimal("0.01"))
        online = total - window
        wan = tuple(
            f"{v:.2f}" for v in (total, online, online - Decimal("0.05"), window, Decimal("0.31"), Decimal("0.10"))
        )
        found.append(month(year, number, _volumes(wan, str(800 + i * 5), str(4300 + 37 * (i % 7))), publisher=DEMO))
    return found


def build(store: Path, readings: list[Reading]) -> Path:
    """Write the readings as one published version."""
    store.mkdir(parents=True, exist_ok=True)
    path = store / "hall-000000000000.duckdb"
    path.unlink(missing_ok=True)
    con = schema.connect(path)
    schema.create(con)
    for one in readings:
        origin: write.Origin = "demo" if one.document.publisher == DEMO else "facts"
        write.add(con, one, write.Provenance("literal", origin, _LOADED))
    con.close()
    (store / "CURRENT").write_text(path.name, encoding="ascii")
    return store
