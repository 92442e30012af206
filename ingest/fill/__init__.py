"""Filling an evidence table: for an intervention, comparator and outcome, the numbers that an article gives."""
