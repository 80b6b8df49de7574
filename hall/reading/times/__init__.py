"""Dates, periods and spans in the text."""
