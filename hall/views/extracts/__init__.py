"""Whole tables as they are downloaded, from the command line and from page sources."""
