"""A small store of everything that Hall keeps, what it says, the acts that change it, and ways to damage its files."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import issues
from deliveries import case, write

from hall import __main__ as command
from hall import intake, review, settings
from hall.cases.load import load
from hall.cases.rollup import rollup
from hall.decision import Decision
from hall.model import HallError
from hall.store import cube, holdings, journal, publish, read, verify, versions

WHO = "张三"
# The folders of a home, and what each kind of file in its store looks like.
PLACES = ("STORE", "INBOX", "FACTS")
KINDS = (
    "CURRENT", "hall-*.duckdb", "hall-*.seal", "journal.jsonl", "journal.copy.jsonl", "lock", "files/*", "readings/*",
    "records/sichuan/CURRENT", "records/sichuan/manifest-*.json", "records/sichuan/manifest-*.seal",
    "records/sichuan/cases/*/*.parquet", "records/sichuan/rejects/*.parquet", "cubes/sichuan/CURRENT",
    "cubes/sichuan/cube-*.duckdb", "cubes/sichuan/cube-*.seal",
)  # fmt: skip


@contextmanager
def at(home: Path) -> Iterator[Path]:
    """The settings point to the home; nothing stays open."""
    before = dict(os.environ)
    os.environ |= {f"HALL_{name}": str(home / name.lower()) for name in PLACES}
    os.environ |= {"HALL_TODAY": "2025-12-01", "HALL_LANG": "zh", "HALL_USER": WHO}
    try:
        yield home / "store"
    finally:
        read.close()
        cube.close()
        os.environ.clear()
        os.environ |= before


def build(home: Path) -> Path:
    """A store with bulletins, a withdrawal, decisions that are published and one that waits, records and a cube."""
    for month in (5, 6, 7, 8):
        issues.put(home / "inbox", f"{month}.txt", issues.monthly(month))
    issues.put(home / "later", "9.txt", issues.monthly(9))
    for name, month, many in (("a", 9, 30), ("b", 10, 40), ("c", 11, 50)):
        rows = [case(month * 1000 + n, accepted_at=f"2025-{month:02}-{1 + n % 20:02} 09:30:00") for n in range(many)]
        (home / "deliveries").mkdir(exist_ok=True)
        write(home / "deliveries" / f"{name}.csv", [*rows, case(month * 1000 + 999, city="?")])
    with at(home):
        intake.load([home / "inbox" / f"{month}.txt" for month in (5, 6)])
        load([home / "deliveries/a.csv"])
        load([home / "deliveries/b.csv"])
        rollup("sichuan")
        decide(0)
        review.publish_document(documents()[0], WHO)
        intake.load()
        intake.withdraw("8.txt")
        decide(1)
    return home


def documents() -> list[str]:
    """The documents that stand, by name."""
    return [row["document"] for row in sorted(read.records("series/documents"), key=lambda row: row["name"])]


def decide(place: int) -> None:
    """Accept a figure of the first document."""
    row = read.records("series/figures", document=documents()[0])[place]
    given = {"start": row["start_at"], "end": row["end_at"], "as_printed": row["as_printed"], "label": row["label"]}
    review.decide([Decision("", documents()[0], "accept", "", journal.now(), "看过", **given)], WHO)


def content(home: Path) -> object:
    """All that the store says, in no way that hangs on its version."""
    with at(home) as store:
        told = read.records("series/observations")
        keys = ("name", "metric", "time_period", "obs_value", "obs_status")
        numbers = sorted(str([o[key] for key in keys]) for o in told)
        made = sorted((d.document, str(d.start), d.act, d.reason) for d in journal.decisions(store))
        state = journal.state(store, read.version())
        known = {d.id: d.start for d in journal.decisions(store)}
        held = holdings.held("sichuan")
        records = sorted((p.table, p.month, p.rows, p.sha256, held.whole(p)) for p in held.parts)
        counts = cube.rows("daily", "sichuan").select("day", "accepted").sort("day").rows()
        return (
            [i.name for i in state.items], sorted(state.withdrawn), sorted(str(known.get(d)) for d in state.decided),
            documents(), numbers, made, records, sorted(d.name for d in held.deliveries), counts,
        )  # fmt: skip


def loads(home: Path) -> None:
    """A document comes."""
    intake.load([home / "later/9.txt"])


def delivers(home: Path) -> None:
    """A month of cases comes."""
    load([home / "deliveries/c.csv"])


def rolls_up(home: Path) -> None:
    """Its cube is computed."""
    delivers(home)
    rollup("sichuan")


def reviews(home: Path) -> None:
    """The decision that waits is published."""
    if review.pending():
        review.publish_document(documents()[0], WHO)


def withdraws(home: Path) -> None:
    """A document goes."""
    if any(row["name"] == "7.txt" for row in read.records("series/documents")):
        intake.withdraw("7.txt")


def rolls_back(home: Path) -> None:
    """An earlier version is served again: the one that holds the fewest documents."""
    least = min(versions.versions(), key=lambda one: len(versions.documents(settings.store() / one.name)))
    publish.rollback(least.name)


ACTS: tuple[Callable[[Path], None], ...] = (loads, delivers, rolls_up, reviews, withdraws, rolls_back)


def mended(home: Path) -> list[str]:
    """``repair``, and what it asks for: the codes of what was found before; HallError where something is left."""
    with at(home):
        found = [fault.code for fault in verify.everything()]
        if found:
            before, sys.argv = sys.argv, ["hall", "repair"]
            try:
                command.main()
            finally:
                sys.argv = before
            if any(fault.code in ("month_damaged", "rejects_damaged") for fault in verify.everything()):
                load([home / "deliveries/a.csv", home / "deliveries/b.csv"])
        for left in verify.everything():
            raise left
        return found


def damage(file: Path, way: str, dice: random.Random) -> None:
    """Damage a file: noise, garbage, cut, emptied or gone."""
    data = file.read_bytes()
    place = dice.randrange(max(len(data) - 64, 1))
    if way == "gone":
        file.unlink()
    elif way == "cut":
        file.write_bytes(data[:place])
    elif way == "emptied":
        file.write_bytes(b"")
    elif way == "garbage":
        file.write_bytes(dice.randbytes(200))
    else:
        file.write_bytes(data[:place] + dice.randbytes(64) + data[place + 64 :])


def copied(home: Path, to: Path) -> Path:
    """Another home with the same in it."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(home, to)
    return to


def told(act: Callable[[], object]) -> str:
    """The code of the HallError that an act raises, "" for none; anything else is a fault of the program."""
    try:
        act()
    except HallError as fault:
        return fault.code
    return ""
