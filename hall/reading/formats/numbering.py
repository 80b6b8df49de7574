"""The numbers that Word prints before the paragraphs of a list, which its text does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_HAN = "〇一二三四五六七八九"
_DIGITAL = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_COUNTED = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
            "taiwaneseCountingThousand", "koreanCounting"}  # fmt: skip
_LEGAL = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}
_SERIES = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS, _OFF = 9, ("0", "false", "off")

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: form of its number, pattern, first number, the level above which it begins anew, Arabic."""

    form: str
    pattern: str
    start: int
    restart: int
    arabic: bool


class Numbering:
    """Counts the lists of one document as they are walked."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[Place, int] = {}
        self._levels: dict[Place, _Level] = {}
        self._shapes: dict[str, str] = {}  # list: the shape that it shares with others, whose count goes on
        self._starts: dict[Place, int] = {}
        self._styled: dict[str, Place] = {}  # paragraph style: the list level that is made for it
        self._styles: dict[str, Any] = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}
        default = [s for s in self._styles.values() if s.get(qn("w:type")) == "paragraph" and s.get(qn("w:default"))]
        self._default = default[0].get(qn("w:styleId")) if default else ""
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        if part is not None and hasattr(part, "element"):
            self._learn(part.element)

    def mark(self, paragraph: Any) -> str:
        """What is printed before a paragraph (its element): "一、", "1.", or nothing."""
        found = self._of(paragraph)
        if found is None or (level := self._levels.get(found)) is None:
            return ""
        number, depth = found
        shape = self._shapes[number]
        first = self._starts.pop(found, None)
        self._counts[shape, depth] = self._counts.get((shape, depth), level.start - 1) + 1 if first is None else first
        for deeper in range(depth + 1, _LEVELS):
            below = self._levels.get((number, deeper))
            if below is None or below.restart > depth:
                self._counts.pop((shape, deeper), None)
        pattern = "" if level.form in {"bullet", "none"} else level.pattern
        for at in range(depth + 1):
            if f"%{at + 1}" in pattern and (own := self._levels.get((number, at))) is not None:
                count = self._counts.get((shape, at), own.start)
                form = "decimal" if level.arabic and at < depth else own.form
                pattern = pattern.replace(f"%{at + 1}", printed(count, form))
        return pattern

    def _of(self, paragraph: Any) -> Place | None:
        """The list and level of a paragraph, by itself or by its style."""
        own = paragraph.find(qn("w:pPr"))
        style = _value(own, "pStyle") or self._default
        number = level = ""
        holder, name, seen = own, style, 0
        while seen < 12:
            held = holder.find(qn("w:numPr")) if holder is not None else None
            if held is not None:
                number, level = number or _value(held, "numId"), level or _value(held, "ilvl")
            about = self._styles.get(name)
            if number or about is None:
                break
            if holder is not own:
                name = _value(about, "basedOn")
                about = self._styles.get(name)
            holder = about.find(qn("w:pPr")) if about is not None else None
            seen += 1
        if not number or number == "0":
            return None
        if not level and style in self._styled and self._shapes.get(number) == self._shapes.get(self._styled[style][0]):
            return number, self._styled[style][1]
        return number, _whole(level)

    def _learn(self, root: Any) -> None:
        shapes = {a.get(qn("w:abstractNumId")): a for a in root.iter(qn("w:abstractNum"))}
        by_style = {_value(a, "styleLink"): a for a in shapes.values() if _value(a, "styleLink")}
        for number in root.iter(qn("w:num")):
            name, shape_name = str(number.get(qn("w:numId"))), _value(number, "abstractNumId")
            shape = shapes.get(shape_name)
            if shape is not None and _value(shape, "numStyleLink"):
                shape = by_style.get(_value(shape, "numStyleLink"), shape)
            self._shapes[name] = str(shape.get(qn("w:abstractNumId"))) if shape is not None else shape_name
            for level in shape.findall(qn("w:lvl")) if shape is not None else ():
                self._level(name, level)
            for changed in number.findall(qn("w:lvlOverride")):
                place = (name, _whole(changed.get(qn("w:ilvl"))))
                if (level := changed.find(qn("w:lvl"))) is not None:
                    self._level(name, level)
                if first := _value(changed, "startOverride"):
                    self._starts[place] = _whole(first)

    def _level(self, name: str, level: Any) -> None:
        depth = _whole(level.get(qn("w:ilvl")))
        start, restart, legal = _value(level, "start"), _value(level, "lvlRestart"), level.find(qn("w:isLgl"))
        self._levels[name, depth] = _Level(
            _value(level, "numFmt") or "decimal",
            _value(level, "lvlText"),
            _whole(start) if start else 1,
            _whole(restart) if restart else depth,
            legal is not None and legal.get(qn("w:val")) not in _OFF,
        )
        if style := _value(level, "pStyle"):
            self._styled.setdefault(style, (name, depth))


def _value(element: Any, name: str) -> str:
    found = element.find(qn(f"w:{name}")) if element is not None else None
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def _whole(words: str | None) -> int:
    return int(words) if words and words.isdecimal() else 0


def printed(count: int, form: str) -> str:
    """A count as a list prints it: 3 is 三 in a Chinese list."""
    if form in _DIGITAL:
        return "".join(_HAN[int(digit)] for digit in str(count))
    if form in _COUNTED and 0 < count < 100:
        tens, ones = divmod(count, 10)
        return ("" if tens < 2 else _HAN[tens]) + "十" * bool(tens) + (_HAN[ones] if ones else "")
    if form in _LEGAL and 0 < count < 100:
        tens, ones = divmod(count, 10)
        legal = "零壹贰叁肆伍陆柒捌玖"
        return (legal[tens] + "拾" if tens else "") + (legal[ones] if ones else "")
    if form in _CIRCLED and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if form == "decimalEnclosedParen" and 1 <= count <= 20:
        return chr(0x2474 + count - 1)
    if form == "decimalEnclosedFullstop" and 1 <= count <= 20:
        return chr(0x2488 + count - 1)
    if form == "ideographEnclosedCircle" and 1 <= count <= 10:
        return chr(0x3220 + count - 1)
    if form in _SERIES:
        return _SERIES[form][(count - 1) % len(_SERIES[form])]
    return _western(count, form)


def _western(count: int, form: str) -> str:
    if form in {"upperLetter", "lowerLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 % 9 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"upperRoman", "lowerRoman"} and 0 < count < 4000:
        roman, rest = "", count
        for value, words in _ROMAN:
            roman += words * (rest // value)
            rest %= value
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(count))
    return f"{count:02}" if form == "decimalZero" else str(count)
