"""The cards of page departments."""
