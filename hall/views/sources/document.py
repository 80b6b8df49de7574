"""One document as it was read: its words, figures, checks, and the numbers that are no figures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import polars as pl

from hall import catalog
from hall.measure.rounding import Quantity
from hall.model import Box, Lang, Status
from hall.text import known, numbers, sentences, t
from hall.text.plain import plain
from hall.views.data.activities import department_id, name
from hall.views.parts.cards import ListItem, Tone

# a line of so many characters may have been cut by the page
_LONG = 18
_TONE: dict[str, Tone] = {"pass": "good", "fail": "attention", "not_applicable": "quiet"}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided about a figure: act (``type`` for a value without words), who, when, why, and the value as
    it was read before a correction."""

    act: str
    by: str
    at: datetime
    reason: str
    read: str


@dataclass(frozen=True, slots=True)
class MarkedFigure:
    """One figure: its number in the list, what it counts, as printed, as read, ± rounding, status, place, words;
    ``words`` and ``metric_id`` are what the store holds of it."""

    number: int
    label: str
    printed: str
    value: str
    around: str
    unit: str
    status: Status
    metric: str
    kind: str
    about: str
    section: str
    start: int
    end: int
    sentence: str | None
    page: int | None = None
    box: Box | None = None
    score: float | None = None
    decided: Decided | None = None
    words: str = ""
    metric_id: str | None = None

    @property
    def in_review(self) -> bool:
        """Whether a person must look at it before it counts."""
        return self.status == "U" and not self.rejected

    @property
    def undecided(self) -> bool:
        """Whether nobody said yet that the number is right or wrong; what it measures is another question."""
        return self.decided is None or self.decided.act == "map"

    @property
    def typed(self) -> bool:
        """Whether a person typed it in: no words of the document tell it."""
        return self.decided is not None and self.decided.act == "type"

    @property
    def added(self) -> bool:
        """Whether a person added it to what was read."""
        return self.decided is not None and self.decided.act in {"add", "type"}

    @property
    def rejected(self) -> bool:
        """Whether a person said that it is no figure."""
        return self.decided is not None and self.decided.act == "reject"


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """One number that is no figure: its words, the rule that explains it, its place, the words around it."""

    text: str
    rule: str
    explained: bool
    start: int
    end: int
    around: str


def marks(figures: pl.DataFrame, text: str | None, lang: Lang) -> tuple[MarkedFigure, ...]:
    """Rows of series/figures, numbered in the order of the text."""
    return tuple(_mark(r["figure"] + 1, r, text, lang) for r in figures.iter_rows(named=True))


def _mark(number: int, r: dict[str, Any], text: str | None, lang: Lang) -> MarkedFigure:
    metric = catalog.metrics().get(r["metric"] or "")
    value, around, unit = t("missing.value", lang), "", ""
    if r["value"] is not None:
        q = Quantity(Decimal(r["value"]).normalize(), unit_id(r["unit"]), r["unit_mult"], r["decimals"])
        value = numbers.digits(q.value, max(0, r["decimals"] - r["unit_mult"]))
        value += "%" if q.unit == "percent" else ""
        around = numbers.margin(q.slack, q.unit, lang).split("\u00a0")[0]
        unit = "" if q.unit == "percent" else numbers.unit_word(q.unit, lang)
    about = " ".join(filter(None, (name(department_id(r["department"]) or "", lang), r["area"] or "")))
    return MarkedFigure(
        number=number,
        label=metric.short(lang) if metric else r["label"],
        printed=r["as_printed"],
        value=value,
        around=around,
        unit=unit,
        status=r["status"],
        metric=metric.label(lang) if metric else "",
        kind=r["kind"],
        about=about,
        section=r["section"] or "",
        start=r["start_at"],
        end=r["end_at"],
        sentence=sentence(text, r["start_at"], r["end_at"]) if text and r["end_at"] > r["start_at"] else None,
        page=r["page"],
        box=tuple(r["box"]) if r["box"] is not None and len(r["box"]) == 4 else None,
        score=r["score"],
        decided=_decided(r),
        words=r["label"],
        metric_id=r["metric"],
    )


def _decided(r: dict[str, Any]) -> Decided | None:
    if not r["decision"]:
        return None
    read = ""
    if r["read_value"] is not None:
        value = Decimal(r["read_value"]).normalize()
        read = numbers.digits(value, max(0, r["decimals"] - r["unit_mult"]))
    act = "type" if r["decision"] == "add" and r["end_at"] <= r["start_at"] else r["decision"]
    return Decided(act, r["decided_by"], r["decided_at"], r["reason"] or "", read)


def unit_id(spelled: str) -> str:
    """The id of a unit from one of its spellings; what is not known stands for itself."""
    return next((u.id for u in catalog.units().values() if spelled in u.spellings and not u.each), spelled)


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place: from the stop before it to the stop after it; a line that the page only cut goes
    on."""
    stops = t("document.stops", "zh")
    first, last = start, end
    while first > 0 and not _stops(text, first - 1, stops):
        first -= 1
    while last < len(text) and not _stops(text, last, stops):
        last += 1
    last += last < len(text) and text[last] != "\n"
    return "".join(line.strip() for line in text[first:last].splitlines())


def _stops(text: str, at: int, stops: str) -> bool:
    """Whether a sentence ends with this character; at a line's end only when the line is short or the next is blank."""
    if text[at] != "\n":
        return text[at] in stops
    begin = text.rfind("\n", 0, at) + 1
    blank = text[at + 1 : at + 2] in ("", "\n") or text[begin:at].strip() == ""
    return blank or at - begin < _LONG


def others(rows: pl.DataFrame, text: str | None, lang: Lang) -> tuple[OtherNumber, ...]:
    """Rows of series/numbers with their rule in words."""
    found = []
    for r in rows.iter_rows(named=True):
        rule, start, end = r["rule"], r["start_at"], r["end_at"]
        key = f"rule.{rule}" if rule else "document.rule_none"
        found.append(
            OtherNumber(
                text=r["text"],
                rule=t(key, lang) if known(key) else rule,
                explained=rule is not None,
                start=start,
                end=end,
                around=" ".join(text[max(0, start - 10) : end + 10].split()) if text else "",
            )
        )
    return tuple(found)


def checks(rows: pl.DataFrame, lang: Lang) -> tuple[ListItem, ...]:
    """Rows of series/checks as sentences, those that need a person first; what does not apply is left out."""
    items = []
    for r in rows.iter_rows(named=True):
        if r["result"] == "not_applicable":
            continue
        note = r["result"] == "fail" and r["severity"] == "note"
        words = sentences.check(r["id"], r["result"], json.loads(r["params"]), lang)
        badge = t(f"verdict.{'note' if note else r['result']}", lang)
        items.append(ListItem(badge, plain(words), "quiet" if note else _TONE[r["result"]]))
    return tuple(items)


def problems(rows: pl.DataFrame, lang: Lang) -> tuple[ListItem, ...]:
    """Rows of series/problems as sentences."""
    badge = t("verdict.note", lang)
    return tuple(
        ListItem(badge, plain(sentences.problem(r["code"], json.loads(r["params"]), lang)), "attention")
        for r in rows.iter_rows(named=True)
    )
