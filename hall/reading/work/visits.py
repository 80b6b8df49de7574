"""Directors' visits to the hall: one for each department, told by office and never by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hall import catalog
from hall.model import Activity, Document, Party
from hall.reading.text.outline import Block
from hall.reading.text.source import SourceText
from hall.reading.times.periods import When
from hall.reading.work import organisations
from hall.reading.work.organisations import Mention

_CATEGORY = "director_visit"


def is_visit(block: Block) -> bool:
    """Whether the paragraph stands under a heading for directors' visits."""
    return any(word in heading for heading in block.path for word in catalog.categories()[_CATEGORY].sections)


def visits(
    source: SourceText, document: Document, block: Block, whens: Sequence[When], mentions: Sequence[Mention]
) -> list[Activity]:
    """A visit for each department whose name is followed by an office."""
    offices = catalog.label_pattern("offices")
    period = document.period
    assert period is not None
    when = next((w for w in whens if w.first and w.last), None)
    sentence_end = source.flat.find("。", block.body, block.end)
    end = sentence_end + 1 if sentence_end >= 0 else block.end
    leads = [m for m in mentions if m.start < end and offices.match(source.flat, m.end)]
    found = []
    for index, lead in enumerate(leads):
        stop = leads[index + 1].start if index + 1 < len(leads) else end
        held = tuple(dict.fromkeys(m[0] for m in offices.finditer(source.flat, lead.end, stop)))
        while source.flat[stop - 1] in "，,、；;":
            stop -= 1
        start, finish = source.span(lead.start, stop)
        party = Party(lead.id, organisations.label(lead.id), source.words(lead.start, lead.end), "lead")
        found.append(
            Activity(
                date_start=(when.first if when else None) or period.start,
                date_end=(when.last if when else None) or period.end,
                category=_CATEGORY,
                title=_title(held),
                departments=(party,),
                start=start,
                end=finish,
                quote=source.text[start:finish],
                section=block.section,
                offices=held,
            )
        )
    return found


def _title(offices: tuple[str, ...]) -> str:
    """The highest office that is not a party post, where there is one."""
    posts = [office for office in offices if not re.match("党", office)] or list(offices)
    return f"{catalog.categories()[_CATEGORY].zh}：{'、'.join(posts)}"
