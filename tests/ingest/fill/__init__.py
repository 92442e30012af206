"""Tests of filling evidence tables."""
