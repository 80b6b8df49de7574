"""What stands on a KPI card, in one block of HTML."""

from __future__ import annotations

from hall.charts.spark import spark
from hall.ui import markup
from hall.ui.access import PageRun
from hall.views.parts.cards import Kpi


def html(what: Kpi, name: str, frame: PageRun) -> str:
    """The card in one block; an English unit is too long to stand beside the number on a phone."""
    beside = f" <span class=hall-gray>{markup.html(what.beside)}</span>" if what.beside else ""
    inline = frame.lang == "zh"
    held = " hall-gray" if what.held else ""
    parts = [f"<p>{markup.html(name)}</p>"] if name else []
    parts.append(f'<div class="value{held}">{markup.html(what.number)}{beside if inline else ""}</div>')
    if not inline and beside:
        parts.append(f"<p>{beside}</p>")
    for line in what.lines:
        percent = f"\u3000{line.percent}" if line.percent else ""
        change = markup.html(f"**{line.change}**{percent}")
        parts.append(f"<p>{change}<br><span class=hall-gray>{markup.html(line.other)}</span></p>")
    if what.note:
        parts.append(f"<p class=hall-gray>{markup.html(what.note)}</p>")
    if what.slots:
        parts.append(
            f'<img alt="{markup.text(what.alt)}" src="{spark(what.slots, what.colour, frame.mode, what.turns)}">'
        )
    return f'<div class="hall-kpi" role="group" aria-label="{markup.text(what.label)}">{"".join(parts)}</div>'
