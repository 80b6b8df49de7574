"""What is asked for: the data sets, how each is made, and the addresses of every page on it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
Asked = dict[str, Any]
_LANGS = ("zh", "en")
SAMPLE = ("month-2025-1*.txt", "month-2025-0*.txt", "month-2024-*.txt", "week-*.txt", "monthly-departments.txt",
           "plan.txt")  # fmt: skip
_FEW = ("monthly-broken-sum.txt", "monthly-gaps.txt", "weekly-*.txt")
INBOX = ("monthly-chinese-numerals.txt",)
_DEMO = {"HALL_DATA": "demo", "HALL_TODAY": "2026-01-05"}
# Data: documents of its inbox (None: the facts as well), whether the demo hall is made, settings, the store it shares.
DATA: dict[str, tuple[tuple[str, ...] | None, bool, dict[str, str], str]] = {
    "demo": (None, True, _DEMO, ""),
    "strict": (None, True, {**_DEMO, "HALL_SUPPRESS_BELOW": "10", "HALL_CASE_IDS": "shown",
                            "HALL_SHOW_UNREVIEWED": "false"}, "demo"),
    "facts": (None, False, {}, ""),
    "read": (SAMPLE, False, {"HALL_DATA": "sample"}, ""),
    "desk": (SAMPLE, False, {"HALL_DATA": "sample", "HALL_REVIEW": "on"}, "read"),
    "sparse": (_FEW, False, {}, ""),
    "empty": ((), False, {}, ""),
}  # fmt: skip
# Built one after the other; the two rows side by side.
CHAINS = (("demo", "strict"), ("facts", "read", "desk", "sparse", "empty"))
COMMON: dict[str, dict[str, Asked]] = {
    "demo": {"all": {}, "to": {"to": "2025-06"}, "span": {"from": "2025-02", "to": "2025-06"},
             "department": {"department": "market_regulation"}, "ours": {"data": "sichuan"}},
    "strict": {"all": {}, "span": {"from": "2025-02", "to": "2025-06"}},
    "facts": {"all": {}, "to": {"to": "2025-05"}, "span": {"from": "2025-05", "to": "2025-10"},
              "department": {"department": ["service_center", "forestry_grassland"]}, "known": {"known": "2025-06-30"}},
    "read": {"all": {}, "to": {"to": "2025-06"}, "span": {"from": "2025-01", "to": "2025-10"},
             "department": {"department": "service_center"}},
    "desk": {"all": {}},
    "sparse": {"all": {}, "gap": {"from": "2030-01", "to": "2030-02"}},
    "empty": {"all": {}},
}  # fmt: skip
# Choices of one page, and the data they are asked of.
OWN: dict[str, dict[str, tuple[str, Asked]]] = {
    "trends": {
        "weeks": ("demo facts read", {"grain": "W", "mode": "day"}),
        "days": ("demo", {"grain": "D", "last": "off", "from": "2025-11"}),
        "index": ("demo facts read", {"grain": "Q", "mode": "index", "metric": ["handled_total", "mailed"]}),
        "beside": ("demo", {"beside": "0"}),
    },
    "departments": {"category": ("facts read", {"category": ["training", "policy"]}),
                    "profile": ("facts demo", {"department": "human_resources", "to": "2025-10"})},
    "windows": {"week": ("demo", {"week": "2025-W48"}), "older": ("facts", {"week": "2023-W49"}),
                "read": ("read", {"week": "2025-W38"})},
    "channels": {"count": ("demo strict", {"show": "count"})},
    "cities": {"item": ("demo", {"item": "SX0001000002"}), "city": ("demo strict", {"city": "chengdu"})},
    "cases": {
        "page": ("demo", {"page": "3"}),
        "late": ("demo strict", {"measure": "overdue", "city": "chengdu", "channel": ["online", "mail"]}),
        "item": ("demo", {"item": "SX0001000002", "from": "2025-01", "to": "2025-12", "measure": "completed"}),
        "day": ("demo", {"day": "2025-12-03"}), "week": ("demo", {"week": "2025-W50", "measure": "accepted"}),
    },
    "plan": {"sorted": ("facts read", {"rows": "catalogue", "columns": "departments"}),
             "task": ("facts", {"task": "7"})},
    "sources": {"document": ("facts demo", {"document": "5ccd83400d24"}), "figure": ("facts", {"figure": "5"}),
                "text": ("read desk", {"document": "month-2025-09.txt", "figure": "3"}),
                "held": ("sparse", {"document": "monthly-broken-sum.txt"})},
}  # fmt: skip
# Pages that need records of cases; without them they say the same for each selection.
_OF_CASES = {"channels", "cities", "cases"}
_ONLY = {"strict": {"overview", "departments", "channels", "cities", "cases", "sources"}, "desk": {"sources"}}


def runs(data: str) -> Iterator[tuple[str, str, Asked]]:
    """Every page of a data set in each language: page, name of the run, parameters of its address."""
    for page in sorted(path.stem for path in (ROOT / "pages").glob("*.py")):
        if page not in _ONLY.get(data, {page}):
            continue
        own = {name: asked for name, (of, asked) in OWN.get(page, {}).items() if data in of.split()}
        for lang in _LANGS:
            for name, asked in (COMMON[data] | own).items():
                if name != "all" and page in _OF_CASES and not DATA[data][1]:
                    continue
                said = {**asked, "lang": lang} if lang != _LANGS[0] else dict(asked)
                if str(said.get("document", "")).endswith(".txt"):
                    body = golden(said["document"])[0].read_bytes()
                    said["document"] = hashlib.sha256(body).hexdigest()
                yield page, f"{page}.{lang}.{name}", said


def golden(*patterns: str) -> list[Path]:
    """Documents of the tests by the patterns of their names, wherever the tests keep them."""
    found = [path for pattern in patterns for path in sorted((ROOT / "tests").rglob(pattern))]
    if patterns and not found:
        raise SystemExit(f"no document of {patterns} below tests/")
    return found
