"""The commands of `picograph`, one module for each kind of work."""
