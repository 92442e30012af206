"""Tests; they may import anything."""
