"""The rules of tables in a picture: where its lines run, and the cells between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from hall.model import Box
from hall.reading.formats import ruled

Point = tuple[float, float]
# the shortest rule in heights of a line; in widths of the picture the narrowest table, half the unevenness of a rule
_RULE, _TABLE, _UNEVEN = 1.2, 0.15, 0.003
# more lines than this are a pattern; how much of a side must be ruled to part two cells; the size of a dash's ink
_MOST, _PARTED, _INK = 120, 0.5, 0.004
_PAD = 6
# no page lies more askew than this
_STEEP = math.radians(8)


def turned(point: Point, middle: Point, angle: float) -> Point:
    """A point turned about another."""
    x, y = point[0] - middle[0], point[1] - middle[1]
    cos, sin = math.cos(angle), math.sin(angle)
    return middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos


def slope(picture: Any) -> float | None:
    """The angle of the level rules in a picture in radians; None where it has none."""
    length = picture.shape[1] // 5
    lying = _opened(_inked(picture), (length // 8, 1), 1)
    if cv2.countNonZero(lying) < length:
        return None
    found = cv2.HoughLinesP(lying, 1, math.pi / 1440, length, minLineLength=length, maxLineGap=length // 8)
    if found is None:
        return None
    angles = sorted(math.atan2(y1 - y0, x1 - x0) for x0, y0, x1, y1 in found.reshape(-1, 4).tolist())
    level = [angle for angle in angles if abs(angle) < _STEEP]
    return level[len(level) // 2] if len(level) > 2 else None


def _inked(picture: Any) -> Any:
    """Where it is darker than around."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    block = max(picture.shape[1] // 40, 7) | 1
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 18)


class Straight:
    """A picture turned so that its lines are level. Boxes are in parts of ``unit`` pixels; ``slope`` in radians."""

    def __init__(self, picture: Any, slope: float, unit: int) -> None:
        height, width = picture.shape[:2]
        self.unit, self._slope, self._middle = unit, slope, (width / 2, height / 2)
        if abs(slope) > 0.0005:
            matrix = cv2.getRotationMatrix2D(self._middle, math.degrees(slope), 1.0)
            picture = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
        self._picture = picture
        self._ink = _inked(picture)

    def back(self, box: Box) -> list[Point]:
        """The corners of a box in pixels of the picture as it was."""
        corners = [(box[x] * self.unit, box[y] * self.unit) for x in (0, 2) for y in (1, 3)]
        return [turned(corner, self._middle, self._slope) for corner in corners]

    def tables(self, size: float) -> list[list[Box]]:
        """The cells of each ruled table; no stroke of a character of this ``size`` passes for a rule."""
        width = self._ink.shape[1]
        length, slack = max(int(_RULE * size * self.unit), 12), max(int(_UNEVEN * width), 2)
        level, upright = (_opened(self._ink, size, slack) for size in ((length, 1), (1, length)))
        net = cv2.dilate(level | upright, np.ones((2 * slack + 1, 2 * slack + 1), np.uint8))
        count, _, boxes, _ = cv2.connectedComponentsWithStats(net)
        found = []
        for left, top, across, down, _ in boxes[1:count].tolist():
            if across >= _TABLE * width and down >= length:
                part = (slice(top, top + down), slice(left, left + across))
                spots = _cells(level[part], upright[part], slack)
                cells: list[Box] = [((a + left) / self.unit, (b + top) / self.unit, (c + left) / self.unit,
                                     (d + top) / self.unit) for a, b, c, d in spots]  # fmt: skip
                if ruled.is_table(cells):
                    found.append(cells)
        return found

    def has_ink(self, cell: Box) -> bool:
        """Whether anything stands in a cell, its rules left aside."""
        part = self._inside(cell)[0]
        if not part.size:
            return False
        _, _, boxes, _ = cv2.connectedComponentsWithStats(part)
        return bool((boxes[1:, 2:4].max(initial=0)) > _INK * self._ink.shape[1])

    def read(self, cells: Sequence[Box], engine: Any) -> list[tuple[str, float, Box]]:
        """Words, score and box of each cell that holds ink, read by itself."""
        spots: list[Box] = []
        crops = []
        for cell in cells:
            ink, left, top = self._inside(cell)
            rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
            y0, y1 = top + int(rows[0]), top + int(rows[-1]) + 1
            x0, x1 = left + int(columns[0]), left + int(columns[-1]) + 1
            spots.append((x0 / self.unit, y0 / self.unit, x1 / self.unit, y1 / self.unit))
            crop = self._picture[max(y0 - _PAD, 0) : y1 + _PAD, max(x0 - _PAD, 0) : x1 + _PAD]
            crops.append(np.ascontiguousarray(crop))
        if not crops:
            return []
        read = engine.recognize_txt(crops)
        said = zip(read.txts, read.scores, spots, strict=True)
        return [(" ".join(str(text).split()), float(score), box) for text, score, box in said]

    def _inside(self, cell: Box) -> tuple[Any, int, int]:
        """The ink of a cell without its rules, and where its left top corner is."""
        slack = max(int(_UNEVEN * self._ink.shape[1]), 2)
        left, top, right, bottom = (round(side * self.unit) for side in cell)
        left, top = max(left + slack, 0), max(top + slack, 0)
        return self._ink[top : max(bottom - slack, top), left : max(right - slack, left)], left, top


def _opened(ink: Any, size: tuple[int, int], slack: int) -> Any:
    """What is drawn as a line of this direction; a line that wavers by a pixel is one."""
    across = (1, 3) if size[0] > 1 else (3, 1)
    thick = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, across))
    return cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))


def _cells(level: Any, upright: Any, slack: int) -> list[tuple[float, float, float, float]]:
    """The cells of a net of lines in pixels; where a side between two of them is not ruled they are one."""
    ys, xs = _lines(level, 1, slack), _lines(upright, 0, slack)
    width = level.shape[1]
    xs = [0, *xs] if not xs or xs[0] > 4 * slack else xs
    xs = [*xs, width - 1] if xs[-1] < width - 1 - 4 * slack else xs
    if not (2 <= len(ys) <= _MOST and 2 <= len(xs) <= _MOST):
        return []
    parent = {(r, c): (r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while parent[cell] != cell:
            cell = parent[cell]
        return cell

    for r, c in parent:
        top, bottom, left, right = ys[r] + slack, ys[r + 1] - slack, xs[c] + slack, xs[c + 1] - slack
        beside = upright[top:bottom, max(xs[c + 1] - 2 * slack, 0) : xs[c + 1] + 2 * slack + 1]
        below = level[max(ys[r + 1] - 2 * slack, 0) : ys[r + 1] + 2 * slack + 1, left:right]
        if (r, c + 1) in parent and beside.size and beside.any(axis=1).mean() < _PARTED:
            parent[root((r, c + 1))] = root((r, c))
        if (r + 1, c) in parent and below.size and below.any(axis=0).mean() < _PARTED:
            parent[root((r + 1, c))] = root((r, c))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for cell in parent:
        groups.setdefault(root(cell), []).append(cell)
    if any(len(group) != math.prod(_extent(group)) for group in groups.values()):
        return []  # the lines make no table: better read as lines of words
    return [
        (xs[min(c for _, c in g)], ys[min(r for r, _ in g)], xs[max(c for _, c in g) + 1], ys[max(r for r, _ in g) + 1])
        for g in groups.values()
    ]


def _extent(group: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many rows and columns a group of cells reaches over."""
    rows, columns = [r for r, _ in group], [c for _, c in group]
    return max(rows) - min(rows) + 1, max(columns) - min(columns) + 1


def _lines(mask: Any, axis: int, slack: int) -> list[int]:
    """Where lines run: rows (axis 1) or columns (axis 0) of which a good part is drawn, near ones taken together."""
    drawn = (mask > 0).sum(axis=axis)
    places = np.flatnonzero(drawn > 0.12 * mask.shape[axis]).tolist()
    groups: list[list[int]] = []
    for place in places:
        if groups and place - groups[-1][-1] <= 2 * slack:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) // len(group) for group in groups]
