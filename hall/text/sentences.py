"""Checks, problems and faults as sentences, from their codes and the printed words that fill them."""

from __future__ import annotations

from collections.abc import Mapping

from hall.catalog import metrics
from hall.model import HallError, Lang
from hall.text import known, t


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


def _first(keys: tuple[str, ...], params: Mapping[str, str], lang: Lang) -> str | None:
    metric = metrics().get(params.get("metric", ""))
    words = dict(params) | ({"label": metric.label(lang)} if metric else {})
    for key in keys:
        if known(key):
            try:
                return t(key, lang, **words)
            except (KeyError, IndexError):
                continue
    return None
