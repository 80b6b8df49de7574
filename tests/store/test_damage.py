"""Damaged stores: what stood is found again, or a sentence says what is missing; nothing is dropped in silence."""

from __future__ import annotations

import asyncio
import json
import os
import random
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import Request
from torn_store import KINDS, at, build, content, copied, damage, documents, loads, mended, told

from hall import __main__ as command
from hall.cases.load import load
from hall.model import HallError
from hall.store import cube, disk, holdings, journal, lines, publish, read, seal, verify, versions
from hall.ui import server


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("torn"))


@pytest.fixture(scope="module")
def stood(base: Path) -> object:
    return content(base)


@pytest.fixture
def home(base: Path, tmp_path: Path) -> Path:
    return copied(base, tmp_path / "home")


def served(home: Path, below: str = ".") -> Path:
    folder = home / "store" / below
    return folder / (folder / "CURRENT").read_text("ascii").strip()


def run(*words: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["hall", *words])
        return command.main()


def health(home: Path) -> tuple[int, str]:
    # a thread of its own: the loop of the browser tests may run in this one
    with at(home), ThreadPoolExecutor(1) as apart:
        answer = apart.submit(asyncio.run, server.health(Request({"type": "http"}))).result()
    return answer.status_code, str(json.loads(bytes(answer.body)).get("reason", ""))


def test_a_whole_store_is_told_whole(home: Path, stood: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert health(home) == (200, "")
    with at(home):
        assert verify.everything() == []
        assert run("repair", "--dry-run") == 0
    assert capsys.readouterr().err == ""
    assert content(home) == stood


@pytest.mark.parametrize("way", ["noise", "garbage", "gone"])
def test_a_damaged_current_version_is_never_used_again(way: str, home: Path, stood: object) -> None:
    """A load goes on from what the version held, and the rebuilt one has a name of its own."""
    broken = served(home)
    damage(broken, way, random.Random(4))
    status, reason = health(home)
    assert status == 503
    assert "repair" in reason
    with at(home):
        with pytest.raises(HallError, match=r"version_damaged|unknown_version"):
            publish.rollback(broken.name)
        loads(home)
        assert len(documents()) == 4
        assert versions.ledger().whole(read.version())
    assert mended(home) in ([], ["older_damaged"])
    assert health(home) == (200, "")


@pytest.mark.parametrize(
    ("below", "spoiled"),
    [
        (".", b"garbage\n"), (".", b"hall-000000000000.duckdb\n"), ("records/sichuan", b"\xff\x00\x80" * 9),
        ("records/sichuan", b""), ("cubes/sichuan", b"../../x"),
    ],
)  # fmt: skip
def test_a_damaged_pointer_loses_nothing(below: str, spoiled: bytes, home: Path, stood: object) -> None:
    (home / "store" / below / "CURRENT").write_bytes(spoiled)
    status, reason = health(home)
    assert (status, bool(reason)) == (503, True)
    told(lambda: content(home))  # refused in a sentence at most
    assert mended(home)
    assert content(home) == stood


def test_a_load_over_a_damaged_pointer_keeps_all(home: Path) -> None:
    for below in (".", "records/sichuan"):
        (home / "store" / below / "CURRENT").write_bytes(b"\x00garbage")
    with at(home):
        loads(home)
        load([home / "deliveries/c.csv"])
        assert len(documents()) == 4
        assert holdings.held("sichuan").months("cases") == ("2025-09", "2025-10", "2025-11")


def test_a_line_of_the_journal_cut_short_is_read_from_its_copy(home: Path, stood: object) -> None:
    path = journal.path(home / "store")
    data, known = path.read_bytes(), journal.entries(home / "store")
    for line in data.split(b"\n")[:-1]:
        begin = data.index(line)
        for end in range(0, len(line), 70):
            path.write_bytes(data[: begin + end] + data[begin + len(line) :])
            assert journal.entries(home / "store") == known
    assert mended(home) == ["journal_damaged"]
    assert path.read_bytes() == (home / "store/journal.copy.jsonl").read_bytes()
    assert content(home) == stood


def test_an_altered_value_in_the_journal_is_not_believed(home: Path, stood: object) -> None:
    path = journal.path(home / "store")
    path.write_bytes(path.read_bytes().replace("看过".encode(), "没看".encode()))
    assert content(home) == stood


def test_without_both_copies_of_the_journal_documents_stay(home: Path) -> None:
    with at(home) as store:
        before = documents()
        for name in ("journal.jsonl", "journal.copy.jsonl"):
            data = (store / name).read_bytes().split(b"\n")
            (store / name).write_bytes(b"\n".join([data[0][:40], *data[1:]]))
        assert [fault.code for fault in verify.everything()] == ["journal_lost"]
        loads(home)
        assert set(before) < set(documents())
    assert mended(home) == ["journal_lost"]
    assert mended(home) == []


def test_lines_of_another_type_are_passed_over(home: Path, stood: object) -> None:
    odd = ("[1, 2]", '"load"', "17", "null", '{"at": 5}', '{"n": 2}', "[" * 9000, '{"act": []}', '{"n": 2, "sum": 1}')
    for name in ("journal.jsonl", "journal.copy.jsonl"):
        with (home / "store" / name).open("a", encoding="utf-8") as file:
            file.write("\n".join(odd) + "\n")
    assert content(home) == stood
    with at(home):
        loads(home)
        assert len(documents()) == 4


@pytest.mark.parametrize("kind", ["manifest-*.json", "manifest-*.seal"])
def test_a_damaged_manifest_is_read_from_its_seal_and_written_again(kind: str, home: Path, stood: object) -> None:
    for file in (home / "store/records/sichuan").glob(kind):
        file.write_bytes(b'{"publisher": 5')
    assert content(home) == stood
    assert mended(home)
    assert content(home) == stood


def test_manifests_and_seals_lost_are_made_from_the_files(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (home / "store/records/sichuan").glob("manifest-*"):
        file.write_bytes(b"")
    with at(home):
        with pytest.raises(HallError, match="store_unreadable"):
            holdings.held("sichuan")
        assert run("cases", "status") == 2
    assert "Traceback" not in capsys.readouterr().err
    mended(home)
    with at(home):
        held = holdings.held("sichuan")
        assert [(part.month, part.rows) for part in held.parts] == [("2025-09", 30), ("2025-10", 40)]


def test_a_damaged_month_is_named_with_its_delivery(
    home: Path, stood: object, capsys: pytest.CaptureFixture[str]
) -> None:
    file = next((home / "store/records/sichuan/files").glob("cases-2025-10-*"))
    damage(file, "noise", random.Random(1))
    with at(home):
        assert run("repair") == 2
        assert "b.csv" in capsys.readouterr().err
        with pytest.raises(HallError, match="records_damaged"):
            holdings.held("sichuan").sound("cases", ["2025-10"])
        load([home / "deliveries/c.csv"])  # another month is no reason to stop
        holdings.back("sichuan")
        load([home / "deliveries/b.csv"])
        assert run("repair") == 0
    assert content(home) == stood


def test_a_kept_file_comes_back_from_the_inbox_or_is_named(home: Path, stood: object) -> None:
    with at(home) as store:
        kept = sorted((store / "files").iterdir())[0]
        damage(kept, "noise", random.Random(1))
        assert [fault.code for fault in verify.everything()] in (["file_damaged"], [])
    mended(home)
    assert content(home) == stood


def test_undo_goes_by_number_and_not_by_the_clock(home: Path) -> None:
    with at(home) as store:
        order = [one.name for one in versions.versions()]
        assert len(order) > 2
        for age, name in enumerate(order):
            os.utime(store / name, (age * 1000.0, age * 1000.0))
        assert [one.name for one in versions.versions()] == order
        publish.rollback(order[2])
        assert [one.name for one in versions.versions()] == [order[2], *(n for n in order if n != order[2])]
        folder = holdings.root("sichuan")
        for age, path in enumerate(folder.glob("manifest-*.json")):
            os.utime(path, (age * 1000.0, age * 1000.0))
        holdings.back("sichuan")
        assert holdings.held("sichuan").months("cases") == ("2025-09",)


def test_a_store_of_a_newer_release_is_refused_and_left_alone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for below in (".", "records/sichuan", "cubes/sichuan"):
        path = served(home, below)
        own = seal.read(path)
        assert own
        seal.write(
            path.parent, type(own)(**{n: getattr(own, n) for n in own.__struct_fields__} | {"release": "99.0.0"})
        )
    files = {path: path.read_bytes() for path in (home / "store").rglob("*") if path.is_file() and path.name != "lock"}
    with at(home):
        for words in (["load"], ["cases", "load", str(home / "deliveries/c.csv")], ["cases", "rollup"], ["repair"]):
            assert run(*words) == (0 if words == ["repair"] else 2), words
            shown = capsys.readouterr()
            assert words == ["repair"] or ("99.0.0" in shown.err and "Traceback" not in shown.err)
    assert {path: path.read_bytes() for path in files} == files


def test_what_is_published_is_private_and_on_the_disk(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Path] = []
    plain: Callable[[Path], None] = disk.settle
    monkeypatch.setattr(disk, "settle", lambda path: (settled.append(path), plain(path)))
    with at(home) as store:
        loads(home)
        load([home / "deliveries/c.csv"])
        modes = {
            stat.S_IMODE(path.stat().st_mode) for path in store.rglob("*") if path.is_file() and path.stat().st_size
        }
        assert modes == {0o600}
        placed = {(path.name.removesuffix(path.suffix), path.parent.name) for path in settled}
        assert {(".CURRENT", "store"), (".CURRENT", "sichuan"), ("store", "home"), ("sichuan", "records")} <= placed
        assert any(path.suffix == ".parquet" for path in settled)
        assert any(path.parent.name == "files" for path in settled)
        cube.close()
    fresh = tmp_path / "fresh"
    with at(fresh) as store:
        load([home / "deliveries/c.csv"])
        assert stat.S_IMODE(store.stat().st_mode) == 0o700


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.endswith(("CURRENT", "jsonl", ".json", "lock"))])
def test_noise_over_each_kind_of_file(kind: str, home: Path, stood: object) -> None:
    """A short part of `make torture`, the same each time."""
    dice = random.Random(kind)
    for file in sorted((home / "store").glob(kind))[:1]:
        damage(file, dice.choice(["noise", "garbage", "cut"]), dice)
        told(lambda: content(home))
        mended(home)
        assert content(home) == stood


def test_each_line_has_a_number_and_a_checksum(home: Path) -> None:
    found = [json.loads(line) for line in journal.path(home / "store").read_bytes().splitlines()]
    assert [line["n"] for line in found] == list(range(1, len(found) + 1))
    assert all(len(line["sum"]) == 16 for line in found)
    assert lines.read(home / "store").damaged == ()
