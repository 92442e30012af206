"""Tests of the analyses over answers."""
