"""The few marks of finished words as HTML: bold, small, colours, badges, line ends. All else is text and is escaped, so
words of documents can be no markup, whatever they are."""

from __future__ import annotations

import re
from html import escape

_SIGN = re.compile(
    r"\\(?P<kept>[!-/:-@\[-`{-~])|(?P<bold>\*\*)|:(?P<name>[a-z]+(?:-badge)?)\[|"
    r'(?P<end>\](?:\{foreground="(?P<ink>#[0-9A-Fa-f]{6})"\})?)|(?P<line> {2,}\n)'
)
_NAMES = {"small", "gray", "primary", "orange", "green", "red", "color"}


def html(words: str) -> str:
    """The words as HTML."""
    open_: list[list[str]] = [[]]
    names: list[str] = []
    at, bold = 0, False
    for found in _SIGN.finditer(words):
        open_[-1].append(escape(words[at : found.start()], quote=True))
        at = found.end()
        if found["kept"]:
            open_[-1].append(escape(found["kept"], quote=True))
        elif found["bold"]:
            bold = not bold
            open_[-1].append("<b>" if bold else "</b>")
        elif found["line"]:
            open_[-1].append("<br>")
        elif found["name"] and (found["name"] in _NAMES or found["name"].endswith("-badge")):
            names.append(found["name"])
            open_.append([])
        elif found["end"] and names:
            inner = "".join(open_.pop())
            style = f' style="color:{found["ink"]}"' if found["ink"] else ""
            open_[-1].append(f'<span class="hall-{names.pop()}"{style}>{inner}</span>')
        else:
            open_[-1].append(escape(found[0], quote=True))
    open_[-1].append(escape(words[at:], quote=True))
    while names:
        inner = "".join(open_.pop())
        open_[-1].append(escape(f":{names.pop()}[") + inner)
    return "".join(open_[0]) + ("</b>" if bold else "")


def text(words: str) -> str:
    """The words without their marks, escaped for an attribute."""
    return re.sub(r"<[^>]*>", "", html(words))
