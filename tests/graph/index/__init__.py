"""The side index."""
