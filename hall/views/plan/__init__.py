"""Page work plan."""
