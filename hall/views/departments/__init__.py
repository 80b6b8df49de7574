"""Page departments."""
