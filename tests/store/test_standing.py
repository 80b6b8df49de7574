"""What any engine reads of records by a plain glob: what stands, never what was superseded, whole at every moment."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import deliveries
import duckdb
import msgspec
import polars as pl
import pytest
from source_tree import ROOT

from hall.cases.load import load
from hall.cases.rollup import rollup
from hall.store import holdings, standing
from hall.store.manifest import Holdings

PLAIN = ("standing/cases/*/*.parquet", "standing/**/*.parquet", "**/*.parquet")


def counted(store: Path, pattern: str = PLAIN[0], own: str = "*") -> int:
    """How many rows an engine that knows nothing of Hall finds."""
    (found,) = duckdb.sql(f"select count(*) from read_parquet('{store}/records/{own}/{pattern}')").fetchall()
    return int(found[0])


def deliver(folder: Path, months: dict[str, int], name: str = "a.csv") -> Path:
    """A delivery of so many cases in each month."""
    rows = [
        deliveries.case(int(month[5:]) * 100_000 + at, accepted_at=f"{month}-09 09:30:00")
        for month, count in months.items()
        for at in range(count)
    ]
    return deliveries.write(folder / name, rows)


@pytest.fixture
def loaded(new_store: Path, tmp_path: Path) -> Path:
    """A store whose October was delivered twice, with rows that were not taken."""
    load([deliver(tmp_path, {"2025-09": 30, "2025-10": 30})])
    bad = [deliveries.case(at, city="?" if at < 3 else "成都", accepted_at="2025-10-08 10:00:00") for at in range(43)]
    load([deliveries.write(tmp_path / "b.csv", bad)])
    return new_store


@pytest.mark.parametrize("pattern", PLAIN)
def test_a_plain_glob_counts_what_stands(pattern: str, loaded: Path) -> None:
    assert counted(loaded, pattern) == 70
    files = [path for path in (loaded / "records").rglob("*.parquet") if path.is_file()]
    assert sum(pl.read_parquet(path).height for path in files) == 70
    assert pl.read_parquet(loaded / "records/*/standing/cases/*/*.parquet").height == 70


def test_undo_lets_the_glob_follow(loaded: Path) -> None:
    holdings.back("sichuan")
    assert [counted(loaded, pattern) for pattern in PLAIN] == [60, 60, 60]


def test_months_are_told_by_the_folder(loaded: Path) -> None:
    found = duckdb.sql(
        f"select month, count(*) from read_parquet('{loaded}/records/sichuan/{PLAIN[0]}', hive_partitioning=true, "
        "hive_types_autocast=false) group by all order by all"
    )
    assert found.fetchall() == [("2025-09", 30), ("2025-10", 40)]


def test_a_file_system_without_second_names(new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    load([deliver(tmp_path, {"2025-10": 5})])
    load([deliver(tmp_path, {"2025-10": 7})])
    assert [counted(new_store, pattern) for pattern in PLAIN] == [7, 7, 7]


def earlier(store: Path) -> Path:
    """The same store as the release before laid it out; its publisher's folder."""
    folder = store / "records/sichuan"
    for path in sorted(folder.glob("manifest-*.json")):
        when = path.stat()
        held = msgspec.json.decode(path.read_bytes(), type=Holdings)
        parts = []
        for part in held.parts:
            old = f"{part.table}/month={part.month}/{part.sha256[:16]}.parquet"
            (folder / old).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / part.path, folder / old)
            parts.append(replace(part, path=old))
        path.write_bytes(msgspec.json.encode(replace(held, parts=tuple(parts))))
        os.utime(path, ns=(when.st_atime_ns, when.st_mtime_ns))
    for path in folder.glob("files/cases-*"):
        path.unlink()
    for path in folder.glob("*.seal"):  # it had none
        path.unlink()
    (folder / "standing").unlink()
    shutil.rmtree(folder / "vintages")
    return folder


def test_a_store_laid_out_by_the_release_before(loaded: Path, tmp_path: Path) -> None:
    folder = earlier(loaded)
    before = deliveries.standing()
    assert before.height == 70
    assert len(rollup("sichuan").computed) == 2
    assert load([deliver(tmp_path, {"2025-10": 43}, "c.csv")]).months[0].before == 40
    assert counted(loaded) == 73
    assert deliveries.standing().height == 73
    assert rollup("sichuan").computed == ("cases-2025-10",), "September is known to be the same"
    holdings.back("sichuan")
    assert deliveries.standing().equals(before)
    assert counted(loaded) == 70
    for at in (1, 2, 3, 4):
        load([deliver(tmp_path, {"2025-10": 50 + at}, "d.csv")])
    assert [counted(loaded, pattern) for pattern in PLAIN] == [84, 84, 84]
    assert not list(folder.glob("cases/*")), "nothing of the earlier layout is left"


def test_looking_at_it_changes_nothing_of_an_earlier_store(loaded: Path) -> None:
    folder = earlier(loaded)
    files = sorted(folder.rglob("*"))
    assert deliveries.standing().height == 70
    assert sorted(folder.rglob("*")) == files


def test_whole_at_every_moment_though_loads_are_killed(new_store: Path, tmp_path: Path) -> None:
    months = [f"2025-{month:02}" for month in range(1, 12)]
    files = [deliver(tmp_path, dict.fromkeys(months, count), f"{count}.csv") for count in (10, 20)]
    load([files[0]])
    wanted, seen = {110, 220}, set()
    code = (
        "import itertools, sys\nfrom pathlib import Path\nfrom hall.cases.load import load\n"
        "for at in itertools.count(): load([Path(sys.argv[1 + at % 2])])"
    )
    for round_ in range(4):
        command = [sys.executable, "-c", code, *map(str, files if round_ % 2 else files[::-1])]
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"HALL_TODAY": "2025-12-01"}) as running:
            ends = time.monotonic() + 3
            while time.monotonic() < ends:
                try:
                    seen.add(counted(new_store))
                except duckdb.IOException:  # the folder of a vintage went while it was listed: asked again, it answers
                    continue
            running.send_signal(signal.SIGKILL)
            running.wait()
        assert counted(new_store) in wanted
    assert seen <= wanted
    load([files[0]])
    assert counted(new_store) == deliveries.standing().height


def test_a_kill_between_the_two_switches_is_mended_by_the_next_change(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([deliver(tmp_path, {"2025-10": 5})])
    served = holdings.version("sichuan")

    def die(folder: Path, manifest: str) -> None:
        if manifest != served:
            raise SystemError

    with monkeypatch.context() as patch:
        patch.setattr(standing, "switch", die)
        with pytest.raises(SystemError):
            load([deliver(tmp_path, {"2025-10": 7})])
    assert deliveries.standing().height == 7
    assert counted(new_store) == 5, "whole, and of the load before"
    with holdings.changing("sichuan"):
        pass
    assert [counted(new_store, pattern) for pattern in PLAIN] == [7, 7, 7]
