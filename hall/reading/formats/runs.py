"""The words of a paragraph of Word, as they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from hall.reading.formats.raised import raised

_CHOICE = "{http" + "://schemas.openxmlformats.org/markup-compatibility/2006}"
# deletions, what has moved away, text boxes (they come after the paragraph), pinyin over characters, properties
_LEFT_OUT = {qn(f"w:{name}") for name in ("del", "moveFrom", "txbxContent", "rt", "rPr", "pPr", "sdtPr", "instrText")}
_OFF = {"0", "false", "off"}
_VEILS = ("vanish", "strike", "dstrike")


def words(paragraph: Any) -> str:
    """What is printed: insertions, links and fields with it, deletions, hidden words and text boxes not."""
    parts: list[str] = []
    _walk(paragraph, parts)
    return "".join(parts)


def veiling(styles: Any) -> set[str]:
    """The styles that hide their words or strike them out."""
    return {style.get(qn("w:styleId"), "") for style in styles.iter(qn("w:style")) if _veil(style.find(qn("w:rPr")))}


def unveiled(holder: Any, veils: set[str]) -> str:
    """Take away what is hidden or struck out; the words that were."""
    gone: list[str] = []
    for run in list(holder.iter(qn("w:r"))):
        about = run.find(qn("w:rPr"))
        veil = _veil(about)
        if veil is None and veils:
            style, shape = (run.find(qn("w:rPr") + "/" + qn("w:rStyle")),
                            run.find("../" + qn("w:pPr") + "/" + qn("w:pStyle")))  # fmt: skip
            veil = any(one is not None and one.get(qn("w:val")) in veils for one in (style, shape))
        if veil:
            gone += [words.text or "" for words in run.iter(qn("w:t"))]
            for part in [part for part in run if part.tag not in {qn("w:rPr"), qn("w:fldChar")}]:
                run.remove(part)
    return "".join(gone)


def boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes that hang on a paragraph, outermost first; a box is drawn twice, for new programs
    and for old ones."""
    for box in paragraph.iter(qn("w:txbxContent")):
        above = [node.tag for node in box.iterancestors()]
        above = above[: above.index(qn("w:p")) + 1] if qn("w:p") in above else above
        nearest = next((node for node in box.iterancestors() if node.tag in {qn("w:txbxContent"), qn("w:p")}), None)
        if nearest is paragraph and f"{_CHOICE}Fallback" not in above:
            yield box


def is_joined_to_next(paragraph: Any) -> bool:
    """Whether the end of a paragraph was deleted under tracking, so that the next one goes on in its line."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _walk(node: Any, parts: list[str]) -> None:
    for child in node:
        tag = child.tag
        if tag in (qn("w:t"), qn("m:t")):
            parts.append(child.text or "")
        elif tag in (qn("w:tab"), qn("w:ptab")):
            parts.append("\t")
        elif tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif tag == qn("w:sym"):
            parts.append(_symbol(child.get(qn("w:char")) or ""))
        elif tag == f"{_CHOICE}AlternateContent":
            if len(child):
                _walk(child[0], parts)
        elif tag == qn("w:r"):
            _run(child, parts)
        elif tag not in _LEFT_OUT and isinstance(tag, str):
            _walk(child, parts)


def _run(run: Any, parts: list[str]) -> None:
    high = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    if high is None or high.get(qn("w:val")) != "superscript":
        _walk(run, parts)
        return
    inner: list[str] = []
    _walk(run, inner)
    parts.append(raised("".join(parts[-4:]), "".join(inner)))


def _veil(about: Any) -> bool | None:
    """Whether properties hide words or strike them out; None where they do not say."""
    said = [about.find(qn(f"w:{name}")) for name in _VEILS] if about is not None else []
    told = [one.get(qn("w:val")) not in _OFF for one in said if one is not None]
    return any(told) if told else None


def _symbol(code: str) -> str:
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if 0xE000 <= ord(char) <= 0xF8FF or ord(char) < 32 or 0xD800 <= ord(char) <= 0xDFFF else char
