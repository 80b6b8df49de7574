"""Bulletins on paper: PDFs with their places, scans with their certainty."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from paper import scan, table
from PIL import Image

from hall.model import Figure, HallError, Line, Reading
from hall.paths import ROOT
from hall.reading.extract import read_file, read_text
from hall.reading.figures import place
from hall.reading.process import pages

SAMPLE = ROOT / "tests/golden/sample/month-2025-03.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")
TABLE = "<table border=1 style='border-collapse:collapse'><tr><th>部门</th><th>受理（件）</th></tr>" + (
    "<tr><td>公安厅</td><td>1,204</td></tr><tr><td>税务局</td><td>963</td></tr></table>"
)

PRINT = """
import json, sys
from playwright.sync_api import sync_playwright
from scripts import serving
given = json.load(sys.stdin)
with sync_playwright() as play:
    browser = serving.chromium(play)
    page = browser.new_page()
    page.set_content(given["html"])
    page.pdf(path=given["path"], format="A4", display_header_footer=True, header_template=given["head"],
             footer_template=given["foot"], margin={"top": "70px", "bottom": "70px"})
    browser.close()
"""


def values(reading: Reading) -> set[tuple[str, Decimal]]:
    return {(o.metric, o.obs_value) for o in reading.observations if o.department is None}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a PDF of several pages with running heads and page numbers."""
    path = tmp_path_factory.mktemp("pdf") / "月报.pdf"
    body = "".join(f"<p>{line}</p>" for line in TEXT.splitlines() if line.strip())
    style = "<style>body{font-family:'Noto Sans CJK SC';font-size:26px;line-height:2.6}</style>"
    head = "<span style='font-size:9px;margin-left:40px'>政务窗口月报</span>"
    foot = "<span style='font-size:9px;width:100%;text-align:center'>— <span class='pageNumber'></span> —</span>"
    # in a process of its own: the browser tests keep their Playwright for the whole session
    given = json.dumps({"html": style + body + TABLE, "path": str(path), "head": head, "foot": foot})
    subprocess.run([sys.executable, "-c", PRINT], input=given, text=True, cwd=ROOT, check=True, timeout=120)
    return path


def test_pdf_gives_what_the_text_gives_with_its_places(printed: Path) -> None:
    reading = read_file(printed)
    assert values(reading) == values(read_text(TEXT))
    bound = [f for f in reading.figures if f.metric]
    assert all(f.page and f.box and f.score is None for f in bound)
    assert all(0 <= f.box[0] < f.box[2] <= 1 and 0 <= f.box[1] < f.box[3] <= 1 for f in bound if f.box)
    assert {f.value for f in reading.figures} >= {Decimal(1204), Decimal(963)}
    assert len({line.page for line in reading.lines}) > 1
    assert [s.rule for s in reading.excluded if s.rule == "page"]
    for line in reading.lines:
        assert reading.text[line.start : line.end].strip()


def test_pages_are_drawn(printed: Path, tmp_path: Path) -> None:
    for path, page in ((printed, 1), (printed, 2), (scan(TEXT, tmp_path / "a.jpg"), 1)):
        (tmp_path / "page.png").write_bytes(pages.render(path, page, 800))
        with Image.open(tmp_path / "page.png") as picture:
            assert picture.format == "PNG"
            assert 500 < picture.width <= 800


def test_scan_gives_every_number_and_holds_it(tmp_path: Path) -> None:
    # a whole page once, since it takes seconds; that other kinds of picture are read is told of a slip of paper
    reading = read_file(scan(TEXT, tmp_path / "扫描.jpg"))
    assert values(reading) == values(read_text(TEXT))
    assert {f.status for f in reading.figures} == {"U"}
    assert {o.obs_status for o in reading.observations} == {"U"}
    assert all(f.score and 0.5 < f.score <= 1 and f.page == 1 and f.box for f in reading.figures)


def test_a_wide_character_takes_twice_the_place() -> None:
    line = Line(0, 6, 1, (0.0, 0.1, 0.9, 0.2))
    assert place.box_of(line, 3, 6, "受理量123") == (0.6, 0.1, 0.9, 0.2)
    figure = Figure("受理量", Decimal(123), "", "123", 0, 0, "volume", "period", 3, 6, "123")
    assert figure.end == 6


SHORT = """一、窗口运行情况
本周大厅现场咨询服务4,796人次、电话咨询922人次。
综合窗口受理588件，办结563件，按时办结率99.1%。
"""
COUNTS = {Decimal(n) for n in ("4796", "922", "588", "563", "99.1")}


@pytest.fixture(scope="module")
def slip(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """A short scanned page."""
    path = scan(SHORT, tmp_path_factory.mktemp("slip") / "slip.png", turn=0, grain=3000)
    with Image.open(path) as page:
        return page.crop((60, 60, 1240, 420)).copy()


def read(picture: Image.Image, path: Path, **options: object) -> Reading:
    picture.save(path, **options)
    return read_file(path)


def test_a_page_is_read_however_it_lies_in_the_scanner(slip: Image.Image, tmp_path: Path) -> None:
    for degrees in (90, 180, 2.5):
        turned = slip.rotate(degrees, expand=True, fillcolor=250, resample=Image.Resampling.BICUBIC)
        reading = read(turned, tmp_path / f"{degrees}.png")
        assert {f.value for f in reading.figures} == COUNTS, degrees
        boxes = {f.value: f.box for f in reading.figures}
        first, last = boxes[Decimal(4796)], boxes[Decimal("99.1")]
        assert first and last
        if degrees == 90:  # from the lower end up, the first line at the left
            assert (first[3] - first[1]) * slip.width > (first[2] - first[0]) * slip.height
            assert first[0] < last[0]
        elif degrees == 180:
            assert first[1] > last[1]


def test_a_picture_of_any_kind_is_read(slip: Image.Image, tmp_path: Path) -> None:
    clear = slip.convert("RGBA")
    clear.putalpha(slip.point(lambda shade: 0 if shade > 200 else 255))
    kinds = {"one.png": slip.convert("1"), "four.jpg": slip.convert("CMYK"), "clear.png": clear}
    for name, picture in kinds.items():
        assert {f.value for f in read(picture, tmp_path / name).figures} == COUNTS, name
    note = Image.Exif()
    note[0x0112] = 6  # to be turned by a quarter when shown
    reading = read(slip.rotate(90, expand=True), tmp_path / "turned.jpg", exif=note)
    assert {f.value for f in reading.figures} == COUNTS
    assert all(
        f.box and (f.box[2] - f.box[0]) * slip.width > (f.box[3] - f.box[1]) * slip.height for f in reading.figures
    )


def test_scanned_pdf_is_read_as_a_scan(slip: Image.Image, tmp_path: Path) -> None:
    reading = read(slip.convert("RGB"), tmp_path / "a.pdf", resolution=150)
    assert {f.value for f in reading.figures} == COUNTS
    assert {f.status for f in reading.figures} == {"U"}


def test_a_picture_too_thin_for_words_has_none(tmp_path: Path) -> None:
    with pytest.raises(HallError) as fault:
        read(Image.new("L", (1, 20_000), 255), tmp_path / "a.png")
    assert fault.value.code == "no_words"


def test_each_page_of_a_tiff_is_read(slip: Image.Image, tmp_path: Path) -> None:
    reading = read(slip, tmp_path / "a.tif", save_all=True, append_images=[slip], compression="tiff_lzw")
    assert [f.page for f in reading.figures] == [1] * 5 + [2] * 5


@pytest.mark.parametrize("turn", [0.0, 1.5])
def test_a_ruled_table_in_a_scan_is_a_table(turn: float, tmp_path: Path) -> None:
    rows = [["窗口", "受理（件）", "超期"], ["公安厅", "1,204", "0"], ["税务局", "963", "2"], ["民政厅", "7", "-"]]
    reading = read(table(rows, turn=turn), tmp_path / "表.png")
    printed = [line.strip("| ").split(" | ") for line in reading.text.splitlines() if line.startswith("|")]
    assert [[row[0], row[-1]] for row in printed[:3]] == [[row[0], row[-1]] for row in rows[:3]]
    values = {(f.label, f.value) for f in reading.figures}
    assert values >= {("受理", Decimal(1204)), ("受理", Decimal(963)), ("受理", Decimal(7))}
    assert {f.status for f in reading.figures} == {"U"}
    police = next(f for f in reading.figures if f.value == Decimal(1204))
    assert police.box and 0.35 < police.box[0] < police.box[2] < 0.7 and 0.25 < police.box[1] < police.box[3] < 0.55


def test_a_box_lies_on_its_number_and_on_nothing_else(slip: Image.Image, tmp_path: Path) -> None:
    turned = slip.rotate(3, expand=True, fillcolor=250, resample=Image.Resampling.BICUBIC)
    reading = read(turned, tmp_path / "a.png")
    boxes = [f.box for f in reading.figures if f.box]
    assert len(boxes) == len(COUNTS)
    assert all((b[3] - b[1]) * turned.height < 75 for b in boxes)  # the line as a whole falls by 55 pixels
    first, last = (next(f.box for f in reading.figures if f.value == Decimal(n)) for n in (588, 563))
    assert first and last and first[1] > last[1]


def test_a_number_that_a_line_end_parts_from_its_unit_has_its_own_place() -> None:
    text = "办件415\n件"
    lines = [Line(0, 5, 1, (0.1, 0.1, 0.9, 0.13)), Line(6, 7, 1, (0.1, 0.14, 0.14, 0.17))]
    figure = Figure("办件", Decimal(415), "件", "415件", 0, 0, "volume", "period", 2, 7, text[2:])
    box = place.main_box(lines, figure.start, figure.end, text)
    assert box == place.box_of(lines[0], 2, 5, text)
