"""The page of a document as a picture, with a box around each figure; and the part of it around one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from hall.charts.theme import palette
from hall.model import HallError
from hall.text import sentences, t
from hall.ui import choice
from hall.ui.access import guard
from hall.views.sources.document import MarkedFigure
from hall.views.sources.opened import Opened

_PAD = 0.004
# what is cut out above and below a line, in heights of it
_ROOM = 0.15


@st.cache_data(show_spinner=False, max_entries=24)
def _drawn(file: str, boxes: tuple[tuple[tuple[float, ...], str, str], ...]) -> bytes:
    """The page with boxes: box in parts of the page, colour, number."""
    import io

    from PIL import Image, ImageDraw

    own = palette("light")
    inks = {"held": own.attention, "chosen": own.series["purple"], "plain": own.series["blue"]}
    inks |= {"decided": own.series["teal"], "rejected": own.axis}
    page = Image.open(file).convert("RGB")
    pen = ImageDraw.Draw(page, "RGBA")
    for (left, top, right, bottom), colour, number in boxes:
        wide, high = page.size
        corner = ((left - _PAD) * wide, (top - _PAD) * high, (right + _PAD) * wide, (bottom + _PAD) * high)
        chosen = colour == "chosen"
        ink = inks[colour]
        pen.rectangle(corner, outline=ink, width=4 if chosen else 2)
        pen.rectangle(corner, fill=(*bytes.fromhex(ink[1:]), 48 if chosen else 20))
        pen.text((corner[2] + 2, corner[1] - 2), number, fill=ink, font_size=max(11, wide // 66))
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


@st.cache_data(show_spinner=False, max_entries=48)
def _cut(file: str, box: tuple[float, ...]) -> bytes:
    """The strip of the page around a box, wide enough to read the line."""
    import io

    from PIL import Image

    page = Image.open(file).convert("RGB")
    wide, high = page.size
    left, top, right, bottom = box
    tall = bottom - top
    strip = page.crop((
        max(int((left - 0.28) * wide), 0), max(int((top - _ROOM * tall) * high), 0),
        min(int((right + 0.14) * wide), wide), min(int((bottom + _ROOM * tall) * high), high),
    ))  # fmt: skip
    out = io.BytesIO()
    strip.save(out, "PNG")
    return out.getvalue()


def _file(document: str, page: int) -> Path | None:
    from hall import review

    try:
        return review.page_image(document, page)
    except HallError as fault:
        st.markdown(sentences.fault(fault, guard().lang))
        return None


def page(opened: Opened) -> None:
    """A page of the document, that of the chosen figure first, with every figure on it boxed."""
    lang, sha = guard().lang, opened.document.sha256
    first = opened.chosen.page if opened.chosen and opened.chosen.page else 1
    number = first
    if opened.pages > 1:
        options = {str(n): t("document.page", lang, n=n, of=opened.pages) for n in range(1, opened.pages + 1)}
        number = int(choice.select("page", t("document.choose_page", lang), options, str(first), width=180))
    if file := _file(sha, number):
        marks = [m for m in opened.marks if m.page == number and m.box]
        boxes = tuple((tuple(m.box or ()), _colour(m, opened.chosen), str(m.number)) for m in marks)
        alt = t("document.page_alt", lang, n=number, figures=len(marks))
        st.image(_drawn(str(file), boxes), width="stretch", alt=alt)


def strip(opened: Opened, mark: MarkedFigure) -> None:
    """The words around one figure, cut out of its page."""
    if mark.page and mark.box and (file := _file(opened.document.sha256, mark.page)):
        st.image(_cut(str(file), mark.box), width="stretch", alt=t("document.strip_alt", guard().lang))


def _colour(mark: MarkedFigure, chosen: MarkedFigure | None) -> str:
    if chosen and mark.number == chosen.number:
        return "chosen"
    if mark.rejected:
        return "rejected"
    return "held" if mark.in_review else "decided" if mark.decided else "plain"
