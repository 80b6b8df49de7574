"""Page sources."""
