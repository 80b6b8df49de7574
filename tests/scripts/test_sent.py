"""The comparison of what two commits send: it finds what changed, and only that."""

from __future__ import annotations

import base64
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from streamlit.proto.Element_pb2 import Element

from scripts.sent import parts
from scripts.sent.compare import compare
from scripts.sent.elements import Page
from scripts.sent.twins import twins

FIGURE: dict[str, Any] = {
    "data": [{"type": "bar", "name": "受理", "x": [1, 2], "y": [3.0, None]}],
    "layout": {"annotations": [{"text": "最高", "x": 1, "y": 3}], "xaxis": {"ticktext": ["10月"], "tickvals": [1]}},
}


def element(kind: str, **fields: Any) -> Element:
    made = Element()
    for name, value in fields.items():
        setattr(getattr(made, kind), name, value)
    return made


def page(*elements: Element) -> dict[str, Counter[str]]:
    return Page(elements, {"h": "cases"}, ()).found


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Card:
    headline: str
    source: str
    table: Table
    frame: pl.DataFrame
    file: str = "a"


@dataclass(frozen=True)
class Line:
    change: str
    percent: str
    other: str


@dataclass(frozen=True)
class Kpi:
    label: str
    number: str
    slots: tuple[float | None, ...]
    lines: tuple[Line, ...]


def written(folder: Path, found: dict[str, Counter[str]], files: dict[str, bytes] | None = None) -> Path:
    (folder / "demo").mkdir(parents=True)
    (folder / "files").mkdir()
    for name, body in (files or {}).items():
        (folder / "files" / name).write_bytes(body)
    (folder / "demo" / "overview.zh.all.json").write_text(json.dumps(found), encoding="utf-8")
    return folder


def test_a_card_of_elements_and_the_same_as_one_block_give_the_same_words() -> None:
    old = page(
        element(
            "metric", label=":gray[办理总量] :orange-badge[待复核]", body="5.57 :small[:small[:gray[万件 ±50 件]]]"
        ),
        element("markdown", body=":small[**↑ 1.44 万件**\u3000+34.9%]  \n:small[:gray[较2025年5月 4.13 万件]]"),
    )
    new = page(
        element(
            "html",
            body="<div><p>办理总量<span>待复核</span></p><b>5.57</b><small>万件 ±50&nbsp;件</small></div>"
            "<style>p{color:red}</style><p><b>↑&#32;1.44 万件</b> +34.9%</p><p>较2025年5月 4.13 万件</p>",
        )
    )
    assert old["words"] == new["words"]


def test_rows_of_any_table_and_traces_of_any_chart_are_the_same() -> None:
    packed = base64.b64encode(np.array([3.0, np.nan])).decode()
    drawn = json.loads(json.dumps(FIGURE)) | {"layout": FIGURE["layout"] | {"template": {"layout": {}}}}
    drawn["data"][0]["y"] = {"dtype": "f8", "bdata": packed}
    one = page(element("plotly_chart", spec=json.dumps(drawn), alt="甲"))
    two = page(element("bidi_component", bytes=json.dumps([{"alt": "甲", "figure": FIGURE}]).encode()))
    assert one == two and len(one["traces"]) == 3
    body = "<table><tr><th>月</th><th>件</th></tr><tr><td>10月</td><td>1,234</td></tr></table>"
    assert list(page(element("html", body=body))["cells"]) == parts.table(["月", "件"], [["10月", 1234]])


def test_links_are_told_by_page_and_parameters() -> None:
    linked = page(element("page_link", label=":primary[看]", page_script_hash="h", query_string="b=2&a="))
    assert list(linked["links"]) == ["看 -> cases?a=&b=2"]


def test_views_are_known_by_their_attributes() -> None:
    card = Card("甲", "乙", Table(("月",), ((1234,),)), pl.DataFrame({"n": [1]}))
    before, after = (set(twins([{"cards": [c]}])) for c in (card, replace(card, frame=pl.DataFrame({"n": [2]}))))
    assert "row 甲: 1,234" in before and len(before - after) == 1
    assert list(twins([Kpi("受理", "5", (1.0, None), (Line("↑ 1", "", "上月 4"),))])) == [
        "kpi 受理 5 / ↑ 1 上月 4 / [1, null]"
    ]


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        ("words", {"月办理": 1, "旧": 1}, {"月": 1, "办理": 1, "新": 1}, ["-1 旧", "+1 新"]),
        ("words", {"5.57": 2}, {"5.57": 1}, ["-1 5.57"]),
        ("cells", {"10月 | 5": 1}, {"10月 | 6": 1}, ["-1 10月 | 5", "+1 10月 | 6"]),
        ("traces", {"trace [1]": 1}, {"trace [2]": 1}, ["-1 trace [1]", "+1 trace [2]"]),
        ("files", {"a.csv one": 1}, {"a.csv two": 1}, ["-1 a.csv: 1,2", "+1 a.csv: 1,3"]),
        ("words", {"月办理": 1}, {"月": 1, "办理": 1}, []),
        ("traces", {'axis xaxis2 {"range": [1, 2], "title": ""}': 1}, {'axis xaxis {"range": [1, 2]}': 1}, []),
        ("traces", {'axis xaxis {"ticktext": ["a"]}': 1}, {}, ['-1 axis x ticks {"ticktext": ["a"]}']),
        ("cells", {}, {}, []),
    ],
)
def test_a_change_is_found(
    part: str, old: dict[str, int], new: dict[str, int], told: list[str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    files = {"one": b"\xef\xbb\xbfa,b\r\n1,2\r\n", "two": b"\xef\xbb\xbfa,b\r\n1,3\r\n"}
    folders = [written(tmp_path / n, {part: Counter(side)}, files) for n, side in (("old", old), ("new", new))]
    assert compare(*folders, [], [], every=True) == len(told)
    assert [line.strip() for line in capsys.readouterr().out.splitlines() if line[:4] == "    "][: len(told)] == told
    wanted = [{"why": "meant", "part": part, "run": "demo/*", "entry": "(?s).*"}]
    assert compare(*folders, wanted, [], every=False) == 0


def test_a_page_that_only_one_has_is_told(tmp_path: Path) -> None:
    old, new = (written(tmp_path / name, {}) for name in ("old", "new"))
    (new / "demo" / "due.zh.all.json").write_text("{}")
    assert compare(old, new, [], [], every=False) == 1
