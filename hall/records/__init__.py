"""Deliveries of records: the files of a hall's own systems, read and checked row by row into staged tables (DuckDB)."""
