"""The cards of page sources, and the desk of a clerk."""
