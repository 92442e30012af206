"""The corpus: its data, its loader, its scorer."""
