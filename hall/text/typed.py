"""Numbers as a person types them."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from decimal import Decimal

from hall import catalog
from hall.model import HallError
from hall.text import t

_NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(\D{0,2})")


def value(words: str) -> Decimal:
    """The value in base units: 55700, 55,700, 5.57 and the sign of ten thousand, 12.5%; HallError bad_value."""
    return quantity(words)[0]


def quantity(words: str) -> tuple[Decimal, int, int]:
    """The value in base units, its decimals as typed and the power of ten that they were typed in; HallError
    bad_value."""
    plain = "".join(unicodedata.normalize("NFKC", words).split()).replace("\u2212", "-")
    found = _NUMBER.fullmatch(plain)
    powers = {"": 0, "%": 0} | {t(f"number.scale{power}", "zh"): power for power in (3, 4, 6, 8)}
    if not found or found[4] not in powers:
        raise HallError("bad_value", value=words.strip()[:40] or "-")
    whole = Decimal(f"{found[1]}{found[2].replace(',', '')}.{found[3] or '0'}").scaleb(powers[found[4]])
    return Decimal(format(whole.normalize(), "f")), len(found[3] or ""), powers[found[4]]


def measured(words: str) -> tuple[Decimal, int, int, str | None]:
    """``quantity`` of a number that may have its unit behind it, and that unit as the catalogue spells it."""
    plain = "".join(unicodedata.normalize("NFKC", words).split())
    units = [spelled for unit in catalog.units().values() for spelled in unit.spellings if plain.endswith(spelled)]
    for unit in sorted(units, key=len, reverse=True):
        with suppress(HallError):
            return *quantity(plain.removesuffix(unit)), unit
    return *quantity(words), None
