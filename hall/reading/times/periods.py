"""Dates and periods in the text, resolved against the document's own period."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from hall.model import Document, Scope
from hall.reading.numbers.numerals import chinese
from hall.reading.times import to_date

_DASH = r"(?:—+|-|至|到|~|、)"
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:\d{4}|(?<!\d)1[01]\d(?=年第?\d{1,2}(?:[-—至]\d{1,2})?[月季])|[一二][〇零○一二三四五六七八九]{3})"
_Y = rf"(?:(?P<%sy>{_YEAR})年|(?P<%sr>今年|本年|去年|上年|明年))?"
_CLOCK = r"(?:\d{1,2}[:时点](?:\d{2}分?)?)?"
_MD = rf"(?P<%sm>{_N})月(?P<%sd>{_N})[日号]"


def _first(form: str) -> str:
    return form.replace("%s", "a")


def _second(form: str) -> str:
    return form.replace("%s", "b")


_FORMS: tuple[tuple[str, str], ...] = (
    (
        "days",
        _first(_Y + _MD) + _CLOCK + _DASH + _second(_Y) + rf"(?:(?P<bm>{_N})月)?(?P<bd>{_N})[日号]" + _CLOCK,
    ),
    (
        "dotted_days",
        r"(?<![\d.])(?P<am>\d{1,2})\.(?P<ad>\d{1,2})(?:—+|-|~|至)(?P<bm>\d{1,2})\.(?P<bd>\d{1,2})(?![\d.]|万|亿|%|个?[件人项])",
    ),
    ("day", _first(_Y + _MD)),
    ("iso", r"(?<!\d)(?P<ay>(?:19|20)\d{2})[-/.](?P<am>\d{1,2})[-/.](?P<ad>\d{1,2})(?!\d)"),
    # 一、9月 opens a section: it is no range
    ("months", rf"(?!(?<![^\n|]){_N}、)" + _first(_Y)
     + rf"(?P<am>{_N}|元(?=月|{_DASH}\d))月?份?{_DASH}" + _second(_Y) + rf"(?P<bm>{_N})月(?:份|底|末)?"),
    ("month", _first(_Y) + rf"(?P<am>{_N}|元(?=月份))月(?P<part>份|底|末|初|上旬|中旬|下旬)?"),
    (
        "to_quarter",
        _first(_Y) + r"(?:前(?P<k>\d{1,2}|[一二三四五六七八九十]{1,2})个月|前(?P<n>[二三两])个?季度"
        r"|(?:第?一|1)(?:至|—|-|到)(?:第?(?P<m>[二三23]))季度)",
    ),
    ("quarter", _first(_Y) + r"第?(?P<q>[一二三四1-4])季度?(?![节军])"),
    ("half", _first(_Y) + r"(?P<half>上半年|下半年)"),
    ("year", rf"(?P<ay>{_YEAR})年(?:度|底|末)?(?!版|第?\d{{1,2}}[周期])"),
    ("to_date", r"今年以来|本年以来|年初以来|年初至今|今年累计|本年累计|全年累计|年内累计|自年初|当年累计"),
    (
        "as_of",
        r"截至(?:目前|今日|日前|当前|本周|本月底?)|截[至止](?:发稿|今)[日时]?|截止(?:目前|当前|今日|日前)|目前|[至迄]今",
    ),
    ("week", r"本周|这一周|当周"),
    ("this", r"本月|当月|本月份"),
    ("last_month", r"上月|上个月"),
    ("last_week", r"上周"),
    ("this_year", r"今年|本年度?|全年"),
    ("year_ago", r"(?:去年|上年)同期"),
    ("last_year", r"去年|上年"),
    ("bare_day", r"(?<![\d.])(?:[12]?\d|3[01])日(?!均)"),
    ("clock", r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)|(?<!\d)\d{1,2}[时点]\d{1,2}分"),
)  # fmt: skip
# a dated form begins with one of these; told first, so that other characters are passed over at once
_DATED = {"days", "day", "months", "month", "quarter", "to_quarter", "half"}
_FIRST = r"(?=[\d零〇○一二三四五六七八九十元今本去上明第前下])"
_NEEDS = {"dotted_days": ".", "quarter": "季", "half": "半年"}
_ALL = tuple((name, re.compile(_FIRST * (name in _DATED) + pattern)) for name, pattern in _FORMS)
_FLOWS = re.compile(r"[^\d。；;\n]{0,24}?(?:完成|受理|办理|办结|成交|收到|接听|处理|接待|交易)")
_MINGUO = 1911  # the year before the first of the Republic's calendar: 109年4-6月
_AFTER = 92  # days after the end of a period at which a count that runs on is still taken
_SINCE = re.compile(r"[^，,。；;]{0,8}?以来")
_UNTIL = re.compile(r"(?:截至|截止|到|至)(?:[xX×*]{2,4}年)?$")
_DEADLINE = re.compile(r"(?:之?前|以前|内)")


@dataclass(frozen=True, slots=True)
class When:
    """An expression of time at ``start:end`` of the flat text. ``first`` and ``last`` are its days where they can be
    told; ``deadline`` ones govern nothing."""

    start: int
    end: int
    form: str
    scope: Scope
    first: date | None
    last: date | None
    deadline: bool = False


def find(flat: str, document: Document) -> list[When]:
    """Every expression of time, in order, longest form first; none overlaps another."""
    taken = bytearray(len(flat))
    found: list[When] = []
    for name, pattern in _ALL:
        if name in _NEEDS and _NEEDS[name] not in flat:
            continue
        for match in pattern.finditer(flat):
            if not any(taken[match.start() : match.end()]):
                if name == "year" and flat[match.end() : match.end() + 1].isdigit():
                    continue
                when = _when(name, match, flat, document)
                taken[when.start : when.end] = b"\1" * (when.end - when.start)
                found.append(when)
    return sorted(found, key=lambda w: w.start)


def arabic(words: str) -> str:
    """Chinese numerals of dates and issues in Arabic digits: 二〇二四年七月 is 2024年7月."""
    return re.sub(r"[〇零○一二三四五六七八九十]+", lambda m: str(chinese(m[0].replace("○", "〇")) or m[0]), words)


def anchor(document: Document) -> date | None:
    """The day that relative years refer to."""
    return document.period_end or document.published_on


def _when(name: str, match: re.Match[str], flat: str, document: Document) -> When:
    first, last, scope = _days(name, match, document)
    start, end = match.span()
    deadline = bool(_DEADLINE.match(flat, end))
    until = _UNTIL.search(flat, max(0, start - 7), start)
    since = _SINCE.match(flat, end)
    if since and name not in {"to_date", "as_of"} and since[0].count("日") == 0:
        end, scope = since.end(), "as_of"
        first, last = None, anchor(document)
    elif until and name not in {"to_date", "as_of"} and not deadline:
        start, scope, first = until.start(), "as_of", None
        own = document.period
        flows = _FLOWS.match(flat, end)  # 截至6月30日，共完成95项 in a report on half a year
        if own and flows and last == own.end and own.start.month != own.end.month:
            return When(start, end, name, to_date.scope_of(own), own.start, own.end, deadline)
        if last and document.period_end and not match.groupdict().get("ay"):
            later = day(last.year + 1, last.month, last.day)
            if later and last < document.period_end < later and (later - document.period_end).days <= _AFTER:
                last = later
        if name == "year" and until[0] == "到":
            deadline = True
    elif to_date.from_new_year(name, first, last) or to_date.opens_early(name, first, match[0]):
        scope = "year_to_date"
    return When(start, end, name, scope, first, last, deadline)


def _days(name: str, match: re.Match[str], document: Document) -> tuple[date | None, date | None, Scope]:
    part = {key: arabic(value) if value else value for key, value in match.groupdict().items()}
    part |= {"am": "1"} if part.get("am") == "元" else {}
    base, period = anchor(document), document.period
    year = base.year if base else None
    if name in {"days", "dotted_days"}:
        first = day(_year(part, "a", document, _int(part["am"])), part["am"], part["ad"])
        month = part["bm"] or part["am"]
        later = first.year + (_int(month) < first.month) if first else None
        return first, day(later, month, part["bd"]), "period"
    if name in {"day", "iso"}:
        only = day(_year(part, "a", document, _int(part["am"])), part["am"], part["ad"])
        return only, only, "period"
    if name in {"month", "months"}:
        month = _int(part["am"])
        begun, ended = _year(part, "a", document, month), _int(part.get("bm") or part["am"])
        if not begun or not 1 <= month <= 12 or not 1 <= ended <= 12:
            return None, None, "period"
        return date(begun, month, 1), _month_end(begun + (ended < month), ended), "period"
    if name == "to_quarter":
        begun = _year(part, "a", document, 1) or year
        last = {"二": 6, "两": 6, "2": 6, "三": 9, "3": 9}.get(match["n"] or match["m"] or "") or _int(part["k"])
        if not 1 <= last <= 12:
            return None, None, "period"
        return (date(begun, 1, 1), _month_end(begun, last), "year_to_date") if begun else (None, None, "year_to_date")
    if name in {"quarter", "half"}:
        begun = _year(part, "a", document, 1) or year
        if begun is None:
            return None, None, "period"
        place = "1234".index(part["q"]) if name == "quarter" else (part["half"] == "下半年") * 2
        span = 3 if name == "quarter" else 6
        month = place * 3 + 1
        return date(begun, month, 1), _month_end(begun, month + span - 1), "period"
    if name == "year" and int(part["ay"]):
        return date(int(part["ay"]), 1, 1), date(int(part["ay"]), 12, 31), "period"
    if name == "to_date":
        return (date(year, 1, 1) if year else None), base, "year_to_date"
    if name == "as_of":
        return None, base, "as_of"
    if name in {"this", "week"} and period:
        # in a report on 1至8月, 本月 is August
        first = period.end.replace(day=1) if name == "this" and (period.end - period.start).days > 31 else period.start
        return first, period.end, "period"
    if name == "year_ago" and period and (before := period.year_ago()):
        return before.start, before.end, "period"
    if name in {"last_month", "last_week"} and period:
        before = period if _is_last(name, document) else period.shift(-1)
        return before.start, before.end, "period"
    return None, None, "period"


def _is_last(name: str, document: Document) -> bool:
    """Whether a text that is no bulletin speaks of its own period as the last one, seen from its print date."""
    printed, period = document.published_on, document.period
    if document.kind != "other" or printed is None or period is None or period.end >= printed:
        return False
    if name == "last_week":
        return (period.end - period.start).days < 7 and (printed - period.end).days <= 7
    return (printed.year * 12 + printed.month) - (period.end.year * 12 + period.end.month) == 1


def _year(part: dict[str, str | None], side: str, document: Document, month: int) -> int | None:
    """The printed year, else the one in which that month lies nearest before the end of the document's period."""
    base = anchor(document)
    if printed := part.get(f"{side}y"):
        return int(printed) + (_MINGUO if len(printed) == 3 else 0)
    if base is None:
        return None
    if word := part.get(f"{side}r"):
        return base.year + {"去年": -1, "上年": -1, "明年": 1}.get(word, 0)
    printed_on = document.published_on or base
    late = (printed_on.year - base.year) * 12 + printed_on.month
    return base.year if month <= max(late, base.month) else base.year - 1


def _int(words: str | None) -> int:
    """The number of a month; 0 for numerals that make up none (十三十)."""
    return int(words) if words and words.isascii() else 0


def day(year: str | int | None, month: str | int | None, number: str | int | None) -> date | None:
    """That day, None when there is none."""
    try:
        return date(int(year or 0), int(month or 0), int(number or 0))
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
