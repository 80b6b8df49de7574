"""The numbers that Word prints before the paragraphs of a list, which its text does not hold."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_HAN = "〇一二三四五六七八九"
_HAN_FORMS = {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting"}


class Numbering:
    """Counts the lists of one document as they are walked."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[tuple[str, int], int] = {}
        self._forms: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        if part is not None:
            self._learn(part.element if hasattr(part, "element") else None)

    def mark(self, paragraph: Paragraph) -> str:
        """What is printed before the paragraph: "一、", "1.", or nothing."""
        found = self._of(paragraph)
        if found is None or found not in self._forms:
            return ""
        number, level = found
        form, pattern, start = self._forms[found]
        if form in {"bullet", "none"}:
            return ""
        self._counts[found] = self._counts.get(found, start - 1) + 1
        for deeper in range(level + 1, 9):
            self._counts.pop((number, deeper), None)
        for at in range(level + 1):
            own = self._forms.get((number, at), ("decimal", "", 1))
            count = self._counts.get((number, at), own[2])
            pattern = pattern.replace(f"%{at + 1}", printed(count, own[0]))
        return pattern

    def _of(self, paragraph: Paragraph) -> tuple[str, int] | None:
        properties = paragraph._p.pPr
        held = properties.find(qn("w:numPr")) if properties is not None else None
        if held is None and paragraph.style is not None:
            style = paragraph.style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            held = style
        if held is None:
            return None
        number, level = held.find(qn("w:numId")), held.find(qn("w:ilvl"))
        if number is None:
            return None
        return str(number.get(qn("w:val"))), int(level.get(qn("w:val")) or 0) if level is not None else 0

    def _learn(self, root: Any) -> None:
        if root is None:
            return
        shapes = {a.get(qn("w:abstractNumId")): a for a in root.iter(qn("w:abstractNum"))}
        for number in root.iter(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            shape = shapes.get(link.get(qn("w:val"))) if link is not None else None
            for level in shape.iter(qn("w:lvl")) if shape is not None else ():
                key = (str(number.get(qn("w:numId"))), int(level.get(qn("w:ilvl")) or 0))
                self._forms[key] = (_value(level, "numFmt"), _value(level, "lvlText"), int(_value(level, "start") or 1))


def _value(level: Any, name: str) -> str:
    found = level.find(qn(f"w:{name}"))
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def printed(count: int, form: str) -> str:
    """A count as a list prints it: 3 is 三 in a Chinese list."""
    if form in _HAN_FORMS and 0 < count < 100:
        tens, ones = divmod(count, 10)
        ten = "" if not tens else ("" if tens == 1 else _HAN[tens]) + "十"
        return ten + (_HAN[ones] if ones or not tens else "")
    if form == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    return str(count)
