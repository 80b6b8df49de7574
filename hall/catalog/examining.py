"""What the checks go by: words and limits that queries/checks take as parameters."""

from __future__ import annotations

from functools import cache

from hall.catalog.load import file

Term = str | int | float | list[str]


@cache
def check_terms() -> dict[str, Term]:
    """The entries of data/catalog/checks.toml by the name of the parameter."""
    return dict(file("checks"))
