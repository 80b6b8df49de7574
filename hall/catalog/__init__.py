"""What the project knows by declaration: metrics, departments, units, series, categories, wordings (data/catalog)."""

from hall.catalog.bodies import (
    Department,
    Publisher,
    Series,
    department_names,
    departments,
    is_demo,
    publisher,
    publisher_id,
    publisher_name,
    publishers,
    series,
)
from hall.catalog.columns import ColumnMap, column_maps
from hall.catalog.examining import check_terms
from hall.catalog.measures import Category, Identity, Metric, Unit, categories, identities, metrics, units
from hall.catalog.records import Count, channels, cities, city_names, counts, tables
from hall.catalog.wordings import Phrase, exclusions, label_pattern, label_regex, label_words, phrases

__all__ = [
    "Category", "ColumnMap", "Count", "Department", "Identity", "Metric", "Phrase", "Publisher", "Series", "Unit",
    "categories", "channels", "check_terms", "cities", "city_names", "column_maps", "counts", "department_names",
    "departments", "exclusions", "identities", "is_demo", "label_pattern", "label_regex", "label_words", "metrics",
    "phrases", "publisher", "publisher_id", "publisher_name", "publishers", "series", "tables", "units",
]  # fmt: skip
