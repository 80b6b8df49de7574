"""Page channels."""
