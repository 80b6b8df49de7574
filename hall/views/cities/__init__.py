"""Page cities."""
