"""Write into docs/reader.md how the golden documents are read, by layout; with a folder, print that one's table."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from hall import intake
from hall.model import Reading
from hall.paths import ROOT
from hall.reading.extract import read_file
from scripts.metrics_page import table
from tests.support.golden_compare import Labels, differences, documents, expected, misfits, pairs, places_of

PAGE = ROOT / "docs/reader.md"
BEGIN, END = "<!-- golden table: begin -->", "<!-- golden table: end -->"
# which column of the table a wrong part of a figure is counted in
COLUMNS = {
    "label": "label", "unit": "unit", "kind": "kind", "compares_with": "kind", "qualifier": "kind",
    "scope": "period", "period_start": "period", "period_end": "period",
    "department": "whom", "body": "whom", "area": "whom",
}  # fmt: skip
PARTS = ("label", "unit", "kind", "period", "whom")
WRONG = tuple(f"wrong {part}" for part in PARTS)
HEADS = ("layout", "documents", "figures", "found", "bound", *WRONG, "missed", "wrong value", "unclaimed", "taken")


def score(reading: Reading, want: Labels) -> Counter[str]:
    """Counts of one document: labelled, found, bound, PARTS, missed, wrong, unclaimed, no figures, taken."""
    matched, missing, extra = pairs(reading, want)
    counts = Counter({"documents": 1, "labelled": len(matched) + len(missing), "found": len(matched)})
    for wanted, figure in matched:
        parts = {COLUMNS[key] for key in misfits(figure, wanted) if key in COLUMNS}
        counts.update(parts)
        counts["bound"] += not parts
        counts["headline found"] += bool(wanted.get("headline"))
        counts["headline bound"] += bool(wanted.get("headline")) and not parts
    counts["headline"] = counts["headline found"] + sum(bool(wanted.get("headline")) for wanted in missing)
    spans = [s for words in _barred(want) for s in set(places_of(reading.text, words))]
    barred = [any(f.start < end and start < f.end for start, end in spans) for f in reading.figures]
    counts["taken"] = sum(barred)
    counts["no figures"] = len(spans)
    counts["missed"] = len(missing)
    if want.get("figures_complete"):
        counts["wrong"] = sum(not barred[reading.figures.index(figure)] for figure in extra)
    counts["unclaimed"] = sum(
        not any(u.start < end and start < u.end for start, end in spans) for u in reading.unclaimed
    )
    return counts


def _barred(want: Labels) -> list[str]:
    return [*want.get("not_figures", []), *want.get("flagged", [])]


def examined(path: Path) -> Reading:
    """A document as it is read and examined."""
    return intake.examine(read_file(path))


def scores(paths: Iterable[Path], read: Callable[[Path], Reading] = examined) -> dict[bool, dict[str, Counter[str]]]:
    """Counts by layout, of the documents made before the freeze of the rules (False) and after it (True)."""
    found: dict[bool, dict[str, Counter[str]]] = {False: {}, True: {}}
    for path in paths:
        want = expected(path)
        by_layout = found[bool(want.get("frozen"))]
        counts = score(read(path), want)
        by_layout.setdefault(want.get("layout", path.stem), Counter()).update(counts)
    return found


def page_part(paths: Iterable[Path], read: Callable[[Path], Reading] = examined) -> str:
    """What stands between the two marks: one table for each of the two groups, empty cells for nothing wrong."""
    titles = {False: "Written before the rules were frozen:", True: "Written after the rules were frozen:"}
    parts = []
    for frozen, by_layout in scores(paths, read).items():
        if not by_layout:
            continue
        total: Counter[str] = sum(by_layout.values(), Counter())
        rows = [*sorted(by_layout.items()), ("all", total)]
        parts.append(f"{titles[frozen]}\n\n" + table(HEADS, [_row(name, counts) for name, counts in rows]))
    return "\n".join(parts)


def _row(name: str, counts: Counter[str]) -> list[str]:
    always = [str(counts[key]) for key in ("documents", "labelled", "found", "bound")]
    errors = [str(counts[key] or "") for key in (*PARTS, "missed", "wrong", "unclaimed")]
    return [name, *always, *errors, f"{counts['taken']} of {counts['no figures']}"]


def fresh(page: str, read: Callable[[Path], Reading] = examined) -> str:
    """The page with the table as the reader gives it now."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{page_part(documents(), read)}{END}{rest.split(END)[1]}"


def main() -> None:
    """Write the table into the page and print it; for a folder given, print its table and every difference."""
    if len(sys.argv) == 1:
        PAGE.write_text(fresh(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        print(page_part(documents()))
        return
    paths = documents(Path(sys.argv[1]))
    for path in paths:
        for line in differences(examined(path), expected(path)):
            print(f"{path.name}: {line}")
    print(page_part(paths))
    total: Counter[str] = sum((c for by in scores(paths).values() for c in by.values()), Counter())
    print("headline figures:", *(f"{total[key]} {key}" for key in ("headline", "headline found", "headline bound")))


if __name__ == "__main__":
    main()
