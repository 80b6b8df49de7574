"""Page comprehensive windows."""
