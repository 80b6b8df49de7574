"""Page trends."""
