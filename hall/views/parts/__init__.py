"""Finished values that several pages show: cards, KPI cards, axes, wording, citations. They ask the store nothing."""
