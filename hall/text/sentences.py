"""Checks, problems and faults as sentences, from their codes and the printed words that fill them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from hall.catalog import metrics, units
from hall.model import HallError, Lang
from hall.text import known, t
from hall.text.numbers import MINUS, unit_word

# amounts that were worked out, not printed
_AMOUNTS = frozenset({"difference", "slack"})


def check(code: str, result: str, params: Mapping[str, str], lang: Lang) -> str:
    """What a check found: text key ``check.<id>_<result>`` where there is one, else ``check.<id>``."""
    return _first((f"check.{code}_{result}", f"check.{result}", f"check.{code}"), params, lang) or code


def problem(code: str, params: Mapping[str, str], lang: Lang) -> str:
    """What a person should know about how a document was read."""
    return _first((f"problem.{code}",), params, lang) or code


def fault(error: HallError, lang: Lang) -> str:
    """What is wrong and what to do, in one sentence."""
    words = {name: str(value) for name, value in error.params.items()}
    return _first((f"error.{error.code}",), words, lang) or t("error.other", lang, code=error.code)


def _grouped(value: str) -> str:
    """A difference as it is read: 2,700 with thousands marks and a minus of its own width."""
    try:
        return f"{Decimal(value):,}".replace("-", MINUS)
    except InvalidOperation:
        return value


def _unit(spelled: str, number: str, lang: Lang) -> str:
    """The unit of a number in the reader's language; what is not known stands for itself."""
    found = next((u.id for u in units().values() if spelled in u.spellings and not u.each), None)
    return unit_word(found, lang, number=number) if found else spelled


def _first(keys: tuple[str, ...], params: Mapping[str, str], lang: Lang) -> str | None:
    metric = metrics().get(params.get("metric", ""))
    words = {name: _grouped(value) if name in _AMOUNTS else value for name, value in params.items()}
    if "unit" in words:
        words["unit"] = _unit(words["unit"], words.get("difference", ""), lang)
    words |= {"label": metric.label(lang)} if metric else {}
    for key in keys:
        if known(key):
            try:
                return t(key, lang, **words)
            except (KeyError, IndexError):
                continue
    return None
