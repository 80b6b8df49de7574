"""What earlier releases wrote beside the versions is read as before: lines of the journal, manifests of records."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hall.decision import Decision
from hall.model import HallError
from hall.store import heads, holdings, journal, manifest

# Its cases: times of decisions with a blank, half a character in a file name, a decision that is none, an act and
# fields of a later release, a line that a crash cut short.
_JOURNAL = Path(__file__).with_name("kept") / "journal.jsonl"
_MANIFEST: dict[str, Any] = {
    "publisher": "sichuan",
    "parts": [{"table": "cases", "month": "2025-10", "path": "cases/month=2025-10/ab.parquet", "rows": 2,
               "sha256": "ab", "loaded_at": "2025-12-01T00:00:00.000001+00:00", "totals": {"rows": 2, "open": 1}}],
    "deliveries": [{"sha256": "f0", "name": "a.csv", "table": "cases", "rows": 3, "kept": 2, "rejected": 1,
                    "reasons": {"city": 1}, "unknown_columns": ["备注"], "months": ["2025-10"],
                    "loaded_at": "2025-12-01T00:00:00.000001+00:00", "map": "standard", "rules": "r",
                    "rejects": "rejects/cd.parquet"}],
    "vintages": [{"table": "cases", "month": "2025-10", "loaded_at": "a", "replaced_at": "b", "rows": 1,
                  "totals": {"rows": 1}}],
}  # fmt: skip


@pytest.fixture
def written(new_store: Path) -> Path:
    new_store.mkdir(parents=True)
    shutil.copyfile(_JOURNAL, journal.path(new_store))
    return new_store


def test_the_journal_tells_what_each_version_holds(written: Path) -> None:
    first, second = journal.state(written, "hall-1.duckdb"), journal.state(written, "hall-2.duckdb")
    assert [(i.sha256, i.name, i.suffix) for i in first.items] == [("aa", "m\udc80.txt", ".txt"),
                                                                  ("bb", "月报.docx", ".docx")]  # fmt: skip
    assert first.items[0].loaded_at == datetime(2025, 12, 1, 12, 19, 26) < first.items[1].loaded_at
    assert [i.sha256 for i in second.items] == ["aa"]
    assert (second.withdrawn, second.decided) == ({"bb"}, {"c1"})
    assert journal.last(written) == "hall-3.duckdb"
    assert journal.state(written, "hall-3.duckdb") == second


def test_the_journal_tells_decisions_and_heads(written: Path) -> None:
    (made,) = journal.made(written).values()
    assert made == Decision(
        "c1", "aa", "correct", "张三", datetime(2025, 12, 1, 12, 19, 26), "看错了", 79, 85, "5.57万件", Decimal(55800),
        "件", period_end=date(2025, 10, 31),
    )  # fmt: skip
    assert journal.taken_back(written) == {"c1"}
    assert journal.decisions(written) == []
    head = heads.typed(written, "cc")
    assert head and (head.publisher, head.period_start, head.issue) == ("某中心", date(2025, 3, 1), None)


def test_what_is_written_now_reads_the_same(new_store: Path) -> None:
    new_store.mkdir(parents=True)
    made = Decision("c1", "aa", "add", "张三", datetime(2025, 12, 1, 8), value=Decimal("12.50"), label="受理")
    journal.append(new_store, "review", "", "", user="张三", decisions=[made])
    journal.append(new_store, "load", "", "hall-1.duckdb", files=[journal.File("aa", "甲\udc80.txt", ".txt")])
    assert journal.made(new_store) == {"c1": made}
    assert [item.name for item in journal.state(new_store, "hall-1.duckdb").items] == ["甲\udc80.txt"]
    lines = journal.path(new_store).read_text(encoding="utf-8").splitlines()
    assert "受理" in lines[0]
    assert json.loads(lines[0])["decisions"][0]["value"] == "12.50"


def test_a_manifest_is_read_and_written_alike(new_store: Path) -> None:
    folder = holdings.root("sichuan")
    folder.mkdir(parents=True)
    text = json.dumps(_MANIFEST, ensure_ascii=False, indent=1)
    (folder / "manifest-1.json").write_text(text, encoding="utf-8")
    (folder / "CURRENT").write_text("manifest-1.json\n", encoding="ascii")
    held = holdings.held("sichuan")
    assert held.months("cases") == ("2025-10",)
    assert held.deliveries[0].unknown_columns == ("备注",)
    assert held.vintages[0].totals == {"rows": 1}
    since = {"parts": {"built_on": []}, "deliveries": {"sheets": []}, "vintages": {}}
    told = {name: [one | since[name] for one in _MANIFEST[name]] for name in since}
    assert json.loads(manifest.content(held)) == _MANIFEST | told, "with what later releases tell besides"
    (folder / "manifest-1.json").write_text(text[:-20], encoding="utf-8")
    with pytest.raises(HallError, match="store_unreadable"):
        holdings.held("sichuan")
