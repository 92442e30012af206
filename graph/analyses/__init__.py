"""Analyses over the claims that answer a question: counts, comparisons, conflicts, likeness, paths."""
