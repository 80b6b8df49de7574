"""Which files stand for which months, from which deliveries, and what is kept of earlier ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from hall.model import HallError
from hall.store import holdings, published
from hall.store.holdings import Delivery


def put(draft: holdings.RecordsDraft, month: str, content: bytes, rows: int) -> None:
    staged = draft.stage / "x.parquet"
    staged.write_bytes(content)
    draft.put("cases", month, staged, rows, {"accepted": rows})


def note(draft: holdings.RecordsDraft, sha256: str, *months: str) -> None:
    why = {"bad_date": 1}
    draft.note(Delivery(sha256, f"{sha256}.csv", "cases", 5, 4, 1, why, ("x",), months, draft.at, "standard"))


def test_a_month_again_replaces_it_and_keeps_what_the_earlier_delivery_said(new_store: Path) -> None:
    with holdings.changing("demo") as draft:
        put(draft, "2025-09", b"a", 3)
        put(draft, "2025-10", b"b", 4)
        note(draft, "one", "2025-09", "2025-10")
    with holdings.changing("demo") as draft:
        put(draft, "2025-10", b"c", 5)
        note(draft, "two", "2025-10")
    held = holdings.held("demo")
    assert [path.read_bytes() for path in held.files("cases")] == [b"a", b"c"]
    assert [path.read_bytes() for path in held.files("cases", ["2025-10"])] == [b"c"]
    assert [(v.month, v.rows, v.totals) for v in held.vintages] == [("2025-10", 4, {"accepted": 4})]
    assert held.months("cases") == ("2025-09", "2025-10")
    assert held.standing("two")
    assert not held.standing("one"), "its October was replaced"
    assert not held.standing("three")
    assert held.deliveries[0].reasons == {"bad_date": 1}


def test_a_load_that_fails_leaves_all_as_it_was(new_store: Path) -> None:
    with holdings.changing("demo") as draft:
        put(draft, "2025-10", b"b", 4)
    before = holdings.held("demo")
    with pytest.raises(ZeroDivisionError), holdings.changing("demo") as draft:
        put(draft, "2025-10", b"c", 5)
        _ = 1 / 0
    assert holdings.held("demo") == before
    assert [path.read_bytes() for path in before.files("cases")] == [b"b"]
    assert not (holdings.root("demo") / ".stage").exists()


def test_files_that_no_kept_manifest_names_are_deleted(new_store: Path) -> None:
    for content in (b"a", b"b", b"c", b"d", b"e"):
        with holdings.changing("demo") as draft:
            put(draft, "2025-10", content, 1)
    stray = holdings.root("demo") / "files/cases-2025-10-stray"
    stray.write_bytes(b"of a killed load")
    with holdings.changing("demo") as draft:
        put(draft, "2025-11", b"f", 1)
    left = {path.read_bytes() for path in holdings.root("demo").glob("files/*")}
    assert left == {b"d", b"e", b"f"}
    assert len(list(holdings.root("demo").glob("manifest-*.json"))) == 3


def test_nothing_that_changed_publishes_nothing(new_store: Path) -> None:
    with holdings.changing("demo"):
        pass
    assert holdings.publishers() == ()
    assert holdings.held("demo").parts == ()


def test_two_loads_wait_for_each_other(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "_WAIT", 0.1)
    with holdings.changing("demo"), pytest.raises(HallError, match="store_busy"), holdings.changing("demo"):
        raise AssertionError
