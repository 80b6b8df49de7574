"""Figures: label, kind, owner, place, and the metric that one is bound to."""
