"""Long runs against the real command and service: kills, load, many examples. Run by `make soak`."""
