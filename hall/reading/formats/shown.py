"""A cell of a workbook as the sheet shows it: its value through its number format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

# the parts of a number format: words, left out, condition, digits, comma, point, percent, power, General, one character
_TOKEN = re.compile(
    r"\"([^\"]*)\"|[\\!](.)|[_*].|\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]|\[[^\]]*\]|([0#?]+)|(,)|(\.)|(%)|[Ee][+-]?0+"
    r"|(General|G/通用格式|@)|(.)",
    re.DOTALL,
)
_SECTION = re.compile(r"(?:\"[^\"]*\"|[\\!_*].|\[[^\]]*\]|[^;\"\\!_*\[]|[\"\\!_*\[])*?(?:;|$)", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|[\\!].|[_*].|\[[^\]]*\]")
_FAULT = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)")
_DASHES = frozenset({"-", "—", "–", "－"})
_MONEY = "¥￥$€£"
_SILENT = frozenset("()（） -+/:&?" + _MONEY)
_GENERAL = 11  # characters that General shows of a number
_FORM = 255


@dataclass(slots=True)
class _Shape:
    """A section of a number format, taken apart."""

    before: str = ""
    after: str = ""
    whole: str = ""
    part: str | None = None
    general: bool = False
    percents: int = 0
    thousands: int = 0
    inner: tuple[tuple[int, str], ...] = ()  # how many digits stand before the words inside the number, and the words


def shown(value: Any, form: str) -> str:
    """A date by the parts that its format names, a number by its places, scale and words; a fault is no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return dated(value, form)
    if isinstance(value, int | float | Decimal):
        return number(value, form[:_FORM])
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    words = str(value).strip()
    return "-" if _FAULT.fullmatch(words) else words


def dated(value: date, form: str) -> str:
    """A month where the format names no day, a year where it names no month, a time where it names one."""
    plain = _QUOTED.sub("", form).lower().replace("am/pm", "")
    timed = "h" in plain
    if "y" in plain and "m" not in plain:
        return f"{value.year}年"
    if "m" in plain and "d" not in plain and not timed:
        return f"{value.year}年{value.month}月"
    day = f"{value.year}-{value.month:02}-{value.day:02}"
    if timed and isinstance(value, datetime) and (value.hour or value.minute):
        return f"{day} {value.hour:02}:{value.minute:02}"
    return day


def number(value: float | Decimal, form: str) -> str:
    """A number as its format prints it, without the marks of thousands and of money."""
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not exact.is_finite() or (exact and abs(exact.adjusted()) > 30):
            return ""
    except InvalidOperation:
        return ""
    section = _section(form, exact)
    if not section.strip():
        return "" if form.strip() else _general(exact)
    shape = _shape(section)
    if shape.general or "/" in _QUOTED.sub("", section):
        return shape.before + _general(exact) + shape.after
    if not exact and "0" not in shape.whole and not shape.part:
        words = shape.before + shape.after
        return "0" if words in _DASHES else words  # an accountant's zero
    return _printed(exact, shape)


def _section(form: str, value: Decimal) -> str:
    """The part of a format that holds for the value: by its own condition, else positive; negative; zero."""
    sections = [m[0].removesuffix(";") for m in _SECTION.finditer(form)]
    for section in sections[:2]:
        if (found := next((t for t in _TOKEN.finditer(section) if t[3]), None)) and _holds(value, found[3], found[4]):
            return section
    stated = [any(t[3] for t in _TOKEN.finditer(section)) for section in sections]
    if any(stated):
        return next((section for section, told in zip(sections, stated, strict=True) if not told), "General")
    if value < 0 and len(sections) > 2:
        return sections[1]
    if value == 0 and len(sections) > 3:
        return sections[2]
    return sections[0] if sections else ""


def _holds(value: Decimal, sign: str, limit: str) -> bool:
    try:
        than = Decimal(limit)
    except InvalidOperation:
        return False
    return {"<": value < than, ">": value > than, "<=": value <= than, ">=": value >= than, "=": value == than,
            "<>": value != than}[sign]  # fmt: skip


def _shape(section: str) -> _Shape:
    shape = _Shape()
    inner: list[tuple[int, str]] = []
    pending = ""
    for token in _TOKEN.finditer(section):
        quoted, escaped, _, _, digits, comma, point, percent, general, other = token.groups()
        words = quoted if quoted is not None else escaped or other or ""
        if digits:
            shape.thousands = 0
            if pending:
                inner.append((len(shape.whole) + len(shape.part or ""), pending))
                pending, shape.after = "", ""
            if shape.part is None:
                shape.whole += digits
            else:
                shape.part += digits
        elif comma:
            shape.thousands += bool(shape.whole or shape.part)
        elif point and shape.part is None:
            shape.part = ""
        elif percent:
            shape.percents += 1
            shape.after += "%"
        elif general:
            shape.general = True
        elif words:
            begun = shape.whole or shape.part is not None or shape.general
            pending += words if begun else ""
            if quoted is not None or words not in _SILENT:
                said = words.strip(_MONEY + " ")
                shape.before, shape.after = (shape.before, shape.after + said) if begun else (shape.before + said, "")
    shape.inner = tuple(inner)
    return shape


def _printed(exact: Decimal, shape: _Shape) -> str:
    places = len(shape.part or "")
    scaled = (abs(exact) * 100**shape.percents).scaleb(-3 * shape.thousands)
    digits = format(scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    whole, _, part = digits.partition(".")
    whole = whole.zfill(shape.whole.count("0"))
    for place, words in reversed(shape.inner):  # 0!.0, prints 12345 as 1.2
        right = len(shape.whole) - place
        if right > 0 and words.strip() in {".", "．"}:
            whole = whole.zfill(right + 1)
            whole = whole[:-right] + "." + whole[-right:]
    kept = len((shape.part or "").rstrip("#"))
    while len(part) > kept and part.endswith("0"):
        part = part[:-1]
    printed = f"{whole}.{part}" if part else whole
    sign = "-" if exact < 0 and printed.strip("0.") else ""
    return shape.before + sign + printed + shape.after


def _general(exact: Decimal) -> str:
    """As many places as General has room for: no 0.30000000000000004."""
    places = max(_GENERAL - 2 - max(exact.adjusted(), 0), 0)
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if exact == exact.to_integral_value():
        return format(exact.to_integral_value(), "f")
    return format(exact.normalize(), "f")
