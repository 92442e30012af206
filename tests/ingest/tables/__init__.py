"""Tests of claims from tables."""
