"""Page cases."""
