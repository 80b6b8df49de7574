"""What the project knows by declaration: metrics, departments, units, series, categories, wordings (data/catalog)."""

from hall.catalog.bodies import Department, Publisher, Series, department_names, departments, publishers, series
from hall.catalog.examining import check_terms
from hall.catalog.measures import Category, Identity, Metric, Unit, categories, identities, metrics, units
from hall.catalog.wordings import Phrase, exclusions, label_pattern, label_regex, label_words, phrases

__all__ = [
    "Category", "Department", "Identity", "Metric", "Phrase", "Publisher", "Series", "Unit",
    "categories", "check_terms", "department_names", "departments", "exclusions", "identities", "label_pattern",
    "label_regex", "label_words", "metrics", "phrases",
    "publishers", "series", "units",
]  # fmt: skip
