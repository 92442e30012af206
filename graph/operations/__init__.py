"""Keeping a store: backup, restore, verify, figures. They need no terminology and change no claim."""
