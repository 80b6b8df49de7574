"""Rollups of case records to cubes: one SQL text for each, run on DuckDB or on Spark."""
