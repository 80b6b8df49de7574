"""Write docs/metrics.md: every metric, identity, counting rule, record, unit and category of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from hall.catalog import Count, categories, counts, identities, metrics, tables, units
from hall.paths import ROOT

HEAD = """# 指标目录 Metrics

由 `make docs` 自 `data/catalog/*.toml` 生成，请勿手改。 Written by `make docs` from `data/catalog/*.toml`: do not edit.
"""
COUNTED = """## 计数口径 Counting rules

每个公布的指标怎样由记录数出：哪张表，按哪个时刻归入期间，只数哪些。 How each published metric is counted.
"""


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = list(columns)
    lines = [names, ["---"] * len(names), *(list(row) for row in rows)]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def only(rule: Count) -> str:
    """The channels, kinds and places that a rule counts."""
    parts = ((name, getattr(rule, name)) for name in ("channel", "kind", "place"))
    return "; ".join(f"{name}: {' '.join(values)}" for name, values in parts if values)


def page() -> str:
    """The whole page."""
    known = units()
    rows = []
    for metric in metrics().values():
        counted = "、".join(known[unit].spellings[0] for unit in (metric.unit, *metric.also))
        low, high = (f"{bound:,.0f}" for bound in metric.range)
        rows.append([
            f"`{metric.id}`", metric.zh, metric.en, counted, metric.kind, "✓" if metric.additive else "",
            metric.better, f"{low}–{high}", metric.colour,
        ])  # fmt: skip
    parts = [
        HEAD,
        "## 指标 Metrics\n",
        table(("id", "中文", "English", "单位 unit", "kind", "可加 additive", "better", "range / 月", "colour"), rows),
        "## 恒等关系 Identities\n\n在打印精度允许的范围内必须成立。 They hold within what the printed digits allow.\n",
        table(
            ("id", "kind", "whole", "parts"),
            ([f"`{i.id}`", i.kind, f"`{i.whole}`", " ".join(f"`{part}`" for part in i.parts)] for i in identities()),
        ),
        COUNTED,
        table(
            ("id", "中文", "table", "按 by", "计数 counts", "只数 only", "不在其中 left out"),
            (
                [f"`{c.metric}`", metrics()[c.metric].zh, c.table, c.event, f"`{c.measure}`", only(c), c.outside("zh")]
                for c in counts().values()
            ),
        ),
        "## 记录 Records\n\n明细的列，见 [records.md](records.md)。 The columns of records.\n",
        table(
            ("table", "id", "中文", "English", "type", "必填 required", "代码 codes"),
            (
                [one.id, f"`{c.id}`", c.zh, c.en, c.type, "✓" * c.required, " ".join(f"`{v.id}`" for v in c.codes)]
                for one in tables().values()
                for c in one.columns
            ),
        ),
        "## 活动类别 Activity categories\n",
        table(
            ("id", "中文", "English", "colour"), ([f"`{c.id}`", c.zh, c.en, c.colour] for c in categories().values())
        ),
        "## 单位 Units\n",
        table(
            ("id", "kind", "写法 spellings"),
            ([f"`{unit.id}`", unit.kind, " ".join(unit.spellings)] for unit in known.values()),
        ),
    ]
    return "\n".join(parts)


def main() -> None:
    """Write the page."""
    (ROOT / "docs/metrics.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
