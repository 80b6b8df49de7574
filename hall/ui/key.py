"""The key inside a subtitle: squares of a colour, painted in the colours of the mode."""

from __future__ import annotations

import dataclasses
import re

from hall.charts.theme import Mode, palette
from hall.views.parts.cards import Card
from hall.views.parts.marks import CLOSE, OPEN

_SQUARE = re.compile(f"{OPEN}(\\w+){CLOSE}")


def painted(card: Card, mode: Mode) -> Card:
    """The card with every square of its subtitle in colour; the words after it stay beside it."""
    p = palette(mode)

    def square(found: re.Match[str]) -> str:
        colour = p.axis if found[1] == "other" else p.token(found[1])
        return f':color[**■**]{{foreground="{colour}"}}\u00a0'

    return dataclasses.replace(card, subtitle=_SQUARE.sub(square, card.subtitle))
