"""Draw docs/screenshots: each page in two languages and widths, the overview in the dark, dense data, the demo hall."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from hall.paths import CONFIG, PAGES, ROOT
from hall.text import LANGUAGES
from scripts import serving

FOLDER = ROOT / "docs/screenshots"
WIDTHS = (1440, 390)
HEIGHTS = {1440: (900, 2400), 390: (844, 3200)}
DENSE = ("overview", "trends", "departments", "windows", "sources")
# Drawn from the demo hall: pages that say nothing without cases, and those that say more with them.
OF_CASES = ("channels", "cities", "cases")
DEMO = ("departments", "windows", "channels", "cities")
_TALL = "() => { const m = document.querySelector('[data-testid=stMain]'); return Math.ceil(m.scrollHeight); }"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: ``data`` is empty for the facts, ``dense`` for the fictional publisher's bulletins, ``demo`` for the
    demo hall."""

    page: str
    lang: str
    width: int
    dark: bool = False
    data: str = ""

    @property
    def file(self) -> Path:
        """overview-zh-1440.png, trends-dense-en-390.png, overview-zh-1440-dark.png, cases-demo-zh-1440.png."""
        parts = [self.page, *filter(None, [self.data]), self.lang, str(self.width)]
        return FOLDER / ("-".join([*parts, *(["dark"] if self.dark else [])]) + ".png")

    @property
    def query(self) -> str:
        """The filters of the picture, as a link from outside writes them."""
        publisher = {"dense": "sample", "demo": "demo"}.get(self.data)
        return f"lang={self.lang}" + (f"&data={publisher}" if publisher else "")


def pictures() -> Iterator[Picture]:
    """All pictures, those of one server together."""
    pages = sorted(path.stem for path in PAGES.glob("*.py"))
    for lang in LANGUAGES:
        for page in pages:
            for width in WIDTHS:
                if page not in OF_CASES:
                    yield Picture(page, lang, width)
        yield from (Picture("overview", lang, width, dark=True) for width in WIDTHS)
    for lang in LANGUAGES:
        yield from (Picture(page, lang, 1440, data="dense") for page in DENSE if page in pages)
        yield from (Picture(page, lang, 1440, data="demo") for page in DEMO)
    yield Picture("cases", "zh", 1440, data="demo")
    yield from (Picture(page, "zh", 390, data="demo") for page in OF_CASES)
    yield Picture("trends", "zh", 1440, dark=True, data="dense")


def draw(tab: Page, address: str, picture: Picture) -> bytes:
    """The whole page as PNG, its viewport as tall as its content."""
    low, high = HEIGHTS[picture.width]
    if picture.page == "cases":
        high = 1100  # rows are all alike
    tab.emulate_media(color_scheme="dark" if picture.dark else "light")
    tab.set_viewport_size({"width": picture.width, "height": low})
    tab.goto(f"{address}/{picture.page}?{picture.query}")
    tab.locator("h1").first.wait_for()
    tab.wait_for_function(serving.STILL)
    for _ in range(2):
        tab.set_viewport_size({"width": picture.width, "height": min(max(tab.evaluate(_TALL), low), high)})
        tab.wait_for_timeout(400)
    tab.wait_for_function(serving.STILL)
    return tab.screenshot(animations="disabled", caret="hide")


def save(png: bytes, file: Path) -> None:
    """Write the picture with 256 colours, the theme's own and the most frequent, the rest drawn to the nearest of
    them: a third of the size, no visible difference."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    colours, place, count = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    # Small marks in a colour of the theme count as much as a large surface.
    theme = {
        tuple(bytes.fromhex(word)) for word in re.findall(r"#([0-9A-Fa-f]{6})", CONFIG.read_text(encoding="utf-8"))
    }
    weight = count + np.array([tuple(colour) in theme for colour in colours.tolist()]) * count.sum()
    palette = colours[np.argsort(-weight, kind="stable")[:256]].astype(np.int32)
    nearest = np.concatenate([
        ((part[:, None, :].astype(np.int32) - palette) ** 2).sum(axis=2).argmin(axis=1)
        for part in np.array_split(colours, max(1, len(colours) // 1000))
    ])  # fmt: skip
    image = Image.fromarray(nearest[place.reshape(-1)].reshape(pixels.shape[:2]).astype(np.uint8), "P")
    image.putpalette(palette.astype(np.uint8).tobytes())
    image.save(file, optimize=True)


def run(browser: Browser, folder: Path, wanted: list[Picture], data: str) -> None:
    """Serve one store and draw its pictures."""
    store = folder / (data or "facts")
    if data == "demo":
        env = serving.demo(store)
    else:
        serving.build(store, *(sorted(serving.SAMPLE.glob("*.txt")) if data == "dense" else ()))
        env = serving.environment(store)
    with serving.serve(env, folder / "server.log") as address:
        tab = browser.new_page(locale="zh-CN")
        for picture in wanted:
            save(draw(tab, address, picture), picture.file)
        tab.close()


def main() -> None:
    """Draw everything anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = serving.chromium(play)
        for data in ("", "dense", "demo"):
            run(browser, Path(folder), [p for p in pictures() if p.data == data], data)
        browser.close()
    files = sorted(FOLDER.glob("*.png"))
    print(f"{len(files)} pictures, {sum(f.stat().st_size for f in files) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
