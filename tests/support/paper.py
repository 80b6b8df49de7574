"""Bulletins on paper: drawn, turned a little, blurred and speckled like a scan."""

from __future__ import annotations

import random
import subprocess
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT, MARGIN, STEP, LETTERS = 1240, 1754, 110, 46, 38


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", "Noto Sans CJK SC"], capture_output=True, text=True, check=True
    )
    return ImageFont.truetype(found.stdout, size)


def scan(text: str, path: Path, *, turn: float = 0.5, grain: int = 20_000) -> Path:
    """The text as one scanned page."""
    page = Image.new("L", (WIDTH, HEIGHT), 250)
    pen, y = ImageDraw.Draw(page), MARGIN
    for line in text.splitlines():
        for at in range(0, len(line.strip()), LETTERS):
            pen.text((MARGIN, y), line.strip()[at : at + LETTERS], font=font(27), fill=25)
            y += STEP
        y += 0 if line.strip() else 14
    page = page.rotate(turn, fillcolor=250).filter(ImageFilter.GaussianBlur(0.6))
    dots, chance = page.load(), random.Random(1)
    for _ in range(grain):
        x, y = chance.randrange(WIDTH), chance.randrange(HEIGHT)
        dots[x, y] = max(0, min(255, dots[x, y] + chance.randint(-60, 30)))
    page.save(path, quality=75)
    return path


def table(rows: list[list[str]], *, turn: float = 0.0, across: tuple[int, ...] = (60, 330, 600, 760)) -> Image.Image:
    """A ruled table on a scanned slip of paper."""
    page = Image.new("L", (820, 90 + 60 * len(rows)), 245)
    pen = ImageDraw.Draw(page)
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            pen.rectangle((across[j], 40 + 60 * i, across[j + 1], 100 + 60 * i), outline=40, width=2)
            pen.text((across[j] + 12, 52 + 60 * i), words, font=font(27), fill=25)
    return page.rotate(turn, fillcolor=245, resample=Image.Resampling.BICUBIC)
