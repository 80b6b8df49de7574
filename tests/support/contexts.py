"""What a page is about, for tests that load a view themselves."""

from __future__ import annotations

from typing import Any

from hall.model import Selection
from hall.views.data import context
from hall.views.data.context import Choices, Context
from hall.views.data.coverage import Coverage


def about(selection: Selection | None = None, **chosen: Any) -> Context:
    """The context of a selection in the store that the settings point to."""
    return context.load(selection or Selection(**chosen))


def bare(**chosen: Any) -> Context:
    """A context without a store."""
    return Context(Selection(**chosen), Choices(), chosen.get("publisher"), Coverage())
