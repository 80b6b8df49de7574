"""Runs queries/checks on an open ledger, keeps their results and holds back what fails."""

from __future__ import annotations

import json
from typing import Any

import duckdb

from hall import sql
from hall.catalog import check_terms
from hall.store import schema

_COLUMNS = ("document", "id", "result", "severity", "figures", "params")


def run(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Examine every document: the rows go to table ``checks``; observations of a failed check of severity hold become
    U unless a person accepted them."""
    found = [
        dict(zip(_COLUMNS, row, strict=True)) | {"params": _words(row[5])}
        for name in sql.names("checks")
        for row in con.execute(sql.text(name), terms(name)).fetchall()
    ]
    con.execute(sql.text("ledger/clear_checks"))
    schema.insert(con, "checks", found)
    con.execute(sql.text("ledger/apply_checks"))
    return found


def terms(name: str) -> dict[str, object]:
    """The parameters of a check, from data/catalog/checks.toml."""
    return {key: value for key, value in check_terms().items() if key in sql.parameters(name)}


def _words(params: str | None) -> dict[str, str]:
    return {key: "" if value is None else str(value) for key, value in json.loads(params or "{}").items()}
