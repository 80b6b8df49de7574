"""Dated acts of departments: when, what kind, who led, who took part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hall import catalog
from hall.model import Activity, Document, Party, Role
from hall.reading.text.outline import Block
from hall.reading.text.source import SourceText
from hall.reading.text.spans import within
from hall.reading.times.periods import When
from hall.reading.work import organisations, visits
from hall.reading.work.organisations import Mention

_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_DATED = {"day", "days", "week", "this", "month", "iso"}
_JOINT = re.compile(r"(?:窗口|行政审批处|[\u4e00-\u9fff]{0,4}处)?(?:[、和与及]|以及)$")
_HOLDS = re.compile(r"主办|举办|召开|印发|组织|开展")
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class _Act:
    start: int
    end: int
    when: When | None


def activities(
    source: SourceText,
    document: Document,
    blocks: list[Block],
    whens: Sequence[When],
    mentions: Sequence[Mention],
    measured: list[int],
) -> list[Activity]:
    """Every act of the body, in order. ``measured`` are the flat offsets of figures that measure a metric: a paragraph
    of statistics is no act."""
    if document.kind not in {"monthly_bulletin", "weekly_bulletin"} or document.period is None:
        return []
    found: list[Activity] = []
    for block in blocks:
        if block.part != "body" or block.heading:
            continue
        near = within(whens, block.start, block.end)
        names = within(mentions, block.start, block.end)
        if visits.is_visit(block):
            found += visits.visits(source, document, block, near, names)
            continue
        counted = bisect_left(measured, block.end) - bisect_left(measured, block.start)
        inherited: When | None = None
        for act in _acts(source.flat, block, near, names):
            inherited = act.when or inherited
            activity = _activity(source, document, block, act, inherited, names, counted)
            if activity:
                found.append(activity)
    return found


def _acts(flat: str, block: Block, whens: Sequence[When], mentions: Sequence[Mention]) -> list[_Act]:
    """The paragraph cut where a sentence opens with a new department or a new date."""
    cuts: list[tuple[int, When | None]] = []
    acts, offices = catalog.label_pattern("acts"), catalog.label_pattern("offices")
    implied = acts.match(flat, block.body) is not None
    for sentence in _SENTENCE.finditer(flat, block.body, block.end):
        parts = [(sentence.start(), True)]
        parts += [(sentence.start() + m.end(), False) for m in re.finditer("[；;]", sentence[0])]
        for start, whole in parts:
            when = next((w for w in within(whens, start, start + 1) if w.form in _DATED and not w.deadline), None)
            at = when.end + (flat[when.end] in "，,") if when and when.end < block.end else start
            opens = any(not offices.match(flat, m.end) for m in within(mentions, at, at + 1))
            begins_act = implied and acts.match(flat, at) is not None
            if not cuts or (whole and ((when and when.form != "month") or opens)) or (not whole and begins_act):
                cuts.append((start, when))
    if not cuts:  # a paragraph of nothing but full stops
        return []
    ends = [start for start, _ in cuts[1:]] + [block.end]
    return [_Act(start, end, when) for (start, when), end in zip(cuts, ends, strict=True)]


def _activity(
    source: SourceText,
    document: Document,
    block: Block,
    act: _Act,
    when: When | None,
    mentions: Sequence[Mention],
    counted: int,
) -> Activity | None:
    flat = source.flat
    mine = within(mentions, act.start, act.end)
    begin = act.when.end if act.when else act.start
    begin += flat[begin : begin + 1] in {"，", ","}
    parties = _parties(source, document, act, begin, mine)
    category = _category(flat[begin : act.end], block)
    if category is None or not parties or (counted >= 2 and not any(p.role == "lead" and p.printed for p in parties)):
        return None
    period = document.period
    assert period is not None
    first: date = (when.first if when else None) or period.start
    last: date = (when.last if when else None) or period.end
    start, end = source.span(act.start, act.end)
    return Activity(
        date_start=first,
        date_end=last,
        category=category,
        title=_title(source, begin, act.end, mine),
        departments=parties,
        start=start,
        end=end,
        quote=source.text[start:end],
        section=block.section,
    )


def _category(words: str, block: Block) -> str | None:
    """By the heading, else by the first clause that holds a telling word; there the catalogue's order decides."""
    heading = "".join(block.path)
    for category in catalog.categories().values():
        if any(word in heading for word in category.sections):
            return category.id
    for clause in re.split(r"[，,。；;:]", words):
        for category in catalog.categories().values():
            if any(word in clause for word in category.words):
                return category.id
    return None


def _parties(
    source: SourceText, document: Document, act: _Act, begin: int, mentions: Sequence[Mention]
) -> tuple[Party, ...]:
    flat = source.flat
    leads = _leads(flat, begin, mentions)
    roles: dict[str, tuple[Role, Mention]] = {m.id: ("lead", m) for m in leads}
    for mention in mentions:
        roles.setdefault(mention.id, (_role(flat, act, mention), mention))
    if not leads:
        _choose_lead(flat, act, roles)
    label = organisations.label
    parties = [Party(name, label(name), source.words(m.start, m.end), role) for name, (role, m) in roles.items()]
    if not any(p.role == "lead" for p in parties):
        own = next((p.department for p in catalog.publishers() if p.zh == document.publisher), None)
        if own and own in roles:
            parties = [Party(p.id, p.name, p.printed, "lead" if p.id == own else p.role) for p in parties]
        elif own and catalog.label_pattern("acts").match(flat, begin):
            parties.insert(0, Party(own, organisations.label(own), None, "lead"))
        elif sum(p.role == "participant" for p in parties) == 1:  # 农业农村厅窗口参会: the item is its own
            parties = [Party(p.id, p.name, p.printed, "lead" if p.role == "participant" else p.role) for p in parties]
    order = {"lead": 0, "participant": 1, "mentioned": 2}
    return tuple(sorted(parties, key=lambda p: order[p.role])) if any(p.role == "lead" for p in parties) else ()


def _leads(flat: str, begin: int, mentions: Sequence[Mention]) -> list[Mention]:
    """The departments that open the act, joined by 、 or 和; behind 由 those up to the verb."""
    at = begin + (flat[begin : begin + 1] == "由")
    leads: list[Mention] = []
    for mention in mentions:
        gap = flat[at : mention.start]
        if mention.start == at or (leads and _JOINT.fullmatch(gap)):
            leads.append(mention)
            at = mention.end
        elif leads:
            break
    return leads


def _role(flat: str, act: _Act, mention: Mention) -> Role:
    """Partner of the act when a word for it stands in the same clause run, else only mentioned."""
    sentence = max(flat.rfind("。", act.start, mention.start), flat.rfind("；", act.start, mention.start), act.start)
    stop = min((i for i in (flat.find(c, mention.end, act.end) for c in "。；;") if i >= 0), default=act.end)
    partner = catalog.label_pattern("partners")
    return "participant" if partner.search(flat, sentence, stop) else "mentioned"


def _choose_lead(flat: str, act: _Act, roles: dict[str, tuple[Role, Mention]]) -> None:
    """Where no department opens the act: the one whose people lead the meeting."""
    hosts = catalog.label_pattern("hosts")
    for name, (_, mention) in roles.items():
        stop = min((i for i in (flat.find(c, mention.end, act.end) for c in "。；;") if i >= 0), default=act.end)
        clause_end = flat.find("，", mention.end, stop)
        near = flat[mention.end : clause_end if clause_end >= 0 else stop]
        if hosts.search(near) or hosts.search(flat[max(act.start, mention.start - 6) : mention.start]):
            roles[name] = ("lead", mention)
            return


def _title(source: SourceText, begin: int, end: int, mentions: Sequence[Mention]) -> str:
    """The words of the act's first telling clause, without the department that opens it."""
    for mention in _leads(source.flat, begin, mentions):
        begin = mention.end + (2 if source.flat.startswith("窗口", mention.end) else 0)
    stop = begin
    while stop < end and not (source.flat[stop] in "，,。；;" and stop - begin >= 8):
        stop += 1
    words = source.words(begin, stop)
    return words if len(words) <= _LONGEST_TITLE else words[: _LONGEST_TITLE - 1] + "…"
