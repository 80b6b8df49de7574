"""Page overview."""
