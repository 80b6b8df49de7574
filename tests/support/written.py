"""PDF files written by hand, operator by operator: what no printing program would make."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

WIDTH, HEIGHT = 595, 842
FULL = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I0 Do Q"
# the second Latin font calls its characters by names that mean nothing
_NAMELESS = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
    "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <E120> endbfrange endcmap end end"
)
_CHINESE = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500] /CIDSystemInfo "
    "<< /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> /FontDescriptor << /Type /FontDescriptor /FontName "
    "/STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 "
    "/StemV 58 >> >>"
)


def say(words: str, x: float, y: float, size: float = 14, *, mode: int = 0, grey: float = 0, font: str = "F1",
        turn: str = "1 0 0 1") -> str:  # fmt: skip
    """Words at a place (points from the lower left corner), painted in a mode and a grey."""
    code = words.encode("utf-16-be" if font == "F1" else "latin-1").hex()
    return f"q {grey} g BT /{font} {size} Tf {mode} Tr {turn} {x} {y} Tm <{code}> Tj ET Q"


def box(x: float, y: float, width: float, height: float) -> str:
    """The sides of a cell."""
    return f"q 0.7 w {x} {y} {width} {height} re S Q"


def pdf(path: Path, pages: Sequence[Sequence[str]], pictures: Sequence[Image.Image] = (), more: str = "") -> Path:
    """A file of pages; ``more`` are further entries of each page, ``pictures`` are drawn as /I0, /I1."""
    objects: list[bytes] = []

    def add(body: str, stream: bytes | None = None) -> int:
        data = body.encode()
        if stream is not None:
            data = data[:-2] + f"/Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"
        objects.append(data)
        return len(objects)

    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    chinese = f"/Encoding /UniGB-UCS2-H /DescendantFonts [{add(_CHINESE)} 0 R]"
    fonts = [
        add(f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light {chinese} >>"),
        add(f"{font} >>"),
        add(f"{font} /ToUnicode {add('<<  >>', _NAMELESS.encode())} 0 R >>"),
    ]
    images = []
    for picture in pictures:
        out = io.BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=85)
        size = f"/Width {picture.width} /Height {picture.height} /ColorSpace /DeviceRGB /BitsPerComponent 8"
        images.append(add(f"<< /Type /XObject /Subtype /Image {size} /Filter /DCTDecode >>", out.getvalue()))
    names = " ".join(f"/F{i} {n} 0 R" for i, n in enumerate(fonts, 1))
    drawn = " ".join(f"/I{i} {n} 0 R" for i, n in enumerate(images))
    parent, kids = len(objects) + 2 * len(pages) + 1, []
    for operators in pages:
        content = add("<<  >>", "\n".join(operators).encode())
        kids.append(add(f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] {more} /Contents "
                        f"{content} 0 R /Resources << /Font << {names} >> /XObject << {drawn} >> >> >>"))  # fmt: skip
    add(f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>")
    root = add(f"<< /Type /Catalog /Pages {parent} 0 R >>")
    whole, places = b"%PDF-1.7\n", []
    for number, data in enumerate(objects, 1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n".encode() + data + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    whole += (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} "
              f"/Root {root} 0 R >>\nstartxref\n{len(whole)}\n%%EOF").encode()  # fmt: skip
    path.write_bytes(whole)
    return path
