"""Measurements, run by `make bench` only."""
