"""Tests of fetching, against services of our own on this machine."""
